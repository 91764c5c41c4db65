"""The desk's own cells."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import cells
from communities.permissions import may_see_residents
from engagement.examining import people


class Cell(cells.Cell):
    """With a template among the projects'."""

    room = "engagement"


class IdeaCell(Cell):
    """An idea as it stands today, for this reader."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_cell_context_data(instance, parent_context) | {
            "is_overdue": instance.is_overdue(timezone.localdate(now)),
            "days": instance.days_since_received(now),
            "may_see": may_see_residents(parent_context["request"].user),
        }


def officer_of(thing: Any) -> str:
    return people.name_of(thing.officer)


def liaison_of(thing: Any) -> str:
    return people.name_of(thing.liaison)


def yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
