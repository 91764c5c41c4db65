"""Someone who was not invited and wants to come: a seat, held until the letter's button is pressed."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import links, residents, signing_up
from communities.models import Resident
from communities.post import mailings

from . import announcing, facts, rsvp
from .models import (
    AnswerChannel,
    Choice,
    Invitation,
    InvitationOrigin,
    MeetingPage,
    Registration,
)
from .seating import offers, seats, waiting
from .updates import changes

PURPOSE = "registration"
LETTER_KIND = "registration"
HELD_FOR = dt.timedelta(hours=48)
QUIET = dt.timedelta(minutes=10)


class Replaced(rsvp.CannotAnswer):
    """The same person asked again: the button of the last letter counts."""

    MESSAGE = gettext_lazy("You asked again since: press the button of the last message you received.")


def token_of(registration: Registration) -> str:
    return links.sign(PURPOSE, registration.pk)


def find(*, token: str) -> Registration | None:
    """The registration behind a letter's button, or None for a forged, truncated or forgotten one."""
    registrations = Registration.objects.select_related("resident", "meeting__venue", "sign_up")
    return registrations.filter(pk=links.read(PURPOSE, token) or 0, resident__erased_at__isnull=True).first()


@transaction.atomic
def ask(
    *,
    meeting: MeetingPage,
    name: str,
    email: str,
    guests: int,
    follow: signing_up.Wish | None,
    now: dt.datetime,
    or_wait: bool = False,
) -> Registration:
    """Hold a seat and send the one letter whose button confirms it; says nothing about who is known here.

    A second request within ten minutes sends no second letter. Seats count the same for everyone here, whoever comes
    already: only the letter proves who asks. When there are not enough and they would wait, `or_wait`, the button puts
    them on the waiting list. Raises rsvp.TooLate or rsvp.Full, or what keeps anyone from waiting.
    """
    locked = seats.lock(meeting)
    if not rsvp.is_open(meeting=locked, now=now):
        raise rsvp.TooLate
    offers.keep(meeting=locked, now=now)
    free = seats.left(meeting=locked, now=now)
    waits = free is not None and guests + 1 > free
    if waits and not or_wait:
        raise rsvp.Full
    if waits:
        waiting.refuse_in_vain(meeting=locked, people=guests + 1, now=now)
    resident = residents.find_or_create(email=email, name=name, now=now)
    return hold(
        meeting=locked,
        resident=resident,
        name=name,
        guests=guests,
        waits=waits,
        follow=follow,
        now=now,
    )


def hold(
    *,
    meeting: MeetingPage,
    resident: Resident,
    name: str,
    guests: int,
    waits: bool,
    follow: signing_up.Wish | None,
    now: dt.datetime,
) -> Registration:
    """Hold the seat, and post a letter of its own for what was asked now, unless one left a moment ago.

    What a letter's button confirms never changes after the letter left; asking again makes no seat wait longer.
    """
    before = Registration.objects.filter(meeting=meeting, resident=resident, confirmed_at=None).first()
    if before and before.created_at > now - QUIET:
        return before
    registration = Registration(
        meeting=meeting, resident=resident, given_name=name, guests=guests, waits=waits, created_at=now
    )
    registration.held_until = now + HELD_FOR
    if before:
        registration.held_until = before.held_until if before.held_until > now else registration.held_until
        before.delete()
    if follow:
        registration.sign_up = signing_up.note(resident=resident, name=name, wish=follow, now=now)
    registration.sequence = announcing.in_force(meeting=meeting, by=None, now=now).sequence
    registration.save()
    post_letter(registration=registration, now=now)
    return registration


def post_letter(*, registration: Registration, now: dt.datetime) -> None:
    """The one letter that carries the button and the calendar entry."""
    mailings.post_one(
        kind=LETTER_KIND,
        key=str(registration.pk),
        title=_("Registration: %(title)s") % {"title": registration.meeting.title},
        resident=registration.resident,
        now=now,
    )


@transaction.atomic
def confirm(*, registration: Registration, or_wait: bool = False, now: dt.datetime) -> Invitation:
    """The button was pressed: the seat is theirs, and what they ticked besides holds. Pressing twice does no more.

    Who asked to wait gets a place on the waiting list, or a seat if one is free by now. After its time a seat may be
    gone: raises rsvp.Full unless they would wait for another, `or_wait`; rsvp.TooLate when the meeting no longer takes
    answers. Raises Replaced when the same person asked again meanwhile.
    """
    seats.lock(registration.meeting)
    still_there = Registration.objects.select_for_update(of=("self",)).filter(pk=registration.pk).first()
    if still_there is None:
        raise Replaced
    registration = still_there
    invitation, _is_new = Invitation.objects.get_or_create(
        meeting_id=registration.meeting_id,
        resident_id=registration.resident_id,
        defaults={"origin": InvitationOrigin.REGISTRATION, "sequence": registration.sequence, "created_at": now},
    )
    if registration.confirmed_at is None:
        answer = waiting.answer_or_wait if or_wait or registration.waits else rsvp.answer
        answer(
            invitation=invitation,
            choice=Choice.YES,
            guests=registration.guests,
            channel=AnswerChannel.WEB,
            now=now,
        )
        settle(registration=registration, now=now)
    return invitation


def confirmed(*, registration: Registration) -> Invitation | None:
    """The invitation its button made, once pressed; what the person answers from then on is answered there."""
    if registration.confirmed_at is None:
        return None
    return Invitation.objects.filter(meeting=registration.meeting_id, resident=registration.resident_id).first()


def has_moved(*, registration: Registration) -> bool:
    """Whether the meeting is at another date or place than its letter said, for whoever presses the letter's button."""
    meeting = registration.meeting
    told = announcing.told_at(meeting=meeting, sequence=registration.sequence)
    if told is None or meeting.starts_at is None or meeting.ends_at is None:
        return False
    return changes.asks_again(told, facts.published(meeting=meeting))


def subjects(registration: Registration) -> list[str]:
    """What the button also allows us to write about, by name; empty when nothing was ticked."""
    return signing_up.subjects(registration.sign_up) if registration.sign_up else []


def settle(*, registration: Registration, now: dt.datetime) -> None:
    """The address is proven: write it down, and with it the wish to be told, if there was one."""
    Registration.objects.filter(pk=registration.pk).update(confirmed_at=now)
    residents.confirm(resident=registration.resident, name=registration.given_name, now=now)
    if registration.sign_up and registration.sign_up.created_at > now - signing_up.GOOD_FOR:
        signing_up.confirm(sign_up=registration.sign_up, now=now)
