"""What the letters before a meeting say, to whom, and when they must not leave any more."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from communities import typography
from communities.models import Delivery, DeliveryState, Mailing, MutedTopic, Origin, Topic, Town
from communities.post import mailings
from meetings import announcing, reminding, rsvp
from meetings.letters import reminder_letters
from meetings.models import Access, Answer, AnswerChannel, Choice, Invitation, MeetingPage, MeetingStatus, ReminderKind
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.conftest import Carry
from tests.meetings.factories import (
    AnnouncementFactory,
    AnswerFactory,
    InvitationFactory,
    MeetingPageFactory,
    VenueFactory,
    evening,
)

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = dt.timedelta(days=20)


@pytest.fixture
def meeting() -> MeetingPage:
    """In three hours, so that its reminder leaves at whatever hour this runs."""
    starts_at = timezone.now() + dt.timedelta(hours=3)
    hall = VenueFactory(lift=Access.YES, hearing_loop=Access.NO, access_note="Par la cour.")
    meeting: MeetingPage = MeetingPageFactory(
        title="La fosse", starts_at=starts_at, venue=hall, contact_name="Nora Chevalet", contact_phone="0199000001"
    )
    Town.objects.update(town_hall="Mairie de Fosse-les-Briques")
    return meeting


def coming(meeting: MeetingPage, choice: Choice = Choice.YES, guests: int = 0, language: str = "fr") -> Invitation:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org", language=language)
    invitation = InvitationFactory(meeting=meeting, resident=resident, registered=True)
    answered_at = timezone.now() - LONG_AGO
    AnswerFactory(invitation=invitation, choice=choice, guests=guests, answered_at=answered_at)
    return invitation


def remind() -> None:
    reminding.remind(now=timezone.now())


def plain(letter: Any) -> str:
    text: str = letter.get_body(("plain",)).get_content()
    return text


def test_who_comes_reads_where_when_how_to_get_in_whom_to_call_and_what_they_said(
    meeting: MeetingPage, carry: Carry
) -> None:
    invitation = coming(meeting, guests=2)
    remind()

    (letter,) = carry()["ada@example.org"]

    day = typography.day(timezone.localtime(meeting.starts_at), language="fr")
    assert letter["Subject"] == f"Rappel\u00a0: La fosse, {day}"
    text = plain(letter)
    for fact in [
        "Bonjour Ada Terril,",
        meeting.venue.name,
        "Par la cour.",
        "Nora Chevalet, 01\u00a099\u00a000\u00a000\u00a001",
        "Vous avez répondu\u00a0: oui. 2 personnes vous accompagnent.",
        f"/r/{rsvp.token_of(invitation)}/",
        f"/reunions/{meeting.uid}.ics",
    ]:
        assert fact in text
    assert letter["List-Unsubscribe-Post"]


def test_who_may_come_is_asked_again_with_two_buttons(meeting: MeetingPage, carry: Carry) -> None:
    invitation = coming(meeting, Choice.MAYBE)
    remind()

    text = plain(carry()["ada@example.org"][0])

    assert f"/r/{rsvp.token_of(invitation)}/?a=yes" in text
    assert f"/r/{rsvp.token_of(invitation)}/?a=no" in text


def test_a_reminder_is_in_the_language_of_its_reader(meeting: MeetingPage, carry: Carry) -> None:
    coming(meeting, language="en")
    remind()

    (letter,) = carry()["ada@example.org"]

    assert letter["Subject"].startswith("Reminder: La fosse, ")
    assert "You answered: yes." in plain(letter)


def test_who_asked_for_no_more_announcements_is_reminded_of_what_they_said_yes_to(
    meeting: MeetingPage, carry: Carry
) -> None:
    coming(meeting)
    remind()

    assert set(carry()) == {"ada@example.org"}


def test_who_wants_no_reminders_gets_none(meeting: MeetingPage, carry: Carry) -> None:
    invitation = coming(meeting)
    MutedTopic.objects.create(
        resident=invitation.resident, topic=Topic.REMINDERS, origin=Origin.MAIL, muted_at=timezone.now()
    )
    remind()

    assert carry() == {}
    assert Delivery.objects.get().state == DeliveryState.SKIPPED


def test_who_asked_not_to_be_written_to_for_a_month_is_reminded_of_what_they_said_yes_to(
    meeting: MeetingPage, carry: Carry
) -> None:
    invitation = coming(meeting)
    type(invitation.resident).objects.update(paused_until=timezone.now() + dt.timedelta(days=30))
    remind()

    assert set(carry()) == {"ada@example.org"}


@pytest.mark.parametrize(
    "changes",
    [
        {"status": MeetingStatus.CANCELLED},
        {"status": MeetingStatus.POSTPONED},
        {"starts_at": evening(in_days=9), "ends_at": evening(in_days=10)},
    ],
)
def test_a_reminder_of_what_changed_meanwhile_does_not_leave(
    changes: dict[str, object], meeting: MeetingPage, carry: Carry
) -> None:
    coming(meeting)
    remind()
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)

    assert carry() == {}
    assert Delivery.objects.get().state == DeliveryState.SKIPPED
    assert not Mailing.objects.get().is_paused


def test_a_reminder_does_not_leave_once_the_meeting_has_begun(meeting: MeetingPage) -> None:
    coming(meeting)
    remind()
    letter = Delivery.objects.get()

    reasons = reminder_letters.ReminderLetter().still_true(
        mailing=letter.mailing, deliveries=[letter], now=meeting.starts_at
    )

    assert list(reasons) == [letter.pk]


def test_who_says_no_meanwhile_is_not_told_that_they_said_yes(meeting: MeetingPage, carry: Carry) -> None:
    invitation = coming(meeting)
    remind()
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.WEB, now=timezone.now())

    assert carry() == {}


def test_a_letter_posted_meanwhile_about_the_meeting_goes_first_and_alone(meeting: MeetingPage, carry: Carry) -> None:
    invitation = coming(meeting)
    remind()
    reminder = Delivery.objects.get()
    DeliveryFactory(
        resident=invitation.resident, thread=announcing.thread_of(meeting), mailing__state="paused", mailing__reason="-"
    )

    carry()

    reminder.refresh_from_db()
    assert reminder.state == DeliveryState.SKIPPED


def test_the_silent_are_asked_once_more_if_they_allow_announcements(carry: Carry) -> None:
    meeting = MeetingPageFactory(starts_at=evening(in_days=5), nudges_the_silent=True)
    AnnouncementFactory(meeting=meeting)
    told_at = timezone.now() - LONG_AGO
    for consenting in (True, False):
        membership = MembershipFactory(consenting=consenting)
        meeting.communities.add(membership.community)
        invitation = InvitationFactory(meeting=meeting, resident=membership.resident)
        DeliveryFactory(
            resident=invitation.resident, thread=announcing.thread_of(meeting), state="sent", ended_at=told_at
        )
    meeting.save()
    noon = timezone.localtime().replace(hour=12)
    reminding.remind(now=noon)

    letters = Delivery.objects.filter(mailing__kind="nudge").order_by("pk")
    letters.update(next_attempt_at=told_at)
    left = carry()

    assert letters.count() == 2
    assert list(left) == [letters[0].resident.email]
    assert "?a=yes" in plain(left[letters[0].resident.email][0])


@pytest.mark.parametrize("size", [1, 9])
def test_the_weekly_letter_asks_the_silent_in_a_line(size: int, django_assert_num_queries: Any) -> None:
    meeting = MeetingPageFactory(title="La fosse", starts_at=evening(in_days=5))
    readers = [
        mailings.Addressee(invitation.resident_id)
        for invitation in InvitationFactory.create_batch(size, meeting=meeting)
    ]
    reminding.post_letters(
        meeting=meeting, kind=ReminderKind.NUDGE, choice=reminding.SILENT, addressees=readers, now=timezone.now()
    )
    held = list(Delivery.objects.select_related("mailing"))

    with django_assert_num_queries(4):
        lines = reminder_letters.NudgeLetter().digest_lines(mailing=held[0].mailing, deliveries=held)

    assert [line.title for line in lines.values()] == ["La fosse"] * size
    assert len({line.url for line in lines.values()}) == size


@pytest.mark.parametrize("size", [3, 30])
def test_a_batch_costs_the_same_queries_whatever_its_size(
    size: int, meeting: MeetingPage, django_assert_num_queries: Any
) -> None:
    AnswerFactory.create_batch(
        size, invitation__meeting=meeting, invitation__sequence=None, answered_at=timezone.now() - LONG_AGO
    )
    remind()
    batch = list(Delivery.objects.select_related("mailing", "resident"))
    kind = reminder_letters.ReminderLetter()

    with django_assert_num_queries(3):
        values = kind.personal(mailing=batch[0].mailing, deliveries=batch)
    with django_assert_num_queries(5):
        kind.still_true(mailing=batch[0].mailing, deliveries=batch, now=timezone.now())

    assert len(values) == size == len(batch)


def test_what_was_said_is_said_back_in_whole_words() -> None:
    alone, with_one = Answer(choice=Choice.MAYBE), Answer(choice=Choice.YES, guests=1)

    with translation.override("en"):
        assert reminder_letters.words_of(None) == ""
        assert reminder_letters.words_of(alone) == "You answered: maybe."
        assert reminder_letters.words_of(with_one) == "You answered: yes. 1 person comes with you."
