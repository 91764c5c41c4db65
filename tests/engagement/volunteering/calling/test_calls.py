"""Calling for help: who is asked, in which order, and how often."""

import datetime as dt
import uuid

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Topic
from engagement.models import CoordinatorLetter
from engagement.volunteering import counting
from engagement.volunteering.calling import calls
from meetings import announcing, rsvp
from meetings.models import AnswerChannel, Choice, Invitation, MeetingStatus
from tests.communities.factories import MembershipFactory, MutedTopicFactory, ResidentFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day
from tests.meetings.factories import AnnouncementFactory, InvitationFactory

pytestmark = pytest.mark.django_db

LATER = dt.timedelta(hours=49)


@pytest.fixture
def work_day():
    return ShiftFactory(work_day=a_work_day.of(), minimum=2).work_day


@pytest.fixture
def coordinator(work_day):
    return a_work_day.coordinator(work_day)


def whom(work_day, coordinator):
    helpers = calls.whom(work_day=work_day, by=coordinator, now=timezone.now())
    return [each.resident for each in helpers.recipients], helpers.left_out


# --- Who -------------------------------------------------------------------------------------------------------------


def test_members_are_asked_and_whoever_calls_is_not(work_day, coordinator):
    member = a_work_day.member(work_day)
    MembershipFactory()

    people, _left_out = whom(work_day, coordinator)

    assert people == [member]


def test_who_comes_already_or_said_no_is_not_asked_and_the_page_says_why(work_day, coordinator):
    coming, unable, silent = (a_work_day.member(work_day) for _each in range(3))
    VolunteerFactory(work_day=work_day, resident=coming)
    AnnouncementFactory(meeting=work_day.meeting)
    invitation = InvitationFactory(meeting=work_day.meeting, resident=unable)
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.MAIL, now=timezone.now())

    people, left_out = whom(work_day, coordinator)

    assert people == [silent]
    assert left_out == {str(calls.COMING): 1, str(calls.CANNOT): 1}


def test_nobody_is_asked_who_did_not_agree_or_wants_no_calls(work_day, coordinator):
    community = a_work_day.community_of(work_day)
    MembershipFactory(community=community, consenting=False)
    MutedTopicFactory(resident=a_work_day.member(work_day), topic=Topic.CALLS)

    people, left_out = whom(work_day, coordinator)

    assert people == []
    assert sum(left_out.values()) == 2


def test_those_asked_longest_ago_come_first_and_those_never_asked_before_them(work_day, coordinator):
    lately, before, never = (a_work_day.member(work_day) for _each in range(3))
    now = timezone.now()
    for resident, days in ((lately, 3), (before, 20)):
        earlier = a_work_day.of(a_work_day.community_of(work_day))
        letter = a_work_day.call(earlier, coordinator, how_many=50, now=now)
        Delivery.objects.filter(mailing=letter.mailing).exclude(resident=resident).delete()
        type(letter.mailing).objects.filter(pk=letter.mailing_id).update(created_at=now - dt.timedelta(days=days))

    people, _left_out = whom(work_day, coordinator)

    assert people == [never, before, lately]


def test_who_was_written_to_often_enough_comes_last(work_day, coordinator):
    sated, free = a_work_day.member(work_day), a_work_day.member(work_day)
    for _each in range(django_settings.MOST_UNASKED_LETTERS):
        earlier = a_work_day.of(a_work_day.community_of(work_day))
        letter = a_work_day.call(earlier, coordinator, now=timezone.now())
        Delivery.objects.filter(mailing=letter.mailing, resident=free).delete()

    people, left_out = whom(work_day, coordinator)

    assert people == [free, sated]
    assert left_out[str(calls.SPARED)] == 1


def test_asking_costs_the_same_queries_however_many_members(work_day, coordinator, django_assert_max_num_queries):
    for _each in range(12):
        a_work_day.member(work_day)

    with django_assert_max_num_queries(16):
        calls.whom(work_day=work_day, by=coordinator, now=timezone.now())


