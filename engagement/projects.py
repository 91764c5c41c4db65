"""How does a project begin? From an idea the commune supports, or taken over from before this register."""

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from communities import membership
from communities.models import Community, CommunityKind, Role

from . import passing, permissions
from .models import Idea, Project, ProjectIndexPage, ProjectPage, Stage, Teammate, TeamRole
from .refusals import refuse_unless

LONGEST_NAME = 150
BEGINNING = 0x5050_0002
"""The advisory lock under which a project takes its names, and its place among the pages."""


@transaction.atomic
def begin(*, idea: Idea, by: passing.Actor, now: dt.datetime) -> Project:
    """The project of a supported idea: its community with those who carry it, and a page for someone to tell it.

    Two that begin at once begin one after the other: what is free for the first is not for the second.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BEGINNING])
    project = Project.objects.create(
        title=idea.title,
        idea=idea,
        community=gather(idea=idea, now=now),
        neighbourhood=idea.neighbourhood,
        theme=idea.theme,
        place=idea.place,
        point_x=idea.point_x,
        point_y=idea.point_y,
        officer=idea.officer,
        liaison=idea.liaison,
        created_at=now,
    )
    Teammate.objects.create(
        project=project,
        resident=idea.resident,
        role=TeamRole.SPOKESPERSON,
        shown_as=idea.shown_as,
        joined_at=now,
    )
    passing.note(thing=project, before=None, by=by, words="", now=now)
    sketch(project=project)
    return project


@transaction.atomic
def take_over(*, title: str, stage: Stage, by: User, now: dt.datetime, **facts: object) -> Project:
    """A project from before this register, at the stage where it stands; the passage says that it was taken over.

    Raises MayNot.
    """
    refuse_unless(permissions.may_take_over_projects(by))
    project = Project.objects.create(title=title, stage=stage, is_from_before=True, created_at=now, **facts)
    passing.note(thing=project, before=None, by=passing.Actor(user=by), words="", now=now)
    return project


def gather(*, idea: Idea, now: dt.datetime) -> Community:
    """The community around it, coordinated by who carries it; those who said they would take part belong to it."""
    community = Community.objects.create(
        name=free_name(idea.title),
        slug=free_slug(idea.title, among=Community.objects.all()),
        kind=CommunityKind.PROJECT,
        summary=idea.title,
        neighbourhood=idea.neighbourhood,
    )
    spoke = membership.join(community=community, resident=idea.resident, now=now)
    membership.set_role(membership=spoke, role=Role.COORDINATOR)
    take_in_supporters(idea=idea, community=community, now=now)
    return community


def take_in_supporters(*, idea: Idea, community: Community, besides: Collection[int] = (), now: dt.datetime) -> None:
    """Those who said, by a button, that they would take part in the idea belong to the community of its project;
    `besides`: but for these residents.
    """
    joining = idea.supports.filter(joins=True, confirmed_at__isnull=False).exclude(resident__in=besides)
    membership.join_all(community=community, residents=joining.values_list("resident", flat=True), now=now)


def sketch(*, project: Project) -> ProjectPage | None:
    """An unpublished page below the list of projects, for someone to tell the story; None in a site without a list."""
    index = ProjectIndexPage.objects.first()
    if index is None:
        return None
    idea = project.idea
    slug = free_slug(project.title, among=index.get_children())
    summary = idea.what[:500] if idea else ""
    page = ProjectPage(title=project.title, slug=slug, summary=summary, project=project, live=False)
    index.add_child(instance=page)
    page.save_revision(log_action=False)
    return page


def free_name(title: str) -> str:
    name, number = title[:LONGEST_NAME], 1
    while Community.objects.filter(name=name).exists():
        number += 1
        name = f"{title[:LONGEST_NAME]} ({number})"
    return name


def free_slug(title: str, *, among: QuerySet[Any]) -> str:
    """The title in an address that none of these has."""
    slug = base = slugify(re.sub("['’]", " ", title))[:LONGEST_NAME] or "projet"
    number = 1
    while among.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
