"""What is overdue, broken or to be concluded, on the staff's first page; nothing when all is well."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from engagement import permissions
from engagement.models import StewardshipCheck

SHOWN = 10


class Overdue(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The most pressing ones, each with its page."""

    name = "overdue_checks"
    template_name = "engagement/admin/overdue_panel.html"
    order = 40

    def __init__(self, late: list[Any], troubles: list[Any], reviews: list[Any]) -> None:
        self.late, self.troubles, self.reviews = late, troubles, reviews

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"late": self.late, "troubles": self.troubles, "reviews": self.reviews}


def panel_for(request: HttpRequest) -> Overdue | None:
    """For whoever may see what is looked after; three queries."""
    if not permissions.may_see_stewardship(request.user):
        return None
    today, every = timezone.localdate(), StewardshipCheck.objects.select_related("project").order_by("due_on", "pk")
    reviews = every.to_conclude(today)
    found = [list(which[:SHOWN]) for which in (every.overdue(today).exclude(pk__in=reviews), every.troubles(), reviews)]
    return Overdue(*found) if any(found) else None
