"""What did residents miss that still holds? Once a week, one letter tells each of them what was held for it.

A held letter ends in one of two ways: told by a weekly letter that left, or not sent, with the reason why it no longer
is true. Until then it is offered to each weekly letter in turn, so a letter that fails or a pause lose nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Delivery, DeliveryState, Mailing
from communities.models.delivery import DeliveryQuerySet

from . import checking, digest_times, mailings, sparing
from .kinds import NotNow, letter_kinds

KIND = "digest"
POSTING = 5_050_003


def keep(*, now: datetime) -> None:
    """Note what became of the weekly letters, then post this week's if its hour has come. Every few minutes.

    A missed tick heals itself; a repeated one does nothing. Nothing to tell, no letter.
    """
    settle()
    post(now=now)


@transaction.atomic
def post(*, now: datetime) -> Mailing | None:
    """This week's letter to whoever was held something before its hour; None when it is posted or not needed.

    A number of queries that grows with the held mailings, never with their readers.
    """
    due = digest_times.last_one(now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTING])
    if Mailing.objects.filter(kind=KIND, key=key_of(due)).exists():
        return None
    told = sort_out(waiting(due), now=now)
    if not told:
        return None
    readers = sorted({delivery.resident_id for delivery in told if delivery.resident_id})
    mailing = mailings.post(
        kind=KIND,
        key=key_of(due),
        title=_("Your weekly letter"),
        addressees=[mailings.Addressee(reader) for reader in readers],
        now=now,
    )
    letter = Delivery.objects.filter(mailing=mailing, resident=OuterRef("resident")).order_by().values("pk")
    Delivery.objects.held().filter(pk__in=[each.pk for each in told]).update(digest=Subquery(letter[:1]))
    return mailing


def key_of(due: datetime) -> str:
    return timezone.localdate(due).isoformat()


def waiting(due: datetime) -> DeliveryQuerySet:
    """What was held before that hour, for those who were not taking a break then, and is in no weekly letter yet."""
    readable = Q(resident__paused_until__isnull=True) | Q(resident__paused_until__lte=due)
    return Delivery.objects.held().filter(readable, ended_at__lte=due, digest__isnull=True)


def told_by(letters: Iterable[Delivery]) -> DeliveryQuerySet:
    """What these weekly letters tell."""
    return Delivery.objects.held().filter(digest__in=[letter.pk for letter in letters])


def sort_out(held: DeliveryQuerySet, *, now: datetime) -> list[Delivery]:
    """Those of these held letters that are still true; the others end here, each with its reason.

    What must not be told as it stands (a moved meeting, say) is neither: it stays held.
    """
    still_true: list[Delivery] = []
    for mailing, letters in by_mailing(held).items():
        try:
            reasons = checking.reasons(kind=letter_kinds[mailing.kind], mailing=mailing, deliveries=letters, now=now)
        except NotNow:
            continue
        sparing.put_aside(Delivery.objects.held(), reasons, state=DeliveryState.SKIPPED, now=now)
        still_true += [letter for letter in letters if letter.pk not in reasons]
    return still_true


def by_mailing(held: DeliveryQuerySet) -> dict[Mailing, list[Delivery]]:
    """Two queries."""
    groups: dict[Mailing, list[Delivery]] = {}
    for letter in held.with_overtaken().select_related("resident").prefetch_related("mailing").order_by("pk"):
        groups.setdefault(letter.mailing, []).append(letter)
    return groups


def settle() -> None:
    """What a weekly letter told is told; what it did not, because it never left, waits for the next. Two queries."""
    in_a_letter = Delivery.objects.held().order_by()
    letter = Delivery.objects.filter(pk=OuterRef("digest"))
    in_a_letter.filter(digest__state=DeliveryState.SENT).update(
        state=DeliveryState.SENT, ended_at=Subquery(letter.values("ended_at")[:1]), reason=_("In the weekly letter.")
    )
    in_a_letter.filter(digest__state__in=[DeliveryState.FAILED, DeliveryState.SKIPPED]).update(digest=None)


def let_go(letters: Sequence[Delivery], *, now: datetime) -> set[int]:
    """At the door: drop from these weekly letters what is no longer true; those (by pk) that still have a line."""
    told = sort_out(told_by(letters), now=now)
    told_by(letters).exclude(pk__in=[each.pk for each in told]).update(digest=None)
    return {letter.digest_id for letter in told if letter.digest_id}
