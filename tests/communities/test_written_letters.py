"""How a letter of the town hall reads when it leaves, and what it lists."""

import datetime as dt
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.utils import timezone

from communities import correspondence, scopes, written_letters
from communities.models import Delivery, Mailing, WrittenLetter
from communities.post import checking
from communities.post.kinds import letter_kinds
from communities.post.preparing import Workshop
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    MembershipFactory,
    ResidentFactory,
    WrittenLetterFactory,
    a_mailbox,
)
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _mailbox() -> None:
    a_mailbox()


def sent(letter: WrittenLetter) -> Mailing:
    return correspondence.send(letter=letter, by=None, now=timezone.now())


def received(mailing: Mailing, language: str = "fr") -> Any:
    """The message as its reader gets it: (plain text, HTML, headers)."""
    letters = list(mailing.deliveries.select_related("resident"))
    ready, _unaddressable = Workshop().prepare(
        mailing=mailing, language=language, deliveries=letters, now=timezone.now()
    )
    message = message_from_bytes(ready[0].data, policy=policy.default)
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return text, html, message


def in_days(days: int, **facts: Any) -> Any:
    starts = timezone.now() + dt.timedelta(days=days)
    return MeetingPageFactory(starts_at=starts, ends_at=starts + dt.timedelta(hours=2), **facts)


def test_the_letter_greets_says_its_text_its_button_why_and_how_to_stop() -> None:
    community = CommunityFactory(name="Le jardin du coron")
    MembershipFactory(community=community, resident__name="Ada Terril")
    letter = WrittenLetterFactory(
        scopes=[scopes.scope_of(community)], button_words="Voir le jardin", button_url="https://example.org/jardin"
    )

    text, html, message = received(sent(letter))

    for half in (text, html):
        assert "Bonjour Ada Terril" in half
        assert "rouvrent samedi." in half
        assert "https://example.org/jardin" in half
        assert "Le jardin du coron" in half
        assert "/desinscription/" in half
    assert "<strong>jardins</strong>" in html
    assert message["Subject"] == "Les jardins rouvrent"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_its_subject_is_set_in_type_as_its_text_is() -> None:
    MembershipFactory(community=(community := CommunityFactory()))
    letter = WrittenLetterFactory(subject="L'été arrive !", scopes=[scopes.scope_of(community)])

    _text, _html, message = received(sent(letter))

    assert message["Subject"] == "L’été arrive\u202f!"


def test_the_agenda_lists_what_takes_place_in_its_time_nearest_first() -> None:
    ResidentFactory(allows=[scopes.TOWN])
    in_days(20, title="Atelier bancs")
    in_days(5, title="Marche du terril")
    in_days(40, title="Trop loin")
    in_days(6, title="Annulée", status="cancelled", status_reason="Pluie")

    text, html, _message = received(sent(WrittenLetterFactory(body="", agenda_days=31)))

    assert text.index("Marche du terril") < text.index("Atelier bancs")
    for half in (text, html):
        assert "Trop loin" not in half
        assert "Annulée" not in half


def test_the_agenda_tells_a_meeting_as_it_stands_when_the_letter_leaves() -> None:
    ResidentFactory(allows=[scopes.TOWN])
    meeting = in_days(5, title="Marche du terril", communities=[CommunityFactory()])
    mailing = sent(WrittenLetterFactory(agenda_days=31))

    meeting.title = "Marche du coron"
    meeting.save_revision().publish()

    assert "Marche du coron" in received(mailing)[0]


def test_the_agenda_of_a_community_lists_its_own_meetings_once() -> None:
    community = CommunityFactory()
    MembershipFactory(community=community)
    other = CommunityFactory()
    in_days(5, title="La nôtre", communities=[community, other])
    in_days(6, title="Une autre", communities=[other])

    text, _html, _message = received(
        sent(WrittenLetterFactory(scopes=[scopes.scope_of(community), scopes.scope_of(other)], agenda_days=31))
    )
    assert text.count("La nôtre") == 1

    letter = WrittenLetterFactory(scopes=[scopes.scope_of(community)], agenda_days=31)
    assert [date.title for date in correspondence.dates_of(letter, since=timezone.now())] == ["La nôtre"]


def test_an_empty_agenda_says_so_rather_than_nothing() -> None:
    ResidentFactory(allows=[scopes.TOWN])

    assert "Aucune réunion publique" in received(sent(WrittenLetterFactory(agenda_days=31)))[0]


def test_it_does_not_leave_to_whoever_withdrew_since() -> None:
    resident = ResidentFactory(allows=[scopes.TOWN])
    mailing = sent(WrittenLetterFactory())
    ConsentEventFactory(resident=resident, granted=False)

    letters = list(Delivery.objects.with_overtaken().select_related("resident"))
    reasons = checking.reasons(kind=letter_kinds[mailing.kind], mailing=mailing, deliveries=letters, now=timezone.now())

    assert list(reasons.values()) == ["Consent was withdrawn."]


def test_it_counts_among_the_letters_nobody_asked_for() -> None:
    assert letter_kinds[correspondence.LETTER_KIND].is_unasked


def test_on_paper_it_says_the_same_without_anything_to_press() -> None:
    in_days(5, title="Marche du terril")
    letter = WrittenLetterFactory(agenda_days=31)

    words = written_letters.by_hand(letter=letter, language="fr", now=timezone.now(), name="Ada Terril")

    assert words.startswith("Bonjour Ada Terril,")
    assert "rouvrent samedi." in words
    assert "Marche du terril" in words
    assert "03 53 01 00 00" in words.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("size", [2, 30])
def test_filling_in_a_batch_costs_the_same_queries_whatever_its_size(size: int, django_assert_num_queries: Any) -> None:
    community = CommunityFactory()
    MembershipFactory.create_batch(size, community=community)
    mailing = sent(WrittenLetterFactory(scopes=[scopes.scope_of(community)]))
    letters = list(mailing.deliveries.all())

    with django_assert_num_queries(5):
        values = letter_kinds["letter"].personal(mailing=mailing, deliveries=letters)

    assert len(values) == size


@pytest.mark.parametrize("size", [2, 20])
def test_listing_the_meetings_costs_the_same_queries_whatever_their_number(
    size: int, django_assert_max_num_queries: Any
) -> None:
    for day in range(size):
        in_days(day + 1)
    letter = WrittenLetterFactory(agenda_days=31)
    correspondence.dates_of(letter, since=timezone.now())

    with django_assert_max_num_queries(2):
        assert len(correspondence.dates_of(letter, since=timezone.now())) == size
