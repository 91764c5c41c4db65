"""What do conventions add to the record of a project at the desk?"""

import datetime as dt

from django.urls import reverse

from communities.panels import Panel
from communities.staff import StaffRequest
from engagement import permissions
from engagement.conventions import drafting
from engagement.models import Convention, ConventionState, Project, Stage


def conventions_of(request: StaffRequest, project: Project, now: dt.datetime) -> Panel | None:
    """Its conventions and amendments, and the way to the next one."""
    if not permissions.may_see_conventions(request.user):
        return None
    found = list(project.conventions.with_last_day().order_by("pk"))  # type: ignore[attr-defined]  # our own query set
    may_begin = permissions.may_write_conventions(request.user) and not project.is_over
    return (
        "engagement/admin/conventions_of_a_project.html",
        {
            "project": project,
            "conventions": found,
            "may_begin": may_begin and not drafting.is_being_written(project),
        },
    )


def begin_page(project: Project) -> str:
    """The passage to “convention being written” is made where one is begun."""
    return reverse("conventions_desk:add", query={"project": project.pk})


def sign_page(project: Project) -> str:
    """The passage to “convention signed” is made by both signatures: from the page of the one being written."""
    open_ones = project.conventions.filter(state__in=[ConventionState.DRAFT, ConventionState.PROPOSED])
    convention: Convention | None = open_ones.filter(amends__isnull=True).first()
    return reverse("conventions_desk:inspect", args=[convention.pk]) if convention else ""


def leave_page(project: Project) -> str:
    """Back to “supported” by dropping the draft."""
    return sign_page(project)


PASSAGES = {Stage.DRAFTING: begin_page, Stage.SIGNED: sign_page, Stage.SUPPORTED: leave_page}
