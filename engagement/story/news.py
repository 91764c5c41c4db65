"""What is new in the projects that anyone may read? Told in lines, in a number of queries that never grows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import typography
from communities.post.kinds import DigestLine
from engagement.models import CheckState, Passage, Project, ProjectPage, StewardshipCheck
from meetings.models import MeetingKind, MeetingPage, MeetingStatus

Told = Iterator[tuple[int, dt.date, str]]
"""The project, the day, the words."""


@dataclass(frozen=True)
class News:
    """One project, and what happened to it, the first first."""

    project: Project
    title: str
    url: str
    lines: tuple[tuple[dt.date, str], ...]

    def as_line(self) -> DigestLine:
        language = get_language()
        said = [f"{typography.day(on, language=language, pattern='{d} MMMM')} – {words}" for on, words in self.lines]
        return DigestLine(title=self.title, text="\n".join(said), url=self.url, prompt=_("Read its story"))


def between(since: dt.datetime, until: dt.datetime) -> list[News]:
    """Every project to which something happened after `since`, by title; four queries."""
    found: dict[int, set[tuple[dt.date, str]]] = defaultdict(set)
    window = {"since": since, "until": until}
    for told in (passages(**window), meetings(**window), checks(**window)):
        for project, on, words in told:
            found[project].add((on, words))
    return [
        News(
            project=page.project,
            title=page.title,
            url=settings.SITE_URL + (page.url or ""),
            lines=tuple(sorted(found[page.project_id])),
        )
        for page in open_pages().filter(project__in=list(found)).select_related("project__community").order_by("title")
    ]


def open_pages() -> Any:
    return ProjectPage.objects.open_to_all().filter(project__isnull=False).defer_streamfields()


def passages(*, since: dt.datetime, until: dt.datetime) -> Told:
    for passage in Passage.objects.filter(
        project__isnull=False, from_stage__gt="", passed_at__gt=since, passed_at__lte=until
    ):
        yield passage.project_id or 0, timezone.localdate(passage.passed_at), passage.sentence


def meetings(*, since: dt.datetime, until: dt.datetime) -> Told:
    held = MeetingPage.objects.open_to_all().filter(
        status__in=MeetingStatus.in_the_diary(),
        ends_at__gt=since,
        ends_at__lte=until,
        communities__project__isnull=False,
    )
    for project, starts_at, kind, title in held.values_list("communities__project", "starts_at", "kind", "title"):
        words = _("%(kind)s: %(title)s") % {"kind": capfirst(MeetingKind(kind).label), "title": title}
        yield project, timezone.localdate(starts_at), words


def checks(*, since: dt.datetime, until: dt.datetime) -> Told:
    done = StewardshipCheck.objects.done().filter(answered_at__gt=since, answered_at__lte=until)
    for project, at, state in done.values_list("project", "answered_at", "state"):
        good = state == CheckState.GOOD
        words = _("Looked after: in good condition") if good else _("Looked after: it needs work")
        yield project, timezone.localdate(at), words
