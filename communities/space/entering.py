"""How does someone come into their space without a password? They ask; a letter carries a button and six digits.

Nobody learns from us whose address is known: asking only writes the request down, which costs the same for any address.
Whose it is, a worker looks up a moment later. A request of an address that is nobody's stands like another, and no code
opens it.

The link and the code are kept nowhere: both are worked out from the row under the site's key. They are good once, for
fifteen minutes, as long as nothing newer was asked and the address is still theirs.
"""

import datetime as dt
import hmac
from enum import Enum
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from communities import links, residents, throttling
from communities.models import Resident, SpaceEntry, SpaceSession
from communities.post import doorbell, mailings

from . import sessions

LETTER_KIND = "space-entry"
LINK, HANDLE = "enter-space", "asked-to-enter-space"
GOOD_FOR = dt.timedelta(minutes=15)
KEPT = dt.timedelta(days=1)
TRIES, MOST_TRIES = 5, 20
CODE_DIGITS = 6
OPEN_DOORS = "communities.tasks.open_doors"


class Standing(Enum):
    """What a request is worth now."""

    GOOD = "good"
    USED = "used"
    OVER = "over"
    RENEWED = "renewed"


def ask(*, email: str, way_on: str = "", now: dt.datetime) -> SpaceEntry:
    """Note that someone wants to come in by this address, whoever that is. The letter leaves a moment later."""
    mark = throttling.fingerprint(email)
    entry = SpaceEntry.objects.create(address=email, mark=mark, way_on=way_on, asked_at=now)
    transaction.on_commit(partial(doorbell.call, OPEN_DOORS), robust=True)
    return entry


def answer_all(*, now: dt.datetime) -> None:
    """Write to those who asked and whom we know; of the others, forget the address."""
    for pk in SpaceEntry.objects.unanswered().order_by("pk").values_list("pk", flat=True):
        answer(pk=pk, now=now)


@transaction.atomic
def answer(*, pk: int, now: dt.datetime) -> None:
    """One request. Two workers at once write one letter; what waited too long is worth none."""
    waiting = SpaceEntry.objects.unanswered().select_for_update(skip_locked=True)
    entry = waiting.filter(pk=pk).first()
    if entry is None:
        return
    resident = Resident.objects.with_email(entry.address).first()
    entry.resident, entry.address, entry.answered_at = resident, "", now
    entry.addresses_before = resident.addresses_before if resident else 0
    entry.save(update_fields=["resident", "address", "answered_at", "addresses_before"])
    if resident and standing(entry, now=now) == Standing.GOOD:
        mailings.post_one(kind=LETTER_KIND, key=str(entry.pk), title=_("Way into my space"), resident=resident, now=now)


# --- The link and the code -------------------------------------------------------------------------------------------


def token_of(entry: SpaceEntry) -> str:
    """What the letter's link carries."""
    return links.sign(LINK, entry.pk)


def handle_of(entry: SpaceEntry) -> str:
    """What the browser that asked carries, to say which request a code is for; it opens nothing."""
    return links.sign(HANDLE, entry.pk)


def find(*, token: str) -> SpaceEntry | None:
    """The request behind a letter's link; None when it is forged, truncated, or forgotten."""
    return SpaceEntry.objects.select_related("resident").filter(pk=links.read(LINK, token) or 0).first()


def find_asked(*, handle: str) -> SpaceEntry | None:
    """The request that this browser made."""
    return SpaceEntry.objects.filter(pk=links.read(HANDLE, handle) or 0).first()


def code_of(entry: SpaceEntry) -> str:
    """Six digits that nobody knows without our key."""
    said = f"space code {entry.pk} {entry.asked_at.astimezone(dt.UTC).isoformat()}"
    number = int(hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex(), 16)
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def standing(entry: SpaceEntry, *, now: dt.datetime) -> Standing:
    """Whether its letter still lets them in, and if not, why."""
    if entry.used_at:
        return Standing.USED
    if now >= entry.asked_at + GOOD_FOR or not is_theirs_still(entry):
        return Standing.OVER
    return Standing.RENEWED if is_followed(entry) else Standing.GOOD


def is_theirs_still(entry: SpaceEntry) -> bool:
    """Whether the letter went to the address that its resident has now."""
    resident = entry.resident
    return resident is None or (not resident.erased_at and resident.addresses_before == entry.addresses_before)


def is_followed(entry: SpaceEntry) -> bool:
    """Whether someone asked again for the same address since; known for any address, be it somebody's or not."""
    return SpaceEntry.objects.filter(mark=entry.mark, pk__gt=entry.pk).exists()


# --- Coming in -------------------------------------------------------------------------------------------------------


@transaction.atomic
def come_in(*, entry: SpaceEntry, device: str, now: dt.datetime) -> tuple[SpaceSession, str] | None:
    """The button of the letter was pressed: their browser is in, and this is its secret; None when it no longer works.

    The address is proven by it, as by the button of any confirming letter.
    """
    resident = residents.lock(entry.resident_id or 0)  # first, as whoever erases them
    locked = SpaceEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk, resident=resident).first()
    if locked is None or locked.resident is None or standing(locked, now=now) != Standing.GOOD:
        return None
    locked.used_at = now
    locked.save(update_fields=["used_at"])
    residents.confirm(resident=locked.resident, now=now)
    return sessions.begin(resident=locked.resident, device=device, now=now)


@transaction.atomic
def try_code(*, entry: SpaceEntry, code: str, now: dt.datetime) -> bool:
    """Whether these are the digits of its letter. Each try counts, and after five none is right, nor after twenty in
    a day whatever was asked since; in constant time.
    """
    locked = SpaceEntry.objects.select_for_update(of=("self",)).select_related("resident").get(pk=entry.pk)
    digits = "".join(character for character in code if character.isdecimal())
    is_right = hmac.compare_digest(code_of(locked).encode(), digits.encode())
    is_open = may_try(locked, now=now)
    is_somebody = locked.resident is not None and locked.used_at is None and is_theirs_still(locked)
    locked.tries = min(locked.tries + 1, TRIES)
    locked.save(update_fields=["tries"])
    return is_right and is_open and is_somebody


def may_try(entry: SpaceEntry, *, now: dt.datetime) -> bool:
    """Whether a code may still be typed: as far as the browser itself knows, so the same for an address of nobody's."""
    is_open = entry.tries < TRIES and now < entry.asked_at + GOOD_FOR and not is_followed(entry)
    return is_open and tries_of_the_day(entry) < MOST_TRIES


def tries_of_the_day(entry: SpaceEntry) -> int:
    """For this address, whatever was asked since yesterday: guessing gains nothing by asking for new figures."""
    recent = SpaceEntry.objects.filter(mark=entry.mark, asked_at__gt=entry.asked_at - KEPT)
    tries: int | None = recent.aggregate(total=Sum("tries"))["total"]
    return tries or 0


def forget(*, now: dt.datetime) -> None:
    """Requests of yesterday; their letters go with them."""
    SpaceEntry.objects.filter(asked_at__lt=now - KEPT).delete()


def forget_of(*, resident: Resident) -> None:
    """Their requests, those too for which nobody has looked yet whose they are."""
    marks = [throttling.fingerprint(resident.email)] if resident.email else []
    SpaceEntry.objects.filter(Q(resident=resident) | Q(mark__in=marks)).delete()


def wrong_code() -> str:
    """One sentence for every reason, so that it tells nobody anything."""
    return _(
        "These are not the figures of our last letter, or they have been used. Look again, or ask for a new letter."
    )
