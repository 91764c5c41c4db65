"""Which rules run each night? Those that a person said yes to, having seen what would go, and nobody stopped since."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import permissions
from communities.alerts import Alert
from communities.models import RetentionDecision

from .refusals import refuse_unless
from .rules import RetentionRule, retained


def last_words() -> Mapping[str, RetentionDecision]:
    """The last decision on each rule, in one query."""
    decisions = RetentionDecision.objects.order_by("rule", "-pk").distinct("rule")
    return {decision.rule: decision for decision in decisions.select_related("decided_by")}


def runs(rule: RetentionRule, decision: RetentionDecision | None) -> bool:
    return decision.runs if decision else rule.runs


def decide(*, name: str, runs: bool, number_seen: int, by: User, now: datetime) -> RetentionDecision:
    """A person lets it go each night from now on, or stops it. `number_seen` would go tonight. Raises MayNot."""
    refuse_unless(permissions.may_decide_on_retention(by))
    retained[name]
    return RetentionDecision.objects.create(
        rule=name, runs=runs, number_seen=number_seen, decided_by=by, decided_at=now
    )


def stop(*, name: str, number: int, now: datetime) -> None:
    """Much more than usual would go: nothing does until a person has looked."""
    words = _("%(number)d would have gone in one night, many more than usual.") % {"number": number}
    RetentionDecision.objects.create(rule=name, runs=False, number_seen=number, reason=words, decided_at=now)


def alert(now: datetime) -> Alert | None:
    """A rule stopped by itself."""
    stopped = [word for word in last_words().values() if not word.runs and word.decided_by is None]
    found = [word for word in stopped if word.rule in retained]
    if not found:
        return None
    return Alert(
        trouble=_("“%(what)s”: %(reason)s") % {"what": retained[found[0].rule].label, "reason": found[0].reason},
        advice=_("Nothing of it goes until somebody has looked and said yes again."),
        where=gettext_lazy("Open how long things are kept"),
        way=reverse("retention:rule", args=[found[0].rule]),
        opens_to=permissions.may_see_retention,
    )
