"""Is every sentence of the interface in French?"""

import re

import pytest

from tests.check import catalogue

ADDRESSES = re.compile(r"<[^>]*>|&\w+;|https?:\S+")
PLACES = re.compile(r"%\((\w+)\)s|%s|%d|\{(\w*)\}")


@pytest.fixture(scope="module")
def french():
    return catalogue.french()


@pytest.fixture(scope="module")
def shown():
    return [message for message in catalogue.everything_shown() if message.id]


def names(text):
    return sorted({found.group(0) for found in PLACES.finditer(text)})


def test_every_sentence_shown_has_its_french(french, shown):
    missing = [
        message.id
        for message in shown
        if (known := french.get(message.id, context=message.context)) is None
        or not all(catalogue.words_of(known.string))
    ]

    assert missing == []


def test_nothing_in_the_catalogue_is_unsure_or_no_longer_shown(french, shown):
    known = {(str(message.id), message.context) for message in shown}

    assert [message.id for message in french if message.id and message.fuzzy] == []
    assert [message.id for message in french if message.id and (str(message.id), message.context) not in known] == []


def test_the_french_keeps_every_place_to_fill_in(french):
    for message in french:
        if message.id:
            asked = names(" ".join(catalogue.words_of(message.id)))
            assert set(names(" ".join(catalogue.words_of(message.string)))) <= set(asked), message.id
            assert names(catalogue.words_of(message.string)[-1]) == names(catalogue.words_of(message.id)[-1]), (
                message.id
            )


def test_the_french_uses_french_quotation_marks_and_apostrophes(french):
    for message in french:
        for words in catalogue.words_of(message.string) if message.id else []:
            assert "'" not in re.sub(r"<[^>]*>", "", words), words
            assert '"' not in re.sub(r"<[^>]*>", "", words), words


def test_no_name_follows_a_word_that_some_names_cut_short(french):
    """“Message de Ada” is no French, and “d’Ada” no French for Nora: the sentence goes round it."""
    for message in french:
        for words in catalogue.words_of(message.string) if message.id else []:
            assert not re.search(r"\b(?:de|que|le|la) %\((?:names?|resident|caller|sender)\)s", words), words


def test_the_french_spaces_its_punctuation_as_print_does(french):
    """A narrow no-break space before ; ! ? and inside « », a full one before a colon, never an ordinary one."""
    for message in french:
        for words in catalogue.words_of(message.string) if message.id else []:
            assert not re.search(r"[^\u202f][;!?»]|«[^\u202f]|[^\u00a0\d]:", ADDRESSES.sub("", words)), words


def test_the_extraction_reads_templates_and_python():
    ids = {str(message.id) for message in catalogue.everything_shown()}

    assert "Your answer" in ids
    assert "I am coming" in ids
