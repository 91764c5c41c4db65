"""What do guardians read on the paper they sign?"""

import pytest

from communities.models import PictureState, Town
from communities.picture_rights import paper_form
from tests.communities.picture_rights.pictures import picture, put_in, rights_to
from tests.engagement import printed

pytestmark = pytest.mark.django_db


def form(language: str = "fr", title: str = "La fresque de l’école") -> bytes:
    Town.objects.update_or_create(pk=Town.load().pk, defaults={"name": "Exempleville", "phone": "0321000000"})
    return paper_form.pdf(rights=rights_to(put_in(picture(title=title), PictureState.MISSING)), language=language)


def test_it_is_one_page_that_can_be_heard():
    content = form()

    assert len(printed.pages(content)) == 1
    assert printed.can_be_heard(content, title="Autorisation pour une image")


def test_it_names_the_town_the_picture_each_medium_and_both_signatures():
    said = printed.said(form())

    for words in ("Exempleville", "La fresque de l’école", "site internet", "réseaux sociaux", "documents imprimés"):
        assert words in said
    for words in ("Premier représentant légal", "Second représentant légal"):
        assert words in said


@pytest.mark.parametrize("title", printed.HOSTILE)
def test_what_a_person_typed_is_only_ever_text(title: str):
    assert printed.said(form(title=title)).count("Autorisation pour une image") >= 1


def test_a_very_long_title_stays_on_the_page():
    assert len(printed.pages(form(title="Fresque " * 31))) == 1
