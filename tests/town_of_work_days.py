"""The same of work days: every public page, one letter of every kind."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery
from engagement.models import Readers, Volunteer, WorkDay
from engagement.volunteering import asking, telling
from engagement.volunteering.calling import replies
from meetings import rsvp
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import (
    NeedFactory,
    ShiftFactory,
    VolunteerFactory,
    WorkDayFactory,
)
from tests.engagement.volunteering.calling import a_work_day as running
from tests.meetings.factories import AnswerFactory, InvitationFactory


def a_work_day(**facts: object) -> WorkDay:
    """Two shifts, one of them full, and something to bring."""
    work_day = WorkDayFactory(practical="Gants et bottes. La mairie apporte la soupe.", leader_shown_as="Nora", **facts)
    ShiftFactory(work_day=work_day, minimum=2, skills="Savoir tenir une bêche")
    full = ShiftFactory(work_day=work_day, afternoon=True, places=1)
    need = NeedFactory(work_day=work_day)
    VolunteerFactory(work_day=work_day, shifts=[full], items={need: 2}, seats_wanted=1)
    return work_day


def a_volunteer(work_day: WorkDay, **facts: object) -> tuple[Volunteer, str]:
    """Somebody who comes with everything one may say, and the token of their links."""
    first, need = work_day.shifts.all()[0], work_day.needs.all()[0]
    volunteer = VolunteerFactory(
        work_day=work_day,
        shifts=[first],
        items={need: 1},
        guests=1,
        seats_offered=2,
        leaves_from="la place",
        told_shifts=[first.pk],
        **facts,
    )
    answer = AnswerFactory(invitation__meeting=work_day.meeting, invitation__resident=volunteer.resident, guests=1)
    return volunteer, rsvp.token_of(answer.invitation)


def addresses() -> dict[str, str]:
    """The pages that anyone finds, and those that links in letters open."""
    work_day, over = a_work_day(), WorkDayFactory(meeting__held=True)
    invited = rsvp.token_of(InvitationFactory(meeting=work_day.meeting))
    too_late = rsvp.token_of(InvitationFactory(meeting=over.meeting))
    _coming, token = a_volunteer(work_day)
    gone, withdrawn = a_volunteer(work_day)
    Volunteer.objects.filter(pk=gone.pk).update(withdrawn_at=gone.created_at)
    held = VolunteerFactory(held=True, work_day=work_day, given_name="Ada", shifts=[work_day.shifts.all()[0]])
    return {
        "a work day": work_day.meeting.url,
        "lend a hand": reverse("engagement:work_day_sign_up", args=[work_day.meeting.uid]),
        "too late to lend a hand": reverse("engagement:work_day_sign_up", args=[over.meeting.uid]),
        "confirm a sign-up": reverse("engagement:work_day_confirm", args=[asking.token_of(held)]),
        "choose a shift": reverse("engagement:work_day_choose", args=[invited]),
        "too late to choose": reverse("engagement:work_day_choose", args=[too_late]),
        "change a sign-up": reverse("engagement:work_day_choose", args=[token]),
        "a sign-up": reverse("engagement:work_day_done", args=[token]),
        "withdraw": reverse("engagement:work_day_withdraw", args=[token]),
        "withdrawn": reverse("engagement:work_day_withdraw", args=[withdrawn]),
        "find a car": reverse("engagement:work_day_car", args=[token]),
        **of_answers(),
        "a broken link to a work day": reverse("engagement:work_day_choose", args=["abc"]),
    }


def of_answers() -> dict[str, str]:
    """Where one answers who wrote about a work day."""
    token = replies.token_of(answered_letter(now=timezone.now()).pk)
    return {
        "answer a coordinator": reverse("engagement:work_day_reply", args=[token]),
        "answered a coordinator": reverse("engagement:work_day_replied", args=[token]),
        "a broken link to answer": reverse("engagement:work_day_reply", args=["abc"]),
    }


def answered_letter(*, now: dt.datetime) -> Delivery:
    """One of a coordinator to somebody who comes."""
    work_day = running.of()
    volunteer = VolunteerFactory(work_day=work_day)
    return running.to(running.write(work_day, running.coordinator(work_day), now=now), volunteer.resident)


def reach_people(*, now: dt.datetime) -> None:
    """A call for help, a letter to those who come and one to members, and an answer."""
    work_day = running.of()
    coordinator = running.coordinator(work_day)
    running.member(work_day)
    running.call(work_day, coordinator, now=now)
    running.write(work_day, coordinator, readers=Readers.MEMBERS, now=now)
    found = replies.find(token=replies.token_of(answered_letter(now=now).pk))
    assert found
    replies.reply(answered=found, words="Je viens avec ma pelle.", attachments=1, key=uuid.uuid4(), now=now)


def post_one_of_each(*, now: dt.datetime) -> None:
    """The button, what one said, a place that is free, a withdrawal, and whoever leads hears of it."""
    work_day = a_work_day(leader=ResidentFactory())
    first = work_day.shifts.all()[0]
    telling.ask_to_confirm(volunteer=VolunteerFactory(held=True, work_day=work_day, shifts=[first]), now=now)
    for tell in (telling.confirm, telling.moved_up, telling.moved):
        tell(volunteer=a_volunteer(work_day)[0], now=now)
    driver = VolunteerFactory(work_day=work_day, seats_offered=3, leaves_from="la place", phone="0199000001")
    rider = VolunteerFactory(work_day=work_day, seats_wanted=1, rides_with=driver)
    telling.shares_a_car(rider=rider, driver=driver, now=now)
    telling.lost_the_lift(rider=VolunteerFactory(work_day=work_day, seats_wanted=1), now=now)
    off = a_work_day(meeting__cancelled=True)
    telling.called_off(volunteer=a_volunteer(off)[0], now=now)
    gone, _token = a_volunteer(work_day)
    day_before = work_day.meeting.starts_at - dt.timedelta(days=1)
    Volunteer.objects.filter(pk=gone.pk).update(withdrawn_at=now)
    telling.withdrawn(volunteer=gone, now=day_before)
    reach_people(now=now)
    tell_what_changed(work_day, now=now)


def tell_what_changed(work_day: WorkDay, *, now: dt.datetime) -> None:
    """Other hours, what is needed no more, and what the town hall says to whoever proposed it."""
    telling.new_hours(volunteer=a_volunteer(work_day)[0], now=now)
    struck, need = work_day.shifts.all()[0], work_day.needs.all()[0]
    telling.struck(volunteer=a_volunteer(work_day)[0], shifts=[struck.pk], needs=[need.pk], now=now)
    proposed = WorkDayFactory(proposed_by=ResidentFactory(), asked_at=now, decided_at=now, advice="Prenez le camion.")
    telling.decided(work_day=proposed, now=now)
