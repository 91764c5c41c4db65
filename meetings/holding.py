"""What does this room hold on one resident? To what they were asked, what they answered, the seats they took."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities import scopes, signing_up
from communities.models import Resident
from communities.personal_data import Held, described

from .models import Invitation, Registration


def export(resident: Resident) -> Held:
    invitations = list(resident.invitations.select_related("meeting").prefetch_related("answers").order_by("pk"))
    names = scopes.names_of({scope for invitation in invitations for scope in invitation.because})
    registrations = resident.registrations.select_related("meeting", "sign_up").order_by("pk")
    return {
        _("Your invitations and answers"): [asked(invitation, names) for invitation in invitations],
        _("The seats you asked for"): [seat(registration) for registration in registrations],
    }


def asked(invitation: Invitation, names: Mapping[str, str]) -> dict[str, Any]:
    """One meeting, why they were asked, and every answer, the last one first."""
    return {
        **described(invitation, "meeting", "origin", "sequence", "created_at", "withdrawn_at"),
        _("because of"): [names[scope] for scope in invitation.because],
        _("answers"): [
            described(answer, "choice", "guests", "channel", "answered_at") for answer in invitation.answers.all()
        ],
    }


def seat(registration: Registration) -> dict[str, Any]:
    told = described(registration, "meeting", "given_name", "guests", "created_at", "held_until", "confirmed_at")
    return told | ({_("about"): signing_up.subjects(registration.sign_up)} if registration.sign_up else {})


def erase(*, resident: Resident, now: datetime) -> None:
    """Seats that wait for their button are free again. Invitations and answers stay: they say no name themselves."""
    resident.registrations.filter(confirmed_at=None).delete()
    resident.registrations.update(given_name="")
