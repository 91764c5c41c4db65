"""How is what was brought written down, and a wrong entry undone? Once, and never edited."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement import kept_files, permissions
from engagement.models import Commitment, ContributionKind, HourRate, LedgerEntry, Project, Side
from engagement.refusals import Refusal, refuse_unless
from engagement.uploads.cleaning import CleanFile

from . import rates as hour_rates
from .pricing import CENT
from .rates import Rates

HOUR, EURO = "h", "€"
MOST = Decimal("9999999999.99")


class InTheFuture(Refusal):
    """Only what was done is written down."""

    MESSAGE = _("This day is still to come: only what was done is written down.")


class BeforeTheProject(Refusal):
    """What was done before the commune supported it does not count."""

    MESSAGE = _("This day is before the project began: it does not count.")


class NotItsCommitment(Refusal):
    """An entry keeps a promise of the same project, side and kind."""

    MESSAGE = _("This commitment is of another project, side or kind.")


class NotPromised(Refusal):
    """Nothing is promised before both sides signed."""

    MESSAGE = _("This commitment is in a convention that is not signed by both sides.")


class NoRate(Refusal):
    """Nobody said what such an hour was worth on that day."""

    MESSAGE = _("Nobody has said what such an hour was worth on that day: add a value of an hour first.")


class NeedsAQuantity(Refusal):
    """An entry brings something."""

    MESSAGE = _("Say how much was brought: more than nothing.")


class NeedsAUnit(Refusal):
    """Six what?"""

    MESSAGE = _("Say in what it is counted: days, cubic metres, pieces…")


class NeedsAValue(Refusal):
    """Nothing tells the price of materials or equipment but the one who writes them down."""

    MESSAGE = _("Say what it is worth in euros: nothing else tells it.")


class TooMuch(Refusal):
    """More than the accounts hold."""

    MESSAGE = _("This figure is too large.")


class AlreadyWritten(Refusal):
    """The same thing, as much of it, on the same day."""

    MESSAGE = _("The same entry is already written: the same day, words and quantity.")


class AlreadyUndone(Refusal):
    """An entry is undone once, and what undoes it stays."""

    MESSAGE = _("This entry is undone already, or undoes another one.")


class NeedsAReason(Refusal):
    """Whoever reads the accounts must understand."""

    MESSAGE = _("Please write why it is undone: the accounts show it.")


@transaction.atomic
def record(
    *,
    project: Project,
    side: Side | str,
    kind: ContributionKind | str,
    what: str,
    quantity: Decimal,
    unit: str = "",
    value: Decimal | None = None,
    commitment: Commitment | None = None,
    done_on: dt.date,
    evidence: CleanFile | None = None,
    evidence_words: str = "",
    validated_by: User,
    again: bool = False,
    now: dt.datetime,
) -> LedgerEntry:
    """Write down what one side brought. Money is worth itself; hours without a `value`, their rate on that day.

    `evidence` is kept with it. `quantity` in `unit`; hours and money have their own. Both figures are kept to the
    hundredth, halves rounded up.
    Raises MayNot, InTheFuture, BeforeTheProject, NotItsCommitment, NotPromised, NeedsAQuantity, NeedsAUnit,
    NeedsAValue, NoRate, TooMuch, or AlreadyWritten unless it is written `again` knowingly; then nothing is written.
    """
    refuse_unless(permissions.may_keep_the_ledger(validated_by))
    lock(project)
    entry = drafted(
        project=project,
        side=side,
        kind=ContributionKind(kind),
        what=what,
        quantity=quantity,
        unit=unit,
        value=value,
        commitment=commitment,
        done_on=done_on,
        evidence_words=evidence_words,
        validated_by=validated_by,
        rates=hour_rates.held(),
        now=now,
    )
    if not again and LedgerEntry.objects.like(entry).exists():
        raise AlreadyWritten
    entry.evidence = kept_files.keep(file=evidence, now=now) if evidence else None
    entry.save()
    return entry


def lock(project: Project) -> None:
    """Until the end of the transaction: of two who press at once, the second finds the first's entry."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def drafted(
    *,
    project: Project,
    kind: ContributionKind,
    what: str,
    quantity: Decimal,
    unit: str = "",
    value: Decimal | None = None,
    commitment: Commitment | None = None,
    done_on: dt.date,
    evidence_words: str = "",
    rates: Rates,
    now: dt.datetime,
    **facts: Any,
) -> LedgerEntry:
    """The entry as it would be written; raises as `record` does, and asks the database nothing."""
    refuse_wrong_day(project=project, done_on=done_on, now=now)
    refuse_foreign(commitment, project=project, side=facts["side"], kind=kind)
    quantity = rounded(quantity)
    rate = rates.on(done_on, kind=kind) if kind.is_in_hours and value is None else None
    return LedgerEntry(
        project=project,
        kind=kind,
        what=what.strip(),
        quantity=quantity,
        unit=unit_of(kind, unit=unit),
        value=worth_of(kind, quantity=quantity, value=value, rate=rate),
        rate=rate,
        commitment=commitment,
        done_on=done_on,
        evidence_words=evidence_words.strip(),
        recorded_at=now,
        **facts,
    )