@pytest.mark.parametrize(("minimum", "members", "asked"), [(2, 20, 8), (2, 3, 3), (0, 20, 4)])
def test_four_are_suggested_for_each_who_is_missing(minimum, members, asked):
    shift = ShiftFactory(minimum=minimum)

    count = counting.of(shift.work_day, now=timezone.now())

    assert calls.suggested(count, among=members) == asked


# --- Calling ---------------------------------------------------------------------------------------------------------


def test_no_more_are_asked_than_the_coordinator_says(work_day, coordinator):
    for _each in range(4):
        a_work_day.member(work_day)

    letter = a_work_day.call(work_day, coordinator, how_many=2, now=timezone.now())

    assert len(a_work_day.asked(letter)) == 2


def test_who_had_no_invitation_gets_one_whose_link_is_their_answer(work_day, coordinator):
    member = a_work_day.member(work_day)

    letter = a_work_day.call(work_day, coordinator, now=timezone.now())

    invitation = Invitation.objects.get(resident=member)
    said = a_work_day.as_read(a_work_day.to(letter, member))
    assert rsvp.token_of(invitation) in said.text
    assert announcing.latest(meeting=work_day.meeting).sequence == invitation.sequence


def test_an_invitation_that_stands_is_left_as_it_is(work_day, coordinator):
    AnnouncementFactory(meeting=work_day.meeting)
    invitation = InvitationFactory(meeting=work_day.meeting, resident=a_work_day.member(work_day))
    before = (invitation.created_at, invitation.because)

    a_work_day.call(work_day, coordinator, now=timezone.now())

    invitation.refresh_from_db()
    assert (invitation.created_at, invitation.because) == before


def test_the_letter_has_a_button_for_each_shift_and_the_coordinators_words(work_day, coordinator):
    member, shift = a_work_day.member(work_day), work_day.shifts.get()

    said = a_work_day.as_read(a_work_day.to(a_work_day.call(work_day, coordinator, now=timezone.now()), member))

    assert f"s={shift.pk}" in said.text
    assert "Venez nous aider." in said.html
    assert "Vous recevez ce message parce qu’il concerne" in said.text


def test_the_same_press_twice_is_one_call(work_day, coordinator):
    a_work_day.member(work_day)
    key, now = uuid.uuid4(), timezone.now()

    first, second = (a_work_day.call(work_day, coordinator, key=key, now=now) for _each in range(2))

    assert first == second
    assert Delivery.objects.filter(mailing__kind=calls.LETTER_KIND).count() == 1


def test_a_second_coordinator_cannot_call_within_two_days(work_day, coordinator):
    a_work_day.member(work_day)
    now = timezone.now()
    a_work_day.call(work_day, coordinator, now=now)

    with pytest.raises(calls.CalledAMomentAgo):
        a_work_day.call(work_day, a_work_day.coordinator(work_day), now=now + dt.timedelta(hours=47))


def test_the_fourth_call_is_one_too_many(work_day, coordinator):
    a_work_day.member(work_day)
    now = timezone.now()
    for number in range(calls.MOST):
        a_work_day.call(work_day, coordinator, now=now + number * LATER)

    with pytest.raises(calls.CalledOftenEnough):
        a_work_day.call(work_day, coordinator, now=now + calls.MOST * LATER)


def test_there_is_no_call_for_what_is_complete(coordinator, work_day):
    a_work_day.member(work_day)
    shift = work_day.shifts.get()
    VolunteerFactory(work_day=work_day, guests=shift.places - 1, shifts=[shift])

    with pytest.raises(calls.NothingMissing):
        a_work_day.call(work_day, coordinator, now=timezone.now())


def test_a_thing_that_is_missing_is_worth_a_call(coordinator, work_day):
    a_work_day.member(work_day)
    shift = work_day.shifts.get()
    VolunteerFactory(work_day=work_day, guests=shift.places - 1, shifts=[shift])
    NeedFactory(work_day=work_day)

    assert a_work_day.call(work_day, coordinator, now=timezone.now()).mailing


