"""What does the record of a project say of what is looked after?"""

import datetime as dt
from typing import Any

from django.utils import timezone

from communities.panels import Panel
from communities.permissions import may_see_residents
from communities.staff import StaffRequest
from engagement import passing, permissions
from engagement.caring import planning, showing
from engagement.desk.steps import CARE_STEPS
from engagement.models import Project

from . import forms
from .passages import address_of


def context_of(project: Project, request: StaffRequest, now: dt.datetime) -> dict[str, Any]:
    """What the plan's page and the section of the record share."""
    today = timezone.localdate(now)
    ways = passing.ways_on(project, by=passing.Actor(user=request.user))
    late = set(project.checks.overdue(today).values_list("pk", flat=True))
    return {
        "project": project,
        "shown": showing.of(project=project, today=today),
        "checks": project.checks.select_related("resident", "project").order_by("due_on", "pk"),
        "late": late,
        "troubles": set(project.checks.troubles().values_list("pk", flat=True)),
        "duties": project.duties.all(),
        "duty_form": forms.DutyForm(auto_id="duty_%s"),
        "may_follow": permissions.may_follow_stewardship(request.user),
        "may_see_names": may_see_residents(request.user),
        "can_be_planned": project.stage in planning.CAN_BE_PLANNED,
        "has_no_plan": project.is_in_their_hands and not project.checks.to_come().exists(),
        "ways": [(address_of(project, stage), step.button) for stage, step in CARE_STEPS.items() if stage in ways],
    }


def section(request: StaffRequest, project: Project, now: dt.datetime) -> Panel | None:
    """What a project's record says of it; nothing before work has begun."""
    may_see = permissions.may_see_stewardship(request.user)
    concerned = project.stage in planning.CAN_BE_PLANNED or project.checks.exists()
    if not may_see or not concerned:
        return None
    return ("engagement/admin/stewardship_section.html", context_of(project, request, now))
