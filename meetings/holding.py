"""What does this room hold on one resident? What they were asked to and answered, their seats, their calendar."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities import scopes, signing_up
from communities.models import Resident
from communities.personal_data import Held, described

from .joining import join_calendars, join_invitations, join_registrations
from .models import CalendarKey, CalendarReply, HelpAsked, Invitation, Registration, WaitingPlace, WaitingState

MERGES = ("meetings.CalendarKey.resident", "meetings.Invitation.resident", "meetings.Registration.resident")


def export(resident: Resident) -> Held:
    asked_to = resident.invitations.select_related("meeting", "help_asked")
    invitations = list(asked_to.prefetch_related("answers", "reminders", "calendar_replies").order_by("pk"))
    names = scopes.names_of({scope for invitation in invitations for scope in invitation.because})
    registrations = resident.registrations.select_related("meeting", "sign_up").order_by("pk")
    places = WaitingPlace.objects.filter(invitation__resident=resident).order_by("pk")
    waited = places.select_related("invitation__meeting")
    return {
        _("Your invitations and answers"): [asked(invitation, names) for invitation in invitations],
        _("The seats you asked for"): [seat(registration) for registration in registrations],
        _("Your own calendar"): [
            described(key, "hides_cancelled", "created_at", "last_read_on")
            for key in CalendarKey.objects.filter(resident=resident)
        ],
        _("Your places on waiting lists"): [in_line(place) for place in waited],
    }


def asked(invitation: Invitation, names: Mapping[str, str]) -> dict[str, Any]:
    """One meeting, why they were asked, and every answer, the last one first."""
    return {
        **described(invitation, "meeting", "origin", "sequence", "created_at", "withdrawn_at"),
        _("because of"): [names[scope] for scope in invitation.because],
        _("answers"): [
            described(answer, "choice", "guests", "channel", "answered_at") for answer in invitation.answers.all()
        ],
        _("reminders"): [described(each, "kind", "starts_at", "posted_at") for each in invitation.reminders.all()],
        **({_("what would help"): asked_help.labels} if (asked_help := help_of(invitation)) else {}),
        _("what your calendar program said"): [
            described(reply, "comment", "guests", "proposed_start", "effect", "received_at")
            for reply in invitation.calendar_replies.all()
        ],
    }


def help_of(invitation: Invitation) -> HelpAsked | None:
    """Until the meeting is over."""
    return getattr(invitation, "help_asked", None)


def seat(registration: Registration) -> dict[str, Any]:
    told = described(registration, "meeting", "given_name", "guests", "created_at", "held_until", "confirmed_at")
    return told | ({_("about"): signing_up.subjects(registration.sign_up)} if registration.sign_up else {})


def in_line(place: WaitingPlace) -> dict[str, Any]:
    told = described(place, "guests", "state", "asked_at", "offered_at", "offered_until", "ended_at")
    return described(place.invitation, "meeting") | told


def erase(*, resident: Resident, now: datetime) -> None:
    """Seats that wait for their button and places in line are free again, their calendar's address leads nowhere.

    Invitations and answers stay: they say no name themselves.
    """
    HelpAsked.objects.filter(invitation__resident=resident).delete()
    CalendarKey.objects.filter(resident=resident).delete()
    standing = WaitingPlace.objects.standing().filter(invitation__resident=resident)
    standing.update(state=WaitingState.LEFT, ended_at=now)
    resident.registrations.filter(confirmed_at=None).delete()
    resident.registrations.update(given_name="")
    CalendarReply.objects.filter(invitation__resident=resident).update(comment="")


def merge(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """One invitation for each meeting, with every answer to it; one calendar; the seats that wait for their button."""
    join_registrations(kept=kept, gone=gone)
    join_invitations(kept=kept, gone=gone, now=now)
    join_calendars(kept=kept, gone=gone)
