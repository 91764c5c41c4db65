"""Two parts of a telephone's own alphabet, whatever the title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.post import gsm


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Réunion à 18\u202fh\u202f30", "Réunion à 18 h 30"),
        ("L’été, «\u202fça ira\u202f»…", 'L\'été, "ca ira"...'),
        ("cœur être naïf", "coeur etre naif"),
        ("30\u202f000 €", "30 000 €"),
        ("😀 漢", "? ?"),
    ],
)
def test_french_keeps_the_accents_that_telephones_know(written: str, sent: str):
    assert gsm.plain(written) == sent


def test_some_characters_count_twice():
    assert gsm.length("10 €") == 5


@given(title=st.text(max_size=400))
def test_a_message_has_at_most_two_parts_and_all_of_its_date_and_link(title: str):
    after = ", jeu. 3 déc., 18 h 30. https://commune.example/r/abcdefghijklmnopqrstuvwx/"

    message = gsm.fitted(before="Mairie : ", title=title, after=after)

    assert gsm.length(message) <= gsm.TWO_PARTS
    assert message.endswith(gsm.plain(after))
    assert set(message) <= gsm.ALPHABET | gsm.TWICE


def test_a_long_title_is_cut_and_says_so():
    assert gsm.fitted(title="a" * 400, after=".").endswith("a....")
