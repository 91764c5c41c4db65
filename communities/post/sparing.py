"""Who is spared a letter now? Whoever muted its kind, asked for a pause, or was written to often enough already.

A spared e-mail is held for the weekly letter, so that nothing is lost; what was muted is not sent at all, and what is
owed to its reader always leaves.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial

from django.conf import settings
from django.db import connection
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Channel, Delivery, DeliveryState, Mailing, MutedTopic, Resident, alike
from communities.models.delivery import DeliveryQuerySet
from communities.models.ready import Question, moment, text

from .kinds import LetterKind, letter_kinds

WINDOW = timedelta(days=30)
# Two mailings posted at once must not each take a resident's last free place.
COUNTING = 5_050_002


@dataclass(frozen=True)
class Spared:
    """Of some residents (by pk): who muted this kind, who asked for a pause until when, who has had enough."""

    muted: set[int] = field(default_factory=set)
    paused: Mapping[int, datetime] = field(default_factory=dict)
    sated: set[int] = field(default_factory=set)

    @property
    def everyone(self) -> set[int]:
        return self.muted | self.paused.keys() | self.sated


def of(*, kind: LetterKind, residents: Collection[int], now: datetime, room: int | None = None) -> Spared:
    """Those whom one more letter of this kind, by e-mail, would not reach now; at most three queries.

    `room` is how many letters may already count: the cap less one, unless the letters themselves are counted.
    """
    if kind.purpose is None or not residents:
        return Spared()
    paused = Resident.objects.filter(alike.one_of("pk", residents), paused_until__gt=now).values_list(
        "pk", "paused_until"
    )
    allowed = settings.MOST_UNASKED_LETTERS - 1 if room is None else room
    return Spared(
        muted=who_muted(kind=kind, residents=residents),
        paused={pk: until for pk, until in paused if until},
        sated=those_above(allowed, residents=residents, now=now) if kind.is_unasked else set(),
    )


def who_muted(*, kind: LetterKind, residents: Collection[int]) -> set[int]:
    """Those of these residents who want no more letters of this kind."""
    if kind.topic is None:
        return set()
    return {who for (who,) in MUTED.ask(residents=alike.listed(residents), topic=kind.topic)}


MUTED = Question(
    lambda: (
        MutedTopic.objects.filter(alike.one_of("resident", text("residents")), topic=text("topic"))
        .order_by()
        .values_list("resident_id")
    ),
    of_many=True,
)


def those_above(number: int, *, residents: Collection[int], now: datetime) -> set[int]:
    """Those with more letters than that which they did not ask for: sent within the window, or about to leave."""
    return _with_more_than(number, states=(DeliveryState.PENDING, DeliveryState.SENT), residents=residents, now=now)


def who_was_sent_enough(*, residents: Collection[int], now: datetime) -> set[int]:
    """Those who were really sent as many letters as they may be, whatever else waits."""
    if not residents:
        return set()
    return _with_more_than(
        settings.MOST_UNASKED_LETTERS - 1, states=(DeliveryState.SENT,), residents=residents, now=now
    )


def _with_more_than(
    number: int, *, states: tuple[DeliveryState, ...], residents: Collection[int], now: datetime
) -> set[int]:
    asked = _who_have_more_than(number, states=states)
    return {who for (who,) in asked.ask(residents=alike.listed(residents), since=now - WINDOW)}


@cache
def _who_have_more_than(number: int, *, states: tuple[DeliveryState, ...]) -> Question:
    """Whether they have one after so many, looked up one by one, however many years of letters there are."""
    return Question(partial(_residents_with_more_than, number, states), of_many=True)


def _residents_with_more_than(number: int, states: tuple[DeliveryState, ...]) -> QuerySet[Resident, tuple[int]]:
    theirs = Delivery.objects.unasked(since=moment("since")).filter(state__in=states, resident=OuterRef("pk"))
    asked = Resident.objects.filter(alike.one_of("pk", text("residents")))
    # Everybody has more than less than none: where no letter may count, each is one too many.
    above = asked.filter(Exists(theirs[number : number + 1])) if number >= 0 else asked
    return above.order_by().values_list("pk")


def spare(*, kind: LetterKind, mailing: Mailing, now: datetime) -> None:
    """Right after the rows are posted, in the same transaction: hold back those that must not leave now.

    Letters count as soon as they wait, and under a lock, so that in any thirty days a resident is sent at most
    MOST_UNASKED_LETTERS of them, however late each leaves. A fixed number of queries.
    """
    letters = mailing.deliveries.all()
    if kind.is_unasked:
        count_alone()
        _do_not_count_what_is_owed(kind, mailing, letters)
    residents = set(letters.values_list("resident", flat=True)) if kind.purpose else set()
    spared = of(kind=kind, residents=residents, now=now, room=settings.MOST_UNASKED_LETTERS)
    theirs = letters.filter(alike.one_of("resident", spared.everyone)).only("mailing_id", "resident_id", "channel")
    touched = theirs if spared.everyone else ()
    skipped, held = outcomes(spared, kind=kind, mailing=mailing, deliveries=touched)
    put_aside(Delivery.objects.all(), skipped, state=DeliveryState.SKIPPED, now=now)
    put_aside(Delivery.objects.all(), held, state=DeliveryState.HELD, now=now)


def spare_again(*, mailing: Mailing, letters: DeliveryQuerySet, now: datetime) -> None:
    """The same of these letters of a mailing, which had failed and wait again, if they make one too many."""
    again = list(letters.pending().filter(counts_as_unasked=True))
    residents = {letter.resident_id or 0 for letter in again}
    spared = Spared(sated=those_above(settings.MOST_UNASKED_LETTERS, residents=residents, now=now))
    if spared.everyone:
        _skipped, held = outcomes(spared, kind=letter_kinds[mailing.kind], mailing=mailing, deliveries=again)
        put_aside(letters, held, state=DeliveryState.HELD, now=now)


def count_alone() -> None:
    """Until the transaction ends, nobody else's letters begin to count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING])