def test_nobody_is_called_to_what_is_cancelled_over_or_a_draft(work_day, coordinator):
    a_work_day.member(work_day)
    now = timezone.now()

    with pytest.raises(announcing.CannotAnnounce):
        a_work_day.call(work_day, coordinator, now=now + dt.timedelta(days=400))
    for change in ({"status": MeetingStatus.CANCELLED, "status_reason": "Il pleut."}, {"live": False}):
        type(work_day.meeting).objects.filter(pk=work_day.meeting.pk).update(**change)
        with pytest.raises(announcing.CannotAnnounce):
            a_work_day.call(work_day, coordinator, now=now)
    assert not CoordinatorLetter.objects.exists()


def test_a_community_where_everybody_comes_has_nobody_to_ask(work_day, coordinator):
    VolunteerFactory(work_day=work_day, resident=a_work_day.member(work_day))

    with pytest.raises(calls.NobodyToAsk):
        a_work_day.call(work_day, coordinator, now=timezone.now())


# --- What leaves -----------------------------------------------------------------------------------------------------


def test_whoever_signs_up_before_it_leaves_is_not_asked_any_more(work_day, coordinator):
    eager, unable, silent = (a_work_day.member(work_day) for _each in range(3))
    letter = a_work_day.call(work_day, coordinator, now=timezone.now())
    VolunteerFactory(work_day=work_day, resident=eager)
    theirs = Invitation.objects.get(resident=unable)
    rsvp.answer(invitation=theirs, choice=Choice.NO, channel=AnswerChannel.MAIL, now=timezone.now())

    kind = calls.letter_kinds[calls.LETTER_KIND]
    deliveries = [a_work_day.to(letter, each) for each in (eager, unable, silent)]
    reasons = kind.still_true(mailing=letter.mailing, deliveries=deliveries, now=timezone.now())

    assert reasons.keys() == {deliveries[0].pk, deliveries[1].pk}


def test_a_call_to_a_cancelled_day_stays_here(work_day, coordinator):
    member = a_work_day.member(work_day)
    letter = a_work_day.call(work_day, coordinator, now=timezone.now())
    delivery = a_work_day.to(letter, member)
    type(work_day.meeting).objects.filter(pk=work_day.meeting.pk).update(status=MeetingStatus.CANCELLED)

    kind = calls.letter_kinds[calls.LETTER_KIND]

    assert kind.still_true(mailing=delivery.mailing, deliveries=[delivery], now=timezone.now()).keys() == {delivery.pk}


def test_calls_count_among_the_letters_that_nobody_asked_for(work_day, coordinator):
    member = a_work_day.member(work_day)
    for _each in range(django_settings.MOST_UNASKED_LETTERS + 1):
        other = a_work_day.of(a_work_day.community_of(work_day))
        letter = a_work_day.call(other, coordinator, now=timezone.now())

    assert a_work_day.to(letter, member).state == DeliveryState.HELD


def test_who_has_no_email_is_asked_by_the_town_hall_without_links(work_day, coordinator):
    member = a_work_day.member(work_day, without_email=True)
    letter = a_work_day.call(work_day, coordinator, now=timezone.now())
    delivery = a_work_day.to(letter, member)

    sheet = calls.letter_kinds[calls.LETTER_KIND].on_paper(mailing=delivery.mailing, deliveries=[delivery])[delivery.pk]

    assert delivery.is_by_hand
    assert "Venez nous aider." in sheet.before
    assert "http" not in " ".join([*sheet.before, *sheet.after])


def test_a_stranger_of_the_community_is_never_asked(work_day, coordinator):
    outsider = ResidentFactory(allows=["town"])
    a_work_day.member(work_day)

    letter = a_work_day.call(work_day, coordinator, now=timezone.now())

    assert outsider not in a_work_day.asked(letter)
