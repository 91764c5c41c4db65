"""What does this room hold on one resident? Who they are, what they allowed, what they follow, what was sent."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from . import consent, history, scopes, signing_up
from .belonging import holding as belonging
from .inbound import keeping
from .models import ConsentEvent, Origin, Resident, Suppression
from .personal_data import Held, described
from .post import mailings
from .wordings import WORDINGS

RECORD = (
    *("name", "second_name", "email", "phone", "street", "postcode", "city", "neighbourhood"),
    *("language", "preferred_channel", "paused_until", "created_at", "confirmed_at"),
)
SOURCE = ("file_name", "consent_origin", "consent_date", "consent_proof", "applied_at")


def export(resident: Resident) -> Held:
    return {
        _("Who you are"): described(resident, *RECORD) | {_("came with the file"): source_of(resident)},
        _("What you agreed to"): consents_of(resident),
        _("Your communities"): [
            described(membership, "community", "role", "shown_as", "joined_at")
            for membership in resident.memberships.select_related("community").order_by("pk")
        ],
        **belonging.export(resident),
        _("What you asked to be told of"): [
            {_("about"): signing_up.subjects(sign_up)}
            | described(sign_up, "given_name", "words", "wording", "created_at", "confirmed_at")
            for sign_up in resident.sign_ups.order_by("pk")
        ],
        _("The letters you want no more of"): [
            described(muted, "topic", "origin", "muted_at") for muted in resident.muted_topics.order_by("pk")
        ],
        _("The letters that were sent to you"): [
            described(letter.mailing, "title")
            | described(letter, "channel", "state", "reason", "ended_at", "bounced_at", "bounce_reason")
            for letter in resident.deliveries.select_related("mailing").order_by("pk")
        ],
        _("What you wrote to us"): keeping.told(resident),
        _("Where you are in your space"): [
            described(session, "device", "begun_at", "last_seen_on", "expires_at")
            for session in resident.space_sessions.order_by("pk")
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
    blocks = Suppression.objects.of(resident.email).order_by("created_at")
    return [described(block, "address", "reason", "created_at", "lifted_at") for block in blocks]


def erase(*, resident: Resident, now: datetime) -> None:
    """Consents end and stay, without their notes; letters that wait stay here; the rest goes."""
    keeping.erase(resident=resident, now=now)  # first: it waits for a worker, who may wait for what else is held here
    belonging.erase(resident=resident, now=now)
    resident.space_sessions.all().delete()
    resident.space_entries.all().delete()
    resident.memberships.all().delete()
    resident.muted_topics.all().delete()
    erase_consents(resident, now)
    resident.sign_ups.filter(confirmed_at=None).delete()
    resident.sign_ups.update(given_name="", words="")
    erase_letters(resident, now)
    erase_blocks(resident)


def erase_consents(resident: Resident, now: datetime) -> None:
    for channel in set(resident.consent_events.order_by().values_list("channel", flat=True)):
        consent.withdraw_everything(resident=resident, channel=channel, origin=Origin.STAFF, now=now)
    resident.consent_events.exclude(proof="").update(proof="")


def erase_letters(resident: Resident, now: datetime) -> None:
    """A relay that refuses a letter often quotes the address."""
    words = _("This person was erased.")
    mailings.withdraw(deliveries=resident.deliveries.all(), reason=words, now=now)
    if resident.email:
        resident.deliveries.filter(reason__icontains=resident.email).update(reason=words)
        resident.deliveries.filter(bounce_reason__icontains=resident.email).update(bounce_reason=words)


def erase_blocks(resident: Resident) -> None:
    blocks = Suppression.objects.of(resident.email)
    history.rename(model=Suppression, pks=blocks.values_list("pk", flat=True), name=_("erased address"))
    blocks.delete()
