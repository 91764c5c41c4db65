"""Two people press at the same moment: one call, one cancellation, one answer."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from communities.models import Delivery
from engagement.models import CoordinatorLetter, Reply
from engagement.refusals import Refusal
from engagement.volunteering.calling import calls, rain, replies
from meetings.models import AnswerChannel, Choice, MeetingPage
from meetings.rsvp import answer
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day
from tests.meetings.factories import AnnouncementFactory, InvitationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses):
    """What became of each: its result, or its refusal."""

    def press(gesture):
        try:
            return gesture()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(presses)) as pool:
        return list(pool.map(press, presses))


def test_of_two_coordinators_who_call_at_once_one_does():
    work_day = a_work_day.of()
    a_work_day.member(work_day)
    both = [a_work_day.coordinator(work_day) for _each in range(2)]
    now = timezone.now()

    outcomes = at_once(*(lambda by=by: a_work_day.call(work_day, by, now=now) for by in both))

    assert sum(isinstance(each, calls.CalledAMomentAgo) for each in outcomes) == 1
    assert CoordinatorLetter.objects.count() == 1


def test_a_letter_that_two_windows_send_is_one():
    work_day = a_work_day.of()
    VolunteerFactory(work_day=work_day)
    coordinator, key, now = a_work_day.coordinator(work_day), uuid.uuid4(), timezone.now()

    outcomes = at_once(*[lambda: a_work_day.write(work_day, coordinator, key=key, now=now)] * 4)

    assert len(set(outcomes)) == 1
    assert Delivery.objects.count() == 1


def test_a_work_day_that_two_people_cancel_is_cancelled_once():
    work_day = a_work_day.of()
    AnnouncementFactory(meeting=work_day.meeting)
    volunteer = VolunteerFactory(work_day=work_day)
    invitation = InvitationFactory(meeting=work_day.meeting, resident=volunteer.resident, sequence=0)
    answer(invitation=invitation, choice=Choice.YES, channel=AnswerChannel.MAIL, now=timezone.now())

    outcomes = at_once(
        *(lambda why=why: rain.cancel(work_day=work_day, reason=why, now=timezone.now()) for why in ("Pluie", "Vent"))
    )

    assert sum(isinstance(each, rain.DoesNotTakePlace) for each in outcomes) == 1
    assert MeetingPage.objects.get(pk=work_day.meeting.pk).is_cancelled
    assert Delivery.objects.filter(mailing__kind="cancellation").count() == 1


def test_an_answer_that_is_sent_twice_at_once_arrives_once():
    work_day = a_work_day.of()
    volunteer = VolunteerFactory(work_day=work_day)
    letter = a_work_day.write(work_day, a_work_day.coordinator(work_day), now=timezone.now())
    answered = replies.find(token=replies.token_of(a_work_day.to(letter, volunteer.resident).pk))
    key, now = uuid.uuid4(), timezone.now()

    outcomes = at_once(*[lambda: replies.reply(answered=answered, words="Oui", key=key, now=now)] * 4)

    assert len(set(outcomes)) == 1
    assert Reply.objects.count() == Delivery.objects.filter(mailing__kind=replies.LETTER_KIND).count() == 1
