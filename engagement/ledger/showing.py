"""How is a balance shown? Plain numbers in; shares, lengths to draw and sentences out. `of` asks for a project's."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from communities import typography
from engagement.models import ContributionKind, HourRate, LedgerEntry, Project, Side

from . import balance
from .balance import Balance

ZERO = Decimal()
IN_KIND = (ContributionKind.MATERIALS, ContributionKind.EQUIPMENT)


@dataclass(frozen=True)
class Brought:
    """What one side did and promised: hours, and euros of which `value` is the whole (money, in kind, hours)."""

    hours: Decimal = ZERO
    money: Decimal = ZERO
    in_kind: Decimal = ZERO
    value: Decimal = ZERO
    promised_hours: Decimal = ZERO
    promised: Decimal = ZERO

    @property
    def worth_of_hours(self) -> Decimal:
        """What its hours count for, in euros."""
        return self.value - self.money - self.in_kind


@dataclass(frozen=True)
class Half:
    """One side as it is drawn: `share` of what is done, and lengths, in percent of the longest of both sides."""

    brought: Brought
    share: int
    done_length: int
    promised_length: int


@dataclass(frozen=True)
class Shown:
    """Both halves, and what the commune saved: `balance` of components/balance.html."""

    residents: Half
    commune: Half
    computed: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return self.residents.brought.value + self.commune.brought.value

    @property
    def promised(self) -> Decimal:
        return self.residents.brought.promised + self.commune.brought.promised

    @property
    def cost_alone(self) -> Decimal:
        """What the commune alone would have paid: all that both sides brought."""
        return self.total

    @property
    def saved(self) -> Decimal:
        """What it did not pay: the residents' half."""
        return self.residents.brought.value

    @property
    def saved_share(self) -> int:
        return self.residents.share

    @property
    def is_empty(self) -> bool:
        """Nothing is done yet."""
        return not self.total and not self.hours

    @property
    def hours(self) -> Decimal:
        return self.residents.brought.hours + self.commune.brought.hours

    @property
    def promised_hours(self) -> Decimal:
        return self.residents.brought.promised_hours + self.commune.brought.promised_hours

    @property
    def sentence(self) -> str:
        """The balance, for whoever hears it."""
        shares = {
            "residents": typography.percent(self.residents.share, language=get_language()),
            "commune": typography.percent(self.commune.share, language=get_language()),
        }
        if self.is_empty:
            return _("Nothing is written in the accounts yet.")
        if not self.total:
            return _("Hours are counted; their value is not set yet.")
        if not self.commune.share:
            return _("So far the residents have brought everything.")
        if not self.residents.share:
            return _("So far the commune has brought everything.")
        return _("The residents bring %(residents)s, the commune %(commune)s.") % shares


def of(project: Project) -> Shown | None:
    """For components/balance.html, in two queries; None while nothing is promised or done."""
    found = balance.of(project=project)
    return None if found.is_empty else drawn(found, rates=rates_used(project))


def drawn(found: Balance, *, rates: QuerySet[HourRate] | None = None) -> Shown:
    """Any balance as it is shown, with how it is computed in words."""
    return shown(
        residents=brought(found, Side.RESIDENTS),
        commune=brought(found, Side.COMMUNE),
        computed=computed(found, rates),
    )


def brought(found: Balance, side: Side) -> Brought:
    return Brought(
        hours=found.hours(side),
        money=found.done(side, ContributionKind.MONEY),
        in_kind=found.done(side, *IN_KIND),
        value=found.done(side),
        promised_hours=found.promised_hours(side),
        promised=found.promised(side),
    )


def computed(found: Balance, rates: QuerySet[HourRate] | None) -> list[str]:
    """Each figure, how it comes about."""
    words = [
        _("Done: what the town hall wrote down once it was done. Wrong entries are undone, never erased."),
        _("Promised: what both sides signed in the convention and its amendments, and nothing else."),
        _("Alone, the commune would have paid for what both sides brought, at these prices."),
        _("Saved: the residents’ half, out of the whole."),
        _("Hours are the fact; their euros are a convention. Time spent in meetings does not count."),
    ]
    words += [priced(rate) for rate in rates or []]
    if found.unpriced:
        unpriced = ngettext(
            "%(count)s promise has no price: it counts for nothing in euros.",
            "%(count)s promises have no price: they count for nothing in euros.",
            found.unpriced,
        )
        words.append(unpriced % {"count": found.unpriced})
    return words


def rates_used(project: Project) -> QuerySet[HourRate]:
    """What its hours are worth."""
    used = LedgerEntry.objects.standing().filter(project=project, rate__isnull=False).values("rate")
    return HourRate.objects.filter(pk__in=used)


def priced(rate: HourRate) -> str:
    """With its day and its source."""
    language = get_language()
    return _("%(kind)s: %(euros)s an hour from %(day)s (%(source)s).") % {
        "kind": ContributionKind(rate.kind).label.capitalize(),
        "euros": typography.euros(rate.euros, language=language),
        "day": typography.day(rate.from_on, language=language, pattern="{d} MMMM y"),
        "source": rate.source,
    }


def shown(*, residents: Brought, commune: Brought, computed: Sequence[str] = ()) -> Shown:
    """The balance of what is done, as it is drawn."""
    residents_share, commune_share = shares(residents.value, commune.value)
    longest = max(residents.value, residents.promised, commune.value, commune.promised)
    return Shown(
        residents=half(residents, share=residents_share, longest=longest),
        commune=half(commune, share=commune_share, longest=longest),
        computed=tuple(computed),
    )


def half(brought: Brought, *, share: int, longest: Decimal) -> Half:
    return Half(
        brought=brought,
        share=share,
        done_length=percent(brought.value, longest),
        promised_length=percent(brought.promised, longest),
    )


def shares(one: Decimal, other: Decimal) -> tuple[int, int]:
    """Whole percents whose sum is a hundred (or nothing); who brought something is never said to have brought none."""
    if not one + other:
        return 0, 0
    part = percent(one, one + other)
    return part, 100 - part


def percent(part: Decimal, whole: Decimal) -> int:
    """Rounded as people round; 0 and 100 only for none and all."""
    if part <= 0 or whole <= 0:
        return 0
    if part >= whole:
        return 100
    rounded = int((part * 100 / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return min(max(rounded, 1), 99)
