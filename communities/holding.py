"""What does this room hold on one resident? Who they are, what they allowed, what they follow, what was sent."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import consent, erased_addresses, history, scopes, signing_up
from .belonging import holding as belonging
from .doubles import joining
from .imports import unnaming
from .inbound import keeping
from .looks import noting
from .models import ConsentEvent, KeepingQuestion, Origin, Resident, Suppression, ToldApart
from .personal_data import Held, described
from .post import mailings
from .space import addressing, entering
from .wordings import WORDINGS

RECORD = (
    *("name", "second_name", "email", "phone", "street", "postcode", "city", "neighbourhood"),
    *("language", "preferred_channel", "paused_until", "created_at", "confirmed_at", "heard_at"),
)
MERGES = (
    *belonging.MERGES,
    "communities.AddressChange.resident",
    "communities.ConsentEvent.resident",
    "communities.Delivery.resident",
    "communities.InboundMessage.resident",
    "communities.KeepingQuestion.resident",
    "communities.Membership.resident",
    "communities.MutedTopic.resident",
    "communities.SignUp.resident",
    "communities.SpaceEntry.resident",
    "communities.SpaceSession.resident",
    "communities.ToldApart.one",
    "communities.ToldApart.other",
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
        _("When you asked to come into your space"): [
            described(entry, "asked_at", "used_at") for entry in resident.space_entries.order_by("pk")
        ],
        _("The addresses you asked us to write to"): [
            described(change, "address", "asked_at", "used_at") for change in resident.address_changes.order_by("pk")
        ],
        _("Where your address is blocked"): blocks_of(resident),
        _("Whether we may keep you"): [
            described(asked, "asked_at", "kept_at") for asked in KeepingQuestion.objects.filter(resident=resident)
        ],
        _("When the town hall looked at your record"): looks_at(resident),
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


def looks_at(resident: Resident) -> dict[str, Any]:
    """How often and on which days, of those that are still noted; not who."""
    days = [str(timezone.localdate(seen)) for seen in noting.of(resident).values_list("seen_at", flat=True)]
    return {_("times"): len(days), _("on"): sorted(set(days))}


def erase(*, resident: Resident, now: datetime) -> None:
    """Consents end and stay, without their notes; letters that wait stay here; the rest goes."""
    keeping.erase(resident=resident, now=now)  # first: it waits for a worker, who may wait for what else is held here
    belonging.erase(resident=resident, now=now)
    addressing.forget_of(resident=resident)
    resident.space_sessions.all().delete()
    entering.forget_of(resident=resident)
    resident.memberships.all().delete()
    resident.muted_topics.all().delete()
    KeepingQuestion.objects.filter(resident=resident).delete()
    resident.followed_links.all().delete()
    ToldApart.objects.filter(Q(one=resident) | Q(other=resident)).delete()
    erase_consents(resident, now)
    resident.sign_ups.filter(confirmed_at=None).delete()
    resident.sign_ups.update(given_name="", words="")
    erase_letters(resident, now)
    unnaming.forget(resident=resident)
    erased_addresses.remember(address=resident.email, now=now)
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


def merge(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """Memberships, every word of consent, what they want to be sent, the letters, what they wrote."""
    joining.join_memberships(kept=kept, gone=gone)
    joining.join_consents(kept=kept, gone=gone)
    joining.join_letters(kept=kept, gone=gone, now=now)
    joining.join_mail(kept=kept, gone=gone)
    joining.join_pairs(kept=kept, gone=gone)
    joining.join_doors(kept=kept, gone=gone)
    joining.join_questions(kept=kept, gone=gone)
    belonging.merge(kept=kept, gone=gone, now=now)
