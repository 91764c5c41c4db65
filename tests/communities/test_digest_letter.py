"""What the weekly letter says, as text and as HTML."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.translation import override

from communities.digest_letter import DigestLetter
from communities.models import Delivery, Mailing, Town
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL, UNSUBSCRIBE_URL, Letter
from communities.post.kinds import DigestLine, LetterKind, letter_kinds
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import DeliveryFactory

GOLDEN = Path(__file__).with_name("golden")
MEETING = DigestLine(
    title="Quel avenir pour l'ancienne fosse ?",
    at=datetime(2027, 3, 11, 17, 30, tzinfo=UTC),
    when="jeudi 11 mars 2027, de 18 h 30 à 20 h",
    where="Salle du Chevalet, 1 rue du Terril",
    url="https://commune.example/reponse/abc/?a=1&b=2",
    prompt="Viendrez-vous ? Répondez ici",
)
SOONER = DigestLine(title="Le verger <s'ouvre>", at=datetime(2027, 3, 4, 8, tzinfo=UTC), when="jeudi 4 mars 2027")
NEWS = DigestLine(title="La lettre de mars", text="Les bancs sont posés.\nMerci à tous.")

pytestmark = pytest.mark.django_db


class Told(LetterKind):
    """A kind whose mailings each have the line of their title."""

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        lines = {line.title: line for line in (MEETING, SOONER, NEWS)}
        return {delivery.pk: lines[mailing.title] for delivery in deliveries}


@pytest.fixture
def weekly(monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """To one reader, with three lines."""
    monkeypatch.setitem(letter_kinds._things, "told", Told())
    Town.objects.update_or_create(pk=1, defaults={"name": "Exempleville", "phone": "0353010203"})
    resident = ResidentFactory(name="Ada Terril")
    weekly = DeliveryFactory(resident=resident, mailing__kind="digest")
    for line in (NEWS, MEETING, SOONER):
        held = {"state": "held", "reason": "-", "ended_at": weekly.next_attempt_at}
        DeliveryFactory(resident=resident, mailing__kind="told", mailing__title=line.title, digest=weekly, **held)
    return weekly


def read(weekly: Delivery, language: str = "fr") -> Letter:
    with override(language):
        letter = DigestLetter().compose(mailing=weekly.mailing, language=language)
        personal = DigestLetter().personal(mailing=weekly.mailing, deliveries=[weekly])[weekly.pk]
    links = {UNSUBSCRIBE_URL: "https://commune.example/d/abc/", PREFERENCES_URL: "https://commune.example/p/abc/"}
    return letter.filled({AFTER_HELLO: " Ada Terril", **links, **personal})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_reads_as_it_did(weekly: Delivery, language: str) -> None:
    """To accept a change on purpose: write the letter's text to the golden file, and read the difference."""
    golden = GOLDEN / f"digest.{language}.txt"

    assert read(weekly, language).text == golden.read_text()


def test_what_comes_first_stands_first_and_what_has_no_date_last(weekly: Delivery) -> None:
    page = read(weekly).html

    places = [page.index(words) for words in ("Le verger", "ancienne fosse", "La lettre de mars")]
    assert places == sorted(places)


def test_its_html_is_styled_like_a_letter_and_breaks_on_no_title_nor_link(weekly: Delivery) -> None:
    page = read(weekly).html

    assert "Le verger &lt;s’ouvre&gt;" in page
    assert "https://commune.example/reponse/abc/?a=1&amp;b=2" in page
    assert '<h2 style="' in page
    assert "<br>" in page


def test_a_test_of_it_has_no_line_and_still_reads() -> None:
    weekly = DeliveryFactory(test=True, mailing__kind="digest")

    assert "Bonjour" in read(weekly).text


def test_many_readers_cost_as_many_queries_as_one(weekly: Delivery, django_assert_num_queries: object) -> None:
    other = DeliveryFactory(mailing=weekly.mailing)
    held = {"state": "held", "reason": "-", "ended_at": weekly.next_attempt_at, "digest": other}
    for letter in list(weekly.tells.all()):
        DeliveryFactory(resident=other.resident, mailing=letter.mailing, **held)

    for letters in ([weekly], [weekly, other]):
        with django_assert_num_queries(2):  # type: ignore[operator]
            DigestLetter().personal(mailing=weekly.mailing, deliveries=letters)
