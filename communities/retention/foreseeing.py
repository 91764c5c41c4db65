"""What would go tonight? Counted and dated before anybody says yes; nothing moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from communities.models import RetentionDecision

from . import activity, deciding, periods
from .lengths import Length
from .periods import Standing
from .rules import Reach, RetentionRule, retained

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One rule as it stands: its period, whether it runs, and how many would go tonight, since when the oldest."""

    name: str
    rule: RetentionRule
    standing: Standing
    decision: RetentionDecision | None
    number: int
    oldest: datetime | None
    examples: Sequence[str] = ()

    @property
    def runs(self) -> bool:
        return deciding.runs(self.rule, self.decision)

    @property
    def has_stopped_itself(self) -> bool:
        return bool(self.decision and not self.decision.runs and self.decision.decided_by is None)

    @property
    def length(self) -> Length:
        return self.standing.length


def every(*, now: datetime) -> list[Foreseen]:
    """Each rule, those that wait for a yes first; one query a rule and a few more."""
    standing, decisions = periods.known(today=timezone.localdate(now)), deciding.last_words()
    found = [foreseen(name, rule, standing[name], decisions.get(name), now=now) for name, rule in retained.items()]
    return sorted(found, key=lambda each: each.runs)


def one(*, name: str, now: datetime) -> Foreseen:
    """The same of one, with a few examples where they name nobody. Raise KeyError for a name that is no rule's."""
    rule = retained[name]
    standing, decisions = periods.known(today=timezone.localdate(now)), deciding.last_words()
    return foreseen(name, rule, standing[name], decisions.get(name), now=now, with_examples=True)


def foreseen(
    name: str,
    rule: RetentionRule,
    standing: Standing,
    decision: RetentionDecision | None,
    *,
    now: datetime,
    with_examples: bool = False,
) -> Foreseen:
    due = rule.due(Reach(before=standing.length.before(now), now=now))
    oldest = due.order_by().aggregate(oldest=Min(rule.moment))["oldest"]
    examples = [rule.shown(row) for row in due.order_by(rule.moment)[:EXAMPLES]] if with_examples else []
    return Foreseen(name, rule, standing, decision, due.count(), oldest, [each for each in examples if each])


def still_carrying(*, name: str, now: datetime) -> list[str]:
    """Those a rule on silent people leaves alone because they carry something that runs: a person looks at them."""
    standing = periods.known(today=timezone.localdate(now))[name]
    silent = activity.silent_since(standing.length.before(now))
    return [str(person) for person in activity.carrying_something(silent).order_by("folded")]