def outcomes(
    spared: Spared, *, kind: LetterKind, mailing: Mailing, deliveries: Iterable[Delivery]
) -> tuple[dict[int, str], dict[int, str]]:
    """Of these deliveries (by pk): those that end here, and those that wait for the weekly letter; each with why.

    A pause keeps paper and calls from leaving too, and they cannot wait for a weekly letter.
    """
    touched = [delivery for delivery in deliveries if delivery.resident_id in spared.everyone]
    owed = kind.owed(mailing=mailing, deliveries=touched) if touched else ()
    skipped: dict[int, str] = {}
    held: dict[int, str] = {}
    for delivery in touched:
        resident, by_email = delivery.resident_id or 0, delivery.channel == Channel.EMAIL
        if delivery.pk in owed:
            continue
        if resident in spared.muted:
            skipped[delivery.pk] = _("They want no more letters of this kind.")
        elif resident in spared.paused:
            (held if by_email else skipped)[delivery.pk] = words_of_a_pause(spared.paused[resident])
        elif by_email:
            held[delivery.pk] = _("They have been sent enough letters in thirty days.")
    return skipped, held


def words_of_a_pause(until: datetime) -> str:
    day = typography.day(timezone.localdate(until), language=translation.get_language())
    return _("They asked not to be written to before %(day)s.") % {"day": day}


def put_aside(letters: DeliveryQuerySet, reasons: Mapping[int, str], *, state: DeliveryState, now: datetime) -> None:
    """End those of these letters (by pk) that nobody was told yet, each with its reason, in one query."""
    if not reasons:
        return
    pks: dict[str, list[int]] = {}
    for pk, words in reasons.items():
        pks.setdefault(words[:255], []).append(pk)
    # Most often they share one reason: naming thousands of letters twice would cost as much as posting them.
    one, *others = (When(alike.one_of("pk", those), then=Value(words)) for words, those in pks.items())
    reason = Case(one, *others) if others else Value(next(iter(pks)))
    untold = letters.filter(alike.one_of("pk", reasons), state__in=DeliveryState.untold())
    untold.update(state=state, reason=reason, ended_at=now, claim=None, claimed_until=None)


def _do_not_count_what_is_owed(kind: LetterKind, mailing: Mailing, letters: DeliveryQuerySet) -> None:
    """News of what someone said yes to was asked for. A kind that owes nothing does not even read the letters."""
    if owed := list(kind.owed(mailing=mailing, deliveries=letters)):
        Delivery.objects.filter(alike.one_of("pk", owed)).update(counts_as_unasked=False)
