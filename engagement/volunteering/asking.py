"""How does somebody sign up whom no letter invited? What they chose is held, and the button of a letter takes it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities import links, residents
from communities import signing_up as following
from communities.models import Resident
from engagement.models import Volunteer, WorkDay
from engagement.refusals import Refusal
from meetings.models import AnswerChannel

from . import counting, lifts, lines, signing_up, telling, wishes
from .locking import lock_person, lock_while_open
from .wishes import Wish

PURPOSE = "work-day"
HELD_FOR = dt.timedelta(hours=48)
QUIET = dt.timedelta(minutes=10)


class Replaced(Refusal):
    """The same person asked again: the button of the last letter counts."""

    MESSAGE = _("You asked again since: press the button of the last message you received.")


def token_of(volunteer: Volunteer) -> str:
    return links.sign(PURPOSE, volunteer.pk)


def find(*, token: str) -> Volunteer | None:
    """What a letter's button would take; None for a forged, truncated or forgotten link."""
    known = Volunteer.objects.select_related("resident", "work_day__meeting__venue", "sign_up")
    return known.filter(pk=links.read(PURPOSE, token) or 0, resident__erased_at__isnull=True).first()


@transaction.atomic
def ask(
    *,
    work_day: WorkDay,
    name: str,
    email: str,
    wish: Wish,
    follow: following.Wish | None = None,
    now: dt.datetime,
) -> Volunteer:
    """Hold what was chosen, and send the one letter whose button takes it; says nothing about who is known here.

    A second wish within ten minutes sends no second letter: the first holds. Raises as signing_up.sign_up.
    """
    resident = lock_person(residents.find_or_create(email=email, name=name, now=now).pk)
    work_day = lock_while_open(work_day, now=now)
    signing_up.refuse_the_impossible(
        signing_up.known_only(wish, counting.of(work_day, now=now)),
        count=counting.of(work_day, now=now),
        volunteer=Volunteer(work_day=work_day),
    )
    before = Volunteer.objects.filter(work_day=work_day, resident=resident, confirmed_at=None).first()
    if before and before.created_at > now - QUIET:
        return before
    return hold(work_day, resident, before=before, name=name, wish=wish, follow=follow, now=now)


def hold(
    work_day: WorkDay,
    resident: Resident,
    *,
    before: Volunteer | None,
    name: str,
    wish: Wish,
    follow: following.Wish | None,
    now: dt.datetime,
) -> Volunteer:
    """Asking again makes nothing wait longer for its button."""
    held = Volunteer(
        work_day=work_day, resident=resident, given_name=name, channel=AnswerChannel.WEB, created_at=now, changed_at=now
    )
    held.held_until = now + HELD_FOR
    if before:
        held.held_until = before.held_until if before.held_until and before.held_until > now else held.held_until
        before.delete()
    if follow:
        held.sign_up = following.note(resident=resident, name=name, wish=follow, now=now)
    signing_up.take(volunteer=held, wish=wish, now=now)
    telling.ask_to_confirm(volunteer=held, now=now)
    return held


@transaction.atomic
def confirm(*, volunteer: Volunteer, or_wait: bool = False, now: dt.datetime) -> Volunteer:
    """The button was pressed: the address is proven, and what was chosen is theirs. Pressing twice does no more.

    It takes the place of what they had said before. After its time a place may be gone: raises as signing_up.sign_up,
    unless they would wait for another, `or_wait`. Raises Replaced when the same person asked again meanwhile.
    """
    lock_person(volunteer.resident_id)
    work_day = lock_while_open(volunteer.work_day, now=now)
    held = Volunteer.objects.select_related("resident", "sign_up").filter(pk=volunteer.pk).first()
    if held is None:
        return already_theirs(work_day, volunteer)
    if held.confirmed_at:
        return held
    held.work_day = work_day
    mine, wish = theirs(held, now=now)
    signing_up.take(volunteer=mine, wish=softened(wish, mine, now=now) if or_wait else wish, now=now)
    prove(mine, held, now=now)
    signing_up.invitation_of(mine, channel=AnswerChannel.WEB, now=now)  # who only waits has links of their own too
    signing_up.answer(volunteer=mine, channel=AnswerChannel.WEB, now=now)
    lifts.put_down(mine, now=now)
    lines.move_up(work_day=work_day, now=now)
    telling.confirm(volunteer=mine, now=now)
    return mine


def already_theirs(work_day: WorkDay, volunteer: Volunteer) -> Volunteer:
    """A wish that was added to an earlier one is gone, and its button pressed again finds what it made.

    Raises Replaced when there is none.
    """
    found = Volunteer.objects.coming().filter(work_day=work_day, resident=volunteer.resident_id).first()
    open_wish = Volunteer.objects.filter(work_day=work_day, resident=volunteer.resident_id, confirmed_at=None)
    if found is None or open_wish.exists():
        raise Replaced
    return found


def theirs(held: Volunteer, *, now: dt.datetime) -> tuple[Volunteer, Wish]:
    """The one who signs up, and what for; what was held too long is no longer kept for them."""
    wish = wishes.of(held)
    known = Volunteer.objects.filter(
        work_day=held.work_day, resident=held.resident_id, confirmed_at__isnull=False
    ).first()
    if known:
        known.work_day = held.work_day
        held.delete()
        return known, wish
    if held.held_until and held.held_until <= now:
        held.signups.all().delete()
        held.pledges.all().delete()
    held.confirmed_at = now
    return held, wish


def softened(wish: Wish, volunteer: Volunteer, *, now: dt.datetime) -> Wish:
    """The same, waiting where there is no place any more, and bringing no more than what is still needed."""
    count = counting.of(volunteer.work_day, now=now, besides=volunteer if volunteer.pk else None)
    full = {pk for pk in wish.shifts if pk in count.of_shift and count.of_shift[pk].left < wish.people}
    return Wish(
        shifts=wish.shifts - full,
        waits=wish.waits | full,
        items={pk: min(number, count.of_need[pk].left) for pk, number in wish.items.items() if pk in count.of_need},
        **{name: getattr(wish, name) for name in wishes.OF_THE_VOLUNTEER},
    )


def prove(mine: Volunteer, held: Volunteer, *, now: dt.datetime) -> None:
    """The letter reached them: their address is theirs, and what else they ticked holds."""
    residents.confirm(resident=mine.resident, name=held.given_name, now=now)
    if held.sign_up and held.sign_up.created_at > now - following.GOOD_FOR:
        following.confirm(sign_up=held.sign_up, now=now)
