"""What does this room hold on one resident? Who they are, what they allowed, what they follow, what was sent."""

from typing import Any

from django.utils.translation import gettext as _

from . import scopes, signing_up
from .models import ConsentEvent, Resident, Suppression
from .personal_data import Held, described
from .wordings import WORDINGS

RECORD = (
    *("name", "second_name", "email", "phone", "street", "postcode", "city", "neighbourhood"),
    *("language", "preferred_channel", "created_at", "confirmed_at"),
)
SOURCE = ("file_name", "consent_origin", "consent_date", "consent_proof", "applied_at")


def export(resident: Resident) -> Held:
    return {
        _("Who you are"): described(resident, *RECORD) | {_("came with the file"): source_of(resident)},
        _("What you agreed to"): consents_of(resident),
        _("Your communities"): [
            described(membership, "community", "role", "joined_at")
            for membership in resident.memberships.select_related("community").order_by("pk")
        ],
        _("What you asked to be told of"): [
            {_("about"): signing_up.subjects(sign_up)}
            | described(sign_up, "given_name", "wording", "created_at", "confirmed_at")
            for sign_up in resident.sign_ups.order_by("pk")
        ],
        _("The letters that were sent to you"): [
            described(letter.mailing, "title") | described(letter, "channel", "state", "reason", "ended_at")
            for letter in resident.deliveries.select_related("mailing").order_by("pk")
        ],
        _("Where your address is blocked"): blocks_of(resident),
    }


def source_of(resident: Resident) -> dict[str, Any] | None:
    """The file that brought them, and the consent that was stated with it (GDPR article 15(1)(g))."""
    return described(resident.came_with, *SOURCE) if resident.came_with else None


def consents_of(resident: Resident) -> list[dict[str, Any]]:
    """Every word, with the sentence that was agreed to."""
    events = list(resident.consent_events.order_by("pk"))
    names = scopes.names_of({event.scope for event in events})
    return [
        {_("words"): words_of(event, name=names[event.scope])}
        | described(event, "granted", "purpose", "channel", "wording", "origin", "proof", "occurred_at")
        for event in events
    ]


def words_of(event: ConsentEvent, *, name: str) -> str:
    return f"{scopes.sentence(wording=event.wording, scope=event.scope, name=name)} {WORDINGS[event.wording].terms}"


def blocks_of(resident: Resident) -> list[dict[str, Any]]:
    blocks = Suppression.objects.filter(address__iexact=resident.email).order_by("created_at") if resident.email else ()
    return [described(block, "address", "reason", "created_at", "lifted_at") for block in blocks]
