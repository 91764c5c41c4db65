"""What did residents allow? Their last word on each matter; every word is kept."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from . import wordings
from .models import ConsentEvent, Purpose, Resident
from .scopes import TOWN, scope_of, scopes_of

__all__ = [
    "TOWN",
    "grant",
    "record",
    "scope_of",
    "scopes_held",
    "scopes_of",
    "withdraw",
    "withdraw_everything",
]


def record(
    *,
    resident: Resident,
    scope: str,
    granted: bool,
    channel: str,
    wording: str,
    origin: str,
    proof: str = "",
    now: datetime,
) -> ConsentEvent:
    """Keep one word of a resident, exactly as given."""
    return ConsentEvent.objects.create(
        resident=resident,
        scope=scope,
        granted=granted,
        channel=channel,
        wording=wording,
        origin=origin,
        proof=proof,
        occurred_at=now,
    )


@transaction.atomic
def grant(
    *,
    resident: Resident,
    scopes: Iterable[str],
    channel: str,
    wording: str,
    origin: str,
    proof: str = "",
    now: datetime,
) -> list[ConsentEvent]:
    """Keep a yes for each of `scopes` that does not hold already."""
    held = scopes_held(resident=resident, channel=channel)
    return [
        record(
            resident=resident,
            scope=scope,
            granted=True,
            channel=channel,
            wording=wording,
            origin=origin,
            proof=proof,
            now=now,
        )
        for scope in scopes
        if scope not in held
    ]


@transaction.atomic
def withdraw(*, resident: Resident, scopes: Iterable[str], channel: str, origin: str, now: datetime) -> None:
    """Keep a no for each of `scopes` that holds."""
    for scope in sorted(scopes_held(resident=resident, channel=channel) & set(scopes)):
        record(
            resident=resident,
            scope=scope,
            granted=False,
            channel=channel,
            wording=wordings.WITHDRAWN,
            origin=origin,
            now=now,
        )


def withdraw_everything(*, resident: Resident, channel: str, origin: str, now: datetime) -> None:
    """No more announcements on this channel, whatever they were about."""
    held = scopes_held(resident=resident, channel=channel)
    withdraw(resident=resident, scopes=held, channel=channel, origin=origin, now=now)


def scopes_held(*, resident: Resident, channel: str) -> set[str]:
    """What this resident lets us write about on this channel, as things stand."""
    words = resident.consent_events.filter(purpose=Purpose.ANNOUNCEMENTS, channel=channel)
    return set(words.holding().values_list("scope", flat=True))