@transaction.atomic
def undo(*, entry: LedgerEntry, reason: str, by: User, now: dt.datetime) -> LedgerEntry:
    """Write the exact opposite down, on the day of the entry, so that every total is as if it had never been.

    Raises MayNot, NeedsAReason or AlreadyUndone.
    """
    refuse_unless(permissions.may_keep_the_ledger(by))
    lock(entry.project)
    if not reason.strip():
        raise NeedsAReason
    if entry.is_reversal or LedgerEntry.objects.filter(reverses=entry).exists():
        raise AlreadyUndone
    return LedgerEntry.objects.create(
        project=entry.project,
        side=entry.side,
        kind=entry.kind,
        what=entry.what,
        quantity=-entry.quantity,
        unit=entry.unit,
        value=-entry.value,
        rate=entry.rate,
        commitment=entry.commitment,
        done_on=entry.done_on,
        validated_by=by,
        recorded_at=now,
        reverses=entry,
        reason=reason.strip(),
    )


def refuse_wrong_day(*, project: Project, done_on: dt.date, now: dt.datetime) -> None:
    if done_on > timezone.localdate(now):
        raise InTheFuture
    if not project.is_from_before and done_on < timezone.localdate(project.created_at):
        raise BeforeTheProject


def refuse_foreign(
    commitment: Commitment | None, *, project: Project, side: Side | str, kind: ContributionKind | str
) -> None:
    if commitment is None:
        return
    if (commitment.convention.project_id, commitment.side, commitment.kind) != (project.pk, side, kind):
        raise NotItsCommitment
    if not commitment.convention.is_held:
        raise NotPromised


def worth_of(kind: ContributionKind, *, quantity: Decimal, value: Decimal | None, rate: HourRate | None) -> Decimal:
    """Euros, to the cent."""
    if kind.is_money:
        return quantity
    if value is not None:
        return rounded(value, least=Decimal(0))
    if not kind.is_in_hours:
        raise NeedsAValue
    if rate is None:
        raise NoRate
    return rounded(quantity * rate.euros, least=Decimal(0))


def unit_of(kind: ContributionKind, *, unit: str) -> str:
    own = EURO if kind.is_money else HOUR if kind.is_in_hours else unit.strip()
    if not own:
        raise NeedsAUnit
    return own


def rounded(figure: Decimal, *, least: Decimal = CENT) -> Decimal:
    """To the hundredth. Raise NeedsAQuantity below `least`, TooMuch beyond what the accounts hold."""
    if not figure.is_finite() or figure > MOST:
        raise TooMuch
    kept = figure.quantize(CENT, rounding=ROUND_HALF_UP)
    if kept < least:
        raise NeedsAQuantity
    return kept
