"""A letter came back: whoever says so, what does it mean for the address? One rule for all who report it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from . import blocking
from .models import Channel, Delivery
from .post import discretion

# Refusals that say nothing of the address (RFC 3463): full for now, the letter's size or content, a policy, a time-out.
OF_THE_MOMENT = re.compile(r"5\.(?:2\.[23]|3\.\d+|4\.7|5\.\d+|6\.\d+|7\.\d+)")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
SMTP_REFUSAL = re.compile(r"\b(55[0-4]|45[0-2]|421)\b")
FULL = re.compile(r"quota|mailbox (?:is )?full|over ?quota|boîte .{0,30}pleine|insufficient storage", re.IGNORECASE)

PATIENCE = timedelta(days=7)
TIMES = 3
REMEMBERED = timedelta(days=60)


@dataclass(frozen=True)
class Bounce:
    """One failure: final for this address or only for now, in the words of whoever reported it."""

    is_hard: bool
    reason: str


def judge(*, status: str, words: str, is_delayed: bool = False) -> Bounce:
    """By the enhanced status (RFC 3463), else by what stands in the words; in doubt, only for now."""
    code = status or next(iter(STATUS.findall(words)), "")
    reason = " ".join(words.split())[:255] or code or str(_("It came back without saying why."))
    if is_delayed or FULL.search(words):
        return Bounce(is_hard=False, reason=reason)
    if code:
        return Bounce(is_hard=code.startswith("5") and not OF_THE_MOMENT.fullmatch(code), reason=reason)
    refused = SMTP_REFUSAL.search(words)
    return Bounce(is_hard=bool(refused and refused[1].startswith("5")), reason=reason)


@transaction.atomic
def note(*, delivery: Delivery, bounce: Bounce, address: str = "", now: datetime) -> bool:
    """The letter came back; whether its address is blocked from now on.

    A final failure blocks it at once; three letters that failed for the moment, over a week or more, do too. The
    address is blocked only while it is still the resident's: `address` is where the letter had gone, if known. The
    same report twice changes nothing.
    """
    letter = Delivery.objects.select_for_update(of=("self",)).select_related("resident").get(pk=delivery.pk)
    if letter.bounced_at or (letter.delayed_at and not bounce.is_hard):
        return False
    is_final = bounce.is_hard or is_once_too_often(letter, now=now)
    letter.bounce_reason = discretion.without_any(bounce.reason)[:255]
    letter.bounced_at = now if is_final else None
    letter.delayed_at = letter.delayed_at or (None if bounce.is_hard else now)
    letter.save(update_fields=["bounce_reason", "bounced_at", "delayed_at"])
    return is_final and block_its_address(letter, address=address, reason=bounce.reason, now=now)


def is_once_too_often(letter: Delivery, *, now: datetime) -> bool:
    """With this one, so many letters of different mailings could not be handed over, and not in one bad week."""
    if letter.resident_id is None:
        return False
    same_way = Delivery.objects.filter(resident=letter.resident_id, channel=letter.channel)
    before = same_way.filter(delayed_at__gt=now - REMEMBERED)
    times = before.exclude(mailing=letter.mailing_id).values_list("mailing", "delayed_at")
    mailings = {mailing for mailing, _when in times}
    moments = [when for _mailing, when in times if when]
    return len(mailings) + 1 >= TIMES and min(moments) <= now - PATIENCE


def block_its_address(letter: Delivery, *, address: str, reason: str, now: datetime) -> bool:
    """Not the address of someone at the town hall who asked for a test, nor one that the letter was not sent to.

    That a telephone takes no text message says nothing of an address.
    """
    theirs = letter.resident.email if letter.resident and letter.channel == Channel.EMAIL else ""
    if not theirs or (address and address.lower() != theirs.lower()):
        return False
    blocking.block(address=theirs, reason=reason, now=now)
    return True


def complained(*, address: str, now: datetime) -> None:
    """Someone pressed "this is spam": nothing is sent to them any more."""
    blocking.block(address=address, reason=_("Their mail provider says that they called a letter spam."), now=now)
