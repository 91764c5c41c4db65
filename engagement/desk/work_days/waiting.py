"""Which work days wait for a yes or a no? On the staff's first page; nothing when none waits."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from engagement import permissions
from engagement.models import WorkDay

SHOWN = 10


class WorkDaysWaiting(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The nearest first."""

    name = "work_days_waiting"
    template_name = "engagement/admin/work_days_waiting.html"
    order = 25

    def __init__(self, work_days: list[WorkDay]) -> None:
        self.work_days = work_days

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"work_days": self.work_days}


def panel_for(request: HttpRequest) -> WorkDaysWaiting | None:
    """For whoever decides; one query."""
    if not permissions.may_decide_on_work_days(request.user):
        return None
    waiting = WorkDay.objects.awaiting_approval().select_related("meeting", "proposed_by")
    shown = list(waiting.order_by("meeting__starts_at", "pk")[:SHOWN])
    return WorkDaysWaiting(shown) if shown else None
