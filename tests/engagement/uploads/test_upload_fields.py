"""Does a form take photographs kindly: limits said in advance, the bad named, the good kept?"""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from engagement.uploads import fields, refusals
from tests.engagement.uploads import files

GOOD, SVG = files.photo(), b'<svg xmlns="http://www.w3.org/2000/svg"/>'


class IdeaOfTest(forms.Form):
    pictures = fields.PicturesField(required=False, label="Photos", most=3)


class WithAScan(forms.Form):
    scan = fields.DocumentField(label="Scan")


def asked(*sent: SimpleUploadedFile, required: bool = False) -> forms.Form:
    form = IdeaOfTest({}, MultiValueDict({"pictures": list(sent)}))
    form.fields["pictures"].required = required
    return form


def received(*sent: SimpleUploadedFile) -> fields.Received:
    form = asked(*sent)
    assert form.is_valid()
    answer: fields.Received = form.cleaned_data["pictures"]
    return answer


def test_a_bad_file_is_named_and_the_good_ones_are_kept() -> None:
    with translation.override("fr"):
        answer = received(files.sent(GOOD), files.sent(SVG, name="chat.svg"), files.sent(GOOD))

    assert [picture.width for picture in answer.pictures] == [300, 300]
    assert answer.refusals == ["« chat.svg » : ce n’est pas une photo que nous savons lire."]


@pytest.mark.parametrize("content", [b"", SVG, bytes(refusals.MOST_BYTES + 1), GOOD[:-300]])
def test_each_refusal_is_one_sentence_about_one_file(content: bytes) -> None:
    answer = received(files.sent(content, name="../\u202echat.jpg"))

    assert answer.pictures == []
    assert len(answer.refusals) == 1
    assert answer.refusals[0].startswith(("“chat.jpg”", "« chat.jpg »"))


def test_photographs_beyond_the_number_are_refused_and_not_even_looked_at() -> None:
    answer = received(*[files.sent(GOOD, name=f"{number}.jpg") for number in range(5)])

    assert [picture.name for picture in answer.pictures] == ["0.jpg", "1.jpg", "2.jpg"]
    assert len(answer.refusals) == 2


def test_no_photograph_is_no_mistake_where_none_is_needed() -> None:
    assert received() == fields.Received([], [])


@pytest.mark.parametrize("sent", [[], [files.sent(SVG)]], ids=["none", "a bad one"])
def test_where_one_is_needed_its_lack_is_a_mistake(sent: list[SimpleUploadedFile]) -> None:
    assert asked(*sent, required=True).errors["pictures"]


def test_a_form_with_photographs_is_sent_with_its_files() -> None:
    assert asked().is_multipart()


def test_what_may_be_sent_is_said_before_it_is_chosen() -> None:
    with translation.override("fr"):
        shown = render_to_string("components/field.html", {"field": IdeaOfTest()["pictures"]})

    assert "3 photos" in shown
    assert "15 Mo" in shown
    assert " multiple" in shown
    assert 'accept="image/jpeg,' in shown
    assert 'aria-describedby="id_pictures_helptext"' in shown
    assert 'for="id_pictures"' in shown


def test_a_form_that_takes_one_photograph_says_one() -> None:
    with translation.override("fr"):
        assert str(fields.PicturesField(most=1).help_text).startswith("Une photo")


def test_a_scan_is_cleaned_by_its_form() -> None:
    form = WithAScan({}, {"scan": files.sent(files.pdf(), name="x.pdf")})

    assert form.is_valid()
    assert form.cleaned_data["scan"].media_type == "application/pdf"


@pytest.mark.parametrize("content", [SVG, b"", files.pdf()[:-20]])
def test_a_bad_scan_is_a_mistake_that_names_it(content: bytes) -> None:
    form = WithAScan({}, {"scan": files.sent(content, name="scan.pdf")})

    assert "scan.pdf" in form.errors["scan"][0]


def test_a_scan_that_is_missing_is_a_mistake_only_where_it_is_needed() -> None:
    form = WithAScan({}, {})
    assert form.errors["scan"]

    form = WithAScan({}, {})
    form.fields["scan"].required = False
    assert form.is_valid()
    assert form.cleaned_data["scan"] is None


def test_every_refusal_has_a_sentence_in_french() -> None:
    kinds = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    with translation.override("fr"):
        sentences = {kind.__name__: kind().sentence for kind in kinds if kind.__module__ == refusals.__name__}
        english = {name for name, sentence in sentences.items() if "This" in sentence or "Please" in sentence}

    assert len(sentences) == 11
    assert english == set()
