"""How long is each thing kept today, and who may change it? A change is a new line; the old ones stay to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from communities import permissions
from communities.models import RetentionPeriod, Unit

from .lengths import Length
from .refusals import Refusal, refuse_unless
from .rules import RetentionRule, retained


class OutOfBounds(Refusal):
    """Shorter or longer than this thing may be kept."""

    def __init__(self, rule: RetentionRule) -> None:
        words = _("Between %(least)s and %(most)s: what is asked is outside.")
        super().__init__(words % {"least": rule.least, "most": rule.most})


class InThePast(Refusal):
    """What went already was let go of by the period of its day."""

    def __init__(self) -> None:
        super().__init__(_("A period counts from today on, or later."))


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts for one rule: its length, since when and by whose words; `row` unless it is our own proposal."""

    length: Length
    source: str | Promise
    row: RetentionPeriod | None = None


def known(*, today: date) -> Mapping[str, Standing]:
    """For each rule the period in force that day, in one query."""
    in_force = RetentionPeriod.objects.filter(from_on__lte=today).order_by("rule", "-from_on", "-pk").distinct("rule")
    rows = {row.rule: row for row in in_force.select_related("changed_by")}
    return {name: standing(rule, rows.get(name)) for name, rule in retained.items()}


def standing(rule: RetentionRule, row: RetentionPeriod | None) -> Standing:
    if row is None:
        return Standing(rule.length, rule.source)
    return Standing(Length(row.length, Unit(row.unit)), row.source, row)


def change(*, name: str, length: Length, from_on: date, source: str, by: User, now: datetime) -> RetentionPeriod:
    """From that day on it is kept that long. Raises MayNot, OutOfBounds or InThePast."""
    refuse_unless(permissions.may_decide_on_retention(by))
    rule = retained[name]
    if not rule.least.in_days <= length.in_days <= rule.most.in_days:
        raise OutOfBounds(rule)
    if from_on < timezone.localdate(now):
        raise InThePast
    return RetentionPeriod.objects.create(
        rule=name,
        length=length.number,
        unit=length.unit,
        from_on=from_on,
        source=source,
        changed_by=by,
        changed_at=now,
    )
