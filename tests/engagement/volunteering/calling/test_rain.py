"""It rains: cancelled or moved in one press, told at once, and whom to call."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from communities import consent
from communities.models import Channel, Delivery
from engagement.models import WorkDay
from engagement.volunteering.calling import rain
from meetings import planning
from meetings.models import AnswerChannel, Choice, Invitation, MeetingPage, MeetingStatus
from meetings.rsvp import answer
from tests.engagement.factories_of_work_days import VolunteerFactory, morning
from tests.engagement.volunteering.calling import a_work_day
from tests.meetings.factories import AnnouncementFactory, InvitationFactory, MeetingPageFactory, VenueFactory

pytestmark = pytest.mark.django_db

REASON = "La météo est trop mauvaise."


@pytest.fixture
def work_day():
    found = a_work_day.of(fallback_on=morning(in_days=17).date())
    AnnouncementFactory(meeting=found.meeting)
    return found


def comes(work_day, **facts):
    """Who signed up, and so said yes to the meeting."""
    volunteer = VolunteerFactory(work_day=work_day, **facts)
    invitation = InvitationFactory(meeting=work_day.meeting, resident=volunteer.resident, sequence=0)
    answer(invitation=invitation, choice=Choice.YES, channel=AnswerChannel.MAIL, now=timezone.now())
    return volunteer


def letters(kind):
    return Delivery.objects.filter(mailing__kind=kind)


def published(work_day):
    return MeetingPage.objects.get(pk=work_day.meeting.pk)


# --- Cancelling ------------------------------------------------------------------------------------------------------


def test_cancelling_tells_everyone_at_once_and_says_why(work_day):
    volunteer = comes(work_day)

    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    page = published(work_day)
    assert (page.status, page.status_reason) == (MeetingStatus.CANCELLED, REASON)
    assert letters("cancellation").get().resident == volunteer.resident


def test_its_letters_leave_at_night_too(work_day):
    comes(work_day)
    night = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time(23, 30)))

    with time_machine.travel(night, tick=False):
        rain.cancel(work_day=work_day, reason=REASON, now=night)

    assert letters("cancellation").get().next_attempt_at == night


def test_pressing_twice_tells_nobody_twice(work_day):
    comes(work_day)
    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    with pytest.raises(rain.DoesNotTakePlace):
        rain.cancel(work_day=work_day, reason="Encore.", now=timezone.now())

    assert letters("cancellation").count() == 1
    assert published(work_day).status_reason == REASON


def test_what_is_a_draft_or_over_cannot_be_cancelled(work_day):
    draft = a_work_day.of(meeting__live=False)

    with pytest.raises(rain.DoesNotTakePlace):
        rain.cancel(work_day=work_day, reason=REASON, now=timezone.now() + dt.timedelta(days=40))
    with pytest.raises(rain.DoesNotTakePlace):
        rain.cancel(work_day=draft, reason=REASON, now=timezone.now())


def test_a_draft_that_the_town_hall_has_not_published_is_not_published_along(work_day):
    draft = published(work_day)
    draft.title = "Un brouillon"
    draft.save_revision()

    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    assert published(work_day).title != "Un brouillon"


def test_a_telephone_that_may_be_texted_is(work_day, settings):
    settings.SMS_GATEWAY = "{number}@sms.example.org"
    volunteer = comes(work_day, resident__without_email=True, resident__phone="06 39 98 12 34")
    consent.grant(
        resident=volunteer.resident,
        scopes=[consent.TOWN],
        channel=Channel.SMS,
        wording="texted-1",
        origin="staff",
        proof="Fiche",
        now=timezone.now(),
    )

    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    assert letters("cancellation").get().channel == Channel.SMS
    assert rain.reached(work_day).unreached == []


# --- Moving ----------------------------------------------------------------------------------------------------------


def test_moving_keeps_the_hours_and_asks_those_who_come_again(work_day):
    volunteer = comes(work_day)

    rain.move(work_day=work_day, now=timezone.now())

    page = published(work_day)
    assert page.starts_at == morning(in_days=17)
    assert page.ends_at - page.starts_at == dt.timedelta(hours=8)
    assert page.status == MeetingStatus.CONFIRMED
    assert letters("update").get().resident == volunteer.resident
    assert not Invitation.objects.get().answers.current().exists()


def test_the_clock_stays_the_same_when_it_changes_between_the_two_days():
    summer = dt.datetime(2027, 10, 30, 9, tzinfo=timezone.get_current_timezone())

    moved = rain.later(summer, dt.timedelta(days=7))

    assert timezone.localtime(moved).time() == dt.time(9)


def test_a_day_is_moved_once(work_day):
    comes(work_day)
    rain.move(work_day=work_day, now=timezone.now())

    with pytest.raises(rain.NoOtherDay):
        rain.move(work_day=WorkDay.objects.get(pk=work_day.pk), now=timezone.now())

    assert letters("update").count() == 1


def test_without_another_day_or_once_it_is_past_there_is_nothing_to_move_to(work_day):
    WorkDay.objects.filter(pk=work_day.pk).update(fallback_on=morning(in_days=-2).date())
    with pytest.raises(rain.NoOtherDay):
        rain.move(work_day=work_day, now=timezone.now())
    WorkDay.objects.filter(pk=work_day.pk).update(fallback_on=None)
    with pytest.raises(rain.NoOtherDay):
        rain.move(work_day=work_day, now=timezone.now())


def test_a_place_that_is_taken_on_the_other_day_is_said_and_nothing_changes(work_day):
    venue = VenueFactory()
    meeting = published(work_day)
    meeting.venue = venue
    meeting.save_revision().publish()
    other = morning(in_days=17)
    MeetingPageFactory(venue=venue, starts_at=other, ends_at=other + dt.timedelta(hours=3), title="Le loto")

    with pytest.raises(planning.CannotBePublished, match="Le loto"):
        rain.move(work_day=work_day, now=timezone.now())

    assert published(work_day).starts_at == morning(in_days=10)
    assert WorkDay.objects.get(pk=work_day.pk).fallback_on


# --- Whom to call ----------------------------------------------------------------------------------------------------


def test_only_numbers_left_for_this_day_are_to_be_called(work_day):
    left = comes(work_day, phone="06 39 98 00 01")
    comes(work_day, resident__phone="06 39 98 00 02")

    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    assert rain.reached(work_day).to_call == [left]


def test_whom_no_letter_reaches_is_named_so_that_the_town_hall_calls(work_day):
    comes(work_day)
    by_hand = comes(work_day, resident__without_email=True)

    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    assert rain.reached(work_day).unreached == [by_hand]


def test_whom_to_call_costs_the_same_however_many_come(work_day, django_assert_max_num_queries):
    for _each in range(5):
        comes(work_day)
    rain.cancel(work_day=work_day, reason=REASON, now=timezone.now())

    with django_assert_max_num_queries(3):
        rain.reached(work_day)
