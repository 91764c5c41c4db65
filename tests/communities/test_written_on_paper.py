"""A letter of the town hall as the post carries it: what its agenda lists, once, to a whole household."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone

from communities import correspondence
from communities.models import Delivery
from communities.post import sheets
from tests.communities.factories import ResidentFactory, WrittenLetterFactory, a_mailbox
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

BODY = "<p>Voici les réunions <b>du mois</b>.</p><ul><li>des gants</li><li>des bottes</li></ul>"


@pytest.fixture(autouse=True)
def _town() -> None:
    a_mailbox()


def printed(**said: object) -> list[str]:
    """The sheets of a letter to everyone, as a reader reads them."""
    now = timezone.now()
    letter = WrittenLetterFactory(**{"subject": "L'agenda", "body": BODY, "agenda_days": 31} | said)
    mailing = correspondence.send(letter=letter, by=None, now=now)
    content = sheets.letters(deliveries=Delivery.objects.filter(mailing=mailing), title="Courriers", printed_at=now)
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_the_meetings_of_its_agenda_are_on_the_sheet_with_their_day_and_place() -> None:
    ResidentFactory(name="Ada Terril", by_post=True)
    starts_at = (timezone.now() + timedelta(days=5)).replace(hour=17, minute=30)
    MeetingPageFactory(title="Marche du terril", venue__name="Salle du Chevalet", starts_at=starts_at)

    (sheet,) = printed()

    assert "Marche du terril – Salle du Chevalet" in sheet
    assert "de 18 h 30 à 20 h" in sheet


def test_it_greets_once_and_says_its_subject_once_and_asks_nobody_to_answer_a_mail() -> None:
    ResidentFactory(name="Ada Terril", by_post=True)

    (sheet,) = printed()

    assert sheet.count("Bonjour Ada Terril,") == 1
    assert sheet.count("L’agenda") == 1
    assert "Répondez à ce message" not in sheet
    assert "- des gants - des bottes" in sheet
    assert "Aucune réunion publique n’est prévue pour le moment." in sheet
    assert "Vous recevez ce message parce qu’il concerne" in sheet


def test_a_household_shares_a_sheet() -> None:
    for name in ("Ada Terril", "Félix Terril"):
        ResidentFactory(name=name, by_post=True, street="10 rue Haute")

    (sheet,) = printed()

    assert "Bonjour Ada Terril et Félix Terril," in sheet


def test_what_its_button_opens_is_printed_to_be_typed() -> None:
    ResidentFactory(by_post=True)

    (sheet,) = printed(agenda_days=0, button_words="Voir le jardin", button_url="https://commune.example/jardin")

    assert "Voir le jardin – https://commune.example/jardin" in sheet
    assert "Aucune réunion" not in sheet
