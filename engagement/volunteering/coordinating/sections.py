"""What can be done on the page of one work day, by whoever runs it? Each part of the work adds its section."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest

from communities.models import Resident
from communities.panels import Panel, rendered
from communities.registry import Registry
from engagement.models import WorkDay

RunSection = Callable[[HttpRequest, Resident, WorkDay, datetime], Panel | None]
"""Asked for each page of a work day; None when there is nothing to say or do."""

run_sections: Registry[RunSection] = Registry("sections of a work day")


def of(*, request: HttpRequest, resident: Resident, work_day: WorkDay, now: datetime) -> list[str]:
    """The sections, rendered, in the order of their names: "10-who-comes" before "20-call"."""
    return rendered(request, [section(request, resident, work_day, now) for _name, section in run_sections.items()])
