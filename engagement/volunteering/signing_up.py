"""How does somebody sign up for a work day, change it, take it back? One wish, under the meeting's lock.

A sign-up is an answer to the meeting too: who takes a shift says yes to it, by whatever means, and who says no to the
meeting gives everything back (see `answering`). Places and things are counted under the lock, so that nothing is ever
given twice.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Resident
from engagement.models import SignupState, Volunteer, WorkDay
from engagement.refusals import Refusal
from meetings import announcing, rsvp
from meetings.models import AnswerChannel, Choice, Invitation, InvitationOrigin

from . import answering, counting, lifts, lines, telling, wishes
from .locking import lock_person, lock_while_open
from .wishes import Wish


class NothingChosen(Refusal):
    """A sign-up is for something."""

    MESSAGE = gettext_lazy("Choose a shift, or something that you bring.")


class NoPlaceLeft(Refusal):
    """Somebody was quicker: `shifts` (by pk) have fewer places left than people who would come."""

    def __init__(self, full: list[counting.ShiftCount]) -> None:
        self.shifts = {count.shift.pk for count in full}
        words = _(
            "There are not enough places left for: %(shifts)s. You can choose another shift, or wait for a place."
        )
        super().__init__(words % {"shifts": ", ".join(str(count.shift) for count in full)})


class NotNeededAnyMore(Refusal):
    """Others bring it already."""

    def __init__(self, met: list[counting.NeedCount]) -> None:
        words = _("Others bring it already, or almost: %(items)s. Thank you! Please choose a smaller number.")
        left = [_("%(item)s (%(left)d still needed)") % {"item": one.need, "left": one.left} for one in met]
        super().__init__(words % {"items": ", ".join(left)})


class NotForMinors(Refusal):
    """Some shifts are for adults only."""

    MESSAGE = gettext_lazy("Minors cannot come to this shift: it is for adults only.")


@transaction.atomic
def sign_up(
    *, work_day: WorkDay, resident: Resident, wish: Wish, channel: AnswerChannel, now: dt.datetime
) -> Volunteer:
    """Take down what a person says whose address is proven, or who is at the desk; the last word holds.

    Saying the same twice is saying it once, and one letter. Raises NoLongerKnown, TooLate, NothingChosen,
    NoPlaceLeft, NotNeededAnyMore, NotForMinors, or meetings.rsvp.Full; then nothing has changed.
    """
    resident = lock_person(resident.pk)
    work_day = lock_while_open(work_day, now=now)
    volunteer = confirmed_one(work_day, resident, channel=channel, now=now)
    before = wishes.of(volunteer) if volunteer.pk else None
    if before == wish and volunteer.is_coming:
        return volunteer
    take(volunteer=volunteer, wish=wish, now=now)
    answer(volunteer=volunteer, channel=channel, now=now)
    lifts.put_down(volunteer, now=now)
    lines.move_up(work_day=work_day, now=now)
    telling.confirm(volunteer=volunteer, now=now)
    return volunteer


@transaction.atomic
def withdraw(*, volunteer: Volunteer, channel: AnswerChannel, now: dt.datetime) -> None:
    """They do not come after all: the meeting is answered with a no, and everything of theirs is free again.

    Raises NoLongerKnown or TooLate.
    """
    lock_person(volunteer.resident_id)
    work_day = lock_while_open(volunteer.work_day, now=now)
    volunteer.work_day = work_day
    invitation = invitation_of(volunteer, channel=channel, now=now)
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=channel, now=now)
    answering.give_back_all(invitation=invitation, now=now)  # who said no before, and only waited


def confirmed_one(work_day: WorkDay, resident: Resident, *, channel: AnswerChannel, now: dt.datetime) -> Volunteer:
    """The one who is there already, or a new one, not saved yet."""
    known = Volunteer.objects.filter(work_day=work_day, resident=resident, confirmed_at__isnull=False).first()
    found = known or Volunteer(
        work_day=work_day, resident=resident, channel=channel, created_at=now, changed_at=now, confirmed_at=now
    )
    found.work_day = work_day
    return found


def take(*, volunteer: Volunteer, wish: Wish, now: dt.datetime) -> None:
    """Write a wish down, whatever it replaces, under the lock that the caller holds. Raises as `sign_up`."""
    count = counting.of(volunteer.work_day, now=now, besides=volunteer if volunteer.pk else None)
    wish = known_only(wish, count)
    refuse_the_impossible(wish, count=count, volunteer=volunteer)
    for name in wishes.OF_THE_VOLUNTEER:
        setattr(volunteer, name, getattr(wish, name))
    if not wish.seats_wanted:
        volunteer.rides_with = None
    volunteer.changed_at, volunteer.withdrawn_at = now, None
    volunteer.save()
    write_signups(volunteer, wish, count=count, now=now)
    volunteer.pledges.exclude(need__in=wish.items).delete()
    for need, quantity in wish.items.items():
        volunteer.pledges.update_or_create(need_id=need, defaults={"quantity": quantity})


def known_only(wish: Wish, count: counting.Count) -> Wish:
    """Without what is of another day, or was struck off meanwhile."""
    return Wish(
        shifts=wish.shifts & count.of_shift.keys(),
        waits=(wish.waits & count.of_shift.keys()) - wish.shifts,
        items={need: quantity for need, quantity in wish.items.items() if need in count.of_need and quantity > 0},
        **{name: getattr(wish, name) for name in wishes.OF_THE_VOLUNTEER},
    )


def refuse_the_impossible(wish: Wish, *, count: counting.Count, volunteer: Volunteer) -> None:
    """What they have already stays theirs, even when the places were lowered since."""
    if count.shifts and not (wish.wanted or wish.items or wish.seats_offered):
        raise NothingChosen
    had = wishes.of(volunteer) if volunteer.pk else Wish()
    kept = had.shifts if wish.people <= had.people else frozenset()
    full = [count.of_shift[pk] for pk in sorted(wish.shifts - kept) if count.of_shift[pk].left < wish.people]
    if full:
        raise NoPlaceLeft(full)
    if wish.minors and not all(count.of_shift[pk].shift.takes_minors for pk in wish.wanted):
        raise NotForMinors
    more = {pk: number for pk, number in wish.items.items() if number > had.items.get(pk, 0)}
    met = [count.of_need[pk] for pk, number in more.items() if number > count.of_need[pk].left]
    if met:
        raise NotNeededAnyMore(met)


def write_signups(volunteer: Volunteer, wish: Wish, *, count: counting.Count, now: dt.datetime) -> None:
    """Who would wait and finds a place has it; who waits already keeps their place in line."""
    volunteer.signups.exclude(shift__in=wish.wanted).delete()
    had = {signup.shift_id: signup for signup in volunteer.signups.all()}
    for pk in wish.wanted:
        finds_a_place = pk in wish.shifts or count.of_shift[pk].left >= wish.people
        state = SignupState.COMING if finds_a_place else SignupState.WAITING
        if pk not in had:
            volunteer.signups.create(shift_id=pk, state=state, asked_at=now)
        elif had[pk].state != state:
            volunteer.signups.filter(pk=had[pk].pk).update(state=state, asked_at=now)


def answer(*, volunteer: Volunteer, channel: AnswerChannel, now: dt.datetime) -> None:
    """Yes to the meeting; who only waits for a place has not answered yet. Raises meetings.rsvp.Full."""
    if only_waits(volunteer):
        return
    invitation = invitation_of(volunteer, channel=channel, now=now)
    rsvp.answer(invitation=invitation, choice=Choice.YES, guests=volunteer.guests, channel=channel, now=now)


def only_waits(volunteer: Volunteer) -> bool:
    signups = list(volunteer.signups.all())
    return bool(signups) and all(signup.is_waiting for signup in signups) and not volunteer.pledges.exists()


def invitation_of(volunteer: Volunteer, *, channel: AnswerChannel, now: dt.datetime) -> Invitation:
    """Theirs, or a new one: what moves or is cancelled is told to whoever signed up, invited or not."""
    by_staff = channel in (AnswerChannel.PHONE, AnswerChannel.PAPER)
    meeting = volunteer.work_day.meeting
    found = Invitation.objects.filter(meeting=meeting, resident=volunteer.resident_id).first()
    if found:
        return found
    return Invitation.objects.create(
        meeting=meeting,
        resident=volunteer.resident,
        origin=InvitationOrigin.STAFF if by_staff else InvitationOrigin.REGISTRATION,
        sequence=announcing.in_force(meeting=meeting, by=None, now=now).sequence,
        created_at=now,
    )
