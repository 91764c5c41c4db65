"""What the letters about a change say, in both languages; their words are golden files, to be read by people."""

import dataclasses
from pathlib import Path

import pytest
from django.utils import translation

from communities.models import Mailing, Town
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL, UNSUBSCRIBE_URL
from communities.post.kinds import letter_kinds
from meetings.announcing import Told
from meetings.letters import invitation_letters, readers
from meetings.models import MeetingPage
from tests.meetings.calendar_facts import GOLDEN, JULY, STAMP, moved

pytestmark = pytest.mark.django_db

BEFORE = dataclasses.replace(JULY, address="3 rue des Tilleuls, 00000 Saint-Exemple")
MOVED = moved(BEFORE, place="Salle du Chevalet, 1 rue du Terril, 00000 Saint-Exemple", address="1 rue du Terril")
OFF = dataclasses.replace(
    BEFORE, sequence=1, status="cancelled", title_prefix="ANNULÉE - ", reason="La salle est inondée."
)
POSTPONED = dataclasses.replace(OFF, status="tentative", title_prefix="REPORTÉE - ")
TOLD = {
    "moved": ("update", BEFORE, MOVED),
    "renamed": ("update", BEFORE, dataclasses.replace(BEFORE, title="Les jardins en fête", sequence=1)),
    "on-again": ("update", OFF, dataclasses.replace(BEFORE, sequence=2)),
    "cancelled": ("cancellation", BEFORE, OFF),
    "postponed": ("cancellation", BEFORE, POSTPONED),
    "withdrawn": ("withdrawal", BEFORE, dataclasses.replace(BEFORE, sequence=1)),
}


@pytest.fixture(autouse=True)
def _town() -> None:
    Town.objects.update_or_create(
        pk=1, defaults={"email": "mairie@example.org", "town_hall": "Mairie de Saint-Exemple", "phone": "0353010203"}
    )


def letter(name: str, language: str, *, so_far: str = "") -> tuple[str, str]:
    """Subject and text, as Ada reads them."""
    kind, before, now = TOLD[name]
    written = letter_kinds[kind].written(
        Told(MeetingPage(title=now.title), now, before), mailing=Mailing(kind=kind, created_at=STAMP), language=language
    )
    with translation.override(language):
        values = invitation_letters.example_values(address="ada@example.org", token="jeton", organizer_name="")
    values |= {
        **readers.above_the_question(so_far),
        "first_letter": "",
        AFTER_HELLO: " Ada",
        PREFERENCES_URL: "https://commune.example/preferences",
        UNSUBSCRIBE_URL: "https://commune.example/stop",
    }
    filled = written.filled(values)
    return filled.subject, filled.text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", TOLD)
def test_a_letter_reads_as_its_golden_file(name: str, language: str):
    kept = Path(GOLDEN, f"{name}.{language}.txt")

    subject, text = letter(name, language)

    assert f"{subject}\n\n{text}" == kept.read_text()


def test_what_became_of_their_answer_is_a_paragraph_of_its_own():
    _subject, text = letter("renamed", "fr", so_far="Votre réponse reste : oui.")

    assert "\n\nVotre réponse reste : oui.\n\nViendrez-vous" in text


def test_a_subject_is_set_in_type_as_its_letter_is():
    assert "l’école" in letter("moved", "fr")[0]
    assert "l'école" in letter("moved", "en")[0]


def test_another_date_and_place_are_told_with_the_old_ones_beside():
    _subject, text = letter("moved", "fr")

    assert "Salle des Tilleuls" in text
    assert "Salle du Chevalet" in text
    assert text.count("Viendrez-vous") == 1


def test_a_cancellation_gives_the_reason_and_asks_nothing():
    _subject, text = letter("cancelled", "fr")

    assert "La salle est inondée." in text
    assert "?a=" not in text
