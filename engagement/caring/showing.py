"""How does what was built stand, for everyone? Without names."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from engagement.models import CheckKind, CheckState, Duty, Project, Stage, StewardshipCheck


@dataclass(frozen=True)
class Shown:
    """What a project's page says of it; `checks` in the order of their days, those called off left out."""

    project: Project
    checks: list[StewardshipCheck]
    today: dt.date
    duties: list[Duty] = field(default_factory=list)

    @property
    def is_taken_back(self) -> bool:
        return self.project.stage == Stage.TAKEN_BACK

    @property
    def is_over(self) -> bool:
        return self.project.is_over

    @cached_property
    def last(self) -> StewardshipCheck | None:
        """The last time somebody looked."""
        done = [check for check in self.checks if check.answered_at]
        return max(done, key=lambda check: (check.answered_at, check.pk), default=None)

    @cached_property
    def late(self) -> StewardshipCheck | None:
        """The one that waits longest."""
        return next((check for check in self.checks if check.is_overdue(self.today)), None)

    @cached_property
    def next(self) -> StewardshipCheck | None:
        return self._next(CheckKind.CHECK)

    @cached_property
    def review(self) -> StewardshipCheck | None:
        return self._next(CheckKind.REVIEW)

    @cached_property
    def photos(self) -> list[StewardshipCheck]:
        """Those whose photo staff show, the last one first."""
        return [check for check in reversed(self.checks) if check.is_photo_public]

    @cached_property
    def number_done(self) -> int:
        return sum(1 for check in self.checks if check.is_done)

    def _next(self, kind: CheckKind) -> StewardshipCheck | None:
        to_come = (each for each in self.checks if each.kind == kind and each.is_to_come and each.due_on >= self.today)
        return next(to_come, None)


def of(*, project: Project, today: dt.date) -> Shown | None:
    """None before it stands, and where nothing was ever planned; two queries."""
    checks = project.checks.exclude(state=CheckState.CANCELLED)
    return told(project=project, checks=checks, duties=project.duties.all(), today=today)


def told(
    *, project: Project, checks: Iterable[StewardshipCheck], duties: Iterable[Duty], today: dt.date
) -> Shown | None:
    """The same of what somebody has read already, without those that were called off."""
    if not project.is_built and project.stage != Stage.CLOSED:
        return None
    in_order = sorted(checks, key=lambda check: (check.due_on, check.pk))
    done_there = [] if project.is_over else list(duties)
    if not in_order and not done_there and project.stage != Stage.TAKEN_BACK:
        return None
    return Shown(project=project, checks=in_order, today=today, duties=done_there)
