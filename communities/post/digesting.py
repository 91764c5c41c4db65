"""What did residents miss that still holds? Once a week, one letter tells each of them what was held for it.

Whoever is held something that takes place before that week's letter would tell it has theirs brought forward.

A held letter ends in one of two ways: told by a weekly letter that left, or not sent, with the reason why it no longer
is true. Until then it is offered to each weekly letter in turn, so a letter that fails or a pause lose nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Delivery, DeliveryState, Mailing
from communities.models.delivery import DeliveryQuerySet

from . import checking, digest_times, hours, mailings, sparing
from .kinds import NotNow, letter_kinds

KIND = "digest"
POSTING = 5_050_003
EARLY = "T"
"""In the key of a letter that was brought forward, and in no weekly one's."""
BY_DAY = "-day"
"""At the end of the key of one that nobody needs before the morning."""


def keep(*, now: datetime) -> None:
    """Note what became of these letters, then post this week's if its hour has come, then what cannot wait for the
    next. Every few minutes.

    A missed tick heals itself; a repeated one does nothing. Nothing to tell, no letter.
    """
    settle()
    post(now=now)
    bring_forward(now=now)


@transaction.atomic
def post(*, now: datetime) -> Mailing | None:
    """This week's letter to whoever was held something before its hour; None when it is posted or not needed, and at
    night: what would be too late in the morning is brought forward.

    A number of queries that grows with the held mailings, never with their readers.
    """
    due = digest_times.last_one(now=now)
    if not hours.are_open(now):
        return None
    _post_alone()
    if Mailing.objects.filter(kind=KIND, key=key_of(due)).exists():
        return None
    return _post(sort_out(waiting(due), now=now), key=key_of(due), now=now)


@transaction.atomic
def bring_forward(*, now: datetime) -> None:
    """To whoever is held something too near for Thursday, all that they are held: twice a day; at once if even the
    next of these hours is too late. Each is posted once, and what a letter told in between is told no more.

    A number of queries that grows with the held mailings, never with their readers.
    """
    _post_alone()
    near = those_too_near(now=now)
    if not near:
        return
    due = digest_times.last_round(now=now)
    _post_early(near, held=waiting(due), key=early_key_of(due), now=now)
    for pk, at in near.items():
        if digest_times.is_pressing(at, now=now):
            _post_at_once({pk: at}, since=f"{early_key_of(due)}+{pk}@", now=now)


def those_too_near(*, now: datetime) -> dict[int, datetime]:
    """Held mailings (by pk) that take place before Thursday's letter would tell them in time, and when."""
    held = Mailing.objects.filter(pk__in=waiting(now).order_by().values("mailing")).order_by("pk")
    times = {mailing.pk: letter_kinds[mailing.kind].happens_at(mailing=mailing) for mailing in held}
    return {pk: at for pk, at in times.items() if at and digest_times.is_near(at, now=now)}


def _post_early(near: Mapping[int, datetime], *, held: DeliveryQuerySet, key: str, now: datetime) -> None:
    """One letter to each who is still to be told one of these mailings; at any hour only to those whom one of them
    concerns today or tomorrow.
    """
    if Mailing.objects.filter(kind=KIND, key__in=[key, key + BY_DAY]).exists():
        return
    readers = held.order_by().filter(mailing__in=near).values("resident")
    told = sort_out(held.filter(resident__in=readers), now=now)
    soon = {pk for pk, at in near.items() if hours.are_waived(for_what_begins=at, now=now)}
    tonight = {letter.resident_id for letter in told if letter.mailing_id in soon}
    by_day = {letter.resident_id for letter in told if letter.mailing_id in near} - tonight
    _post([each for each in told if each.resident_id in tonight], key=key, at_any_hour=True, now=now)
    _post([each for each in told if each.resident_id in by_day], key=key + BY_DAY, now=now)


def _post_at_once(near: Mapping[int, datetime], *, since: str, now: datetime) -> None:
    """The same, to those whom no letter with a key that begins so went to: whatever became of theirs, it is one for
    each.
    """
    theirs = Delivery.objects.filter(mailing__kind=KIND, mailing__key__startswith=since, resident__isnull=False)
    others = waiting(now).exclude(resident__in=theirs.order_by().values("resident"))
    _post_early(near, held=others, key=f"{since}{timezone.localtime(now):%H%M%S}", now=now)


def _post_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTING])


def _post(told: Sequence[Delivery], *, key: str, now: datetime, at_any_hour: bool = False) -> Mailing | None:
    """One letter to each reader of these held ones; none when there is nothing to tell."""
    if not told:
        return None
    readers = sorted({delivery.resident_id for delivery in told if delivery.resident_id})
    mailing = mailings.post(
        kind=KIND,
        key=key,
        title=title_of(key),
        addressees=[mailings.Addressee(reader) for reader in readers],
        at_any_hour=at_any_hour,
        now=now,
    )
    letter = Delivery.objects.filter(mailing=mailing, resident=OuterRef("resident")).order_by().values("pk")
    Delivery.objects.held().filter(pk__in=[each.pk for each in told]).update(digest=Subquery(letter[:1]))
    return mailing


def key_of(due: datetime) -> str:
    return timezone.localdate(due).isoformat()


def early_key_of(due: datetime) -> str:
    """Of a letter that does not wait for Thursday: the day and the hour."""
    return f"{timezone.localtime(due):%Y-%m-%d{EARLY}%H}"


def title_of(key: str) -> str:
    """What the letter calls itself."""
    return _("Your summary") if EARLY in key else _("Your weekly letter")


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
    """What these letters told is told; what they did not, because they never left, waits for the next. Three
    queries.
    """
    in_a_letter = Delivery.objects.held().order_by()
    letter = Delivery.objects.filter(pk=OuterRef("digest"))
    told = {"state": DeliveryState.SENT, "ended_at": Subquery(letter.values("ended_at")[:1])}
    by_one_that_left = in_a_letter.filter(digest__state=DeliveryState.SENT)
    by_one_that_left.filter(digest__mailing__key__contains=EARLY).update(reason=_("In a summary sent sooner."), **told)
    by_one_that_left.update(reason=_("In the weekly letter."), **told)
    in_a_letter.filter(digest__state__in=[DeliveryState.FAILED, DeliveryState.SKIPPED]).update(digest=None)


def let_go(letters: Sequence[Delivery], *, now: datetime) -> set[int]:
    """At the door: drop from these weekly letters what is no longer true; those (by pk) that still have a line."""
    told = sort_out(told_by(letters), now=now)
    told_by(letters).exclude(pk__in=[each.pk for each in told]).update(digest=None)
    return {letter.digest_id for letter in told if letter.digest_id}
