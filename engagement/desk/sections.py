"""What does each part of the fifty-fifty add to the record of a project at the desk? Registered once, at start.

A section is a template's name and its context, as `communities.panels.Panel`; the record shows those that have
something to say, in the order of their names. A passage that asks for more than a date and a reason has its own page:
the record's button leads there.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from communities import panels
from communities.panels import Panel
from communities.registry import Registry
from communities.staff import StaffRequest
from engagement.models import Project

ProjectSection = Callable[[StaffRequest, Project, dt.datetime], Panel | None]
"""Asked for each record; None when there is nothing to show, or nothing for this person."""

PassagePage = Callable[[Project], str]
"""The address of the page where a project passes to this stage; empty while it cannot."""

project_sections: Registry[ProjectSection] = Registry("sections of a project's record")

passage_pages: Registry[PassagePage] = Registry("pages of passages")


def of_project(*, request: StaffRequest, project: Project, now: dt.datetime) -> list[str]:
    """The sections of a record, rendered, in the order of their names."""
    found = [section(request, project, now) for _name, section in project_sections.items()]
    return panels.rendered(request, found)


def pages_of(project: Project) -> Mapping[str, str]:
    """By stage, where each passage that has a page of its own is made."""
    return {stage: page(project) for stage, page in passage_pages.items()}
