"""What happened to a project, day by day, from the idea to the last check? In a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from engagement.models import CheckState, Convention, Idea, IdeaStage, Passage, Project, Stage, StewardshipCheck
from engagement.models.stages import PASSED, AnyStage
from meetings.models import MeetingKind, MeetingPage, MeetingStatus

MOST_MEETINGS = 60
# Of the idea's own way, what its project's story begins with; the rest is told on the idea's page.
OF_THE_IDEA: list[AnyStage] = [IdeaStage.RECEIVED, IdeaStage.EXAMINATION]
ICONS: dict[AnyStage, str] = {IdeaStage.RECEIVED: "mail", Stage.UNDER_WAY: "people", Stage.STEWARDSHIP: "people"}


@dataclass(frozen=True)
class Moment:
    """One day's line: what happened, maybe in what words, and where to read more. `icon` is decoration."""

    on: dt.date
    title: str
    icon: str = "check"
    words: str = ""
    url: str = ""


def of(project: Project, now: dt.datetime) -> list[Moment]:
    """Every moment, the latest first, as whoever comes back wants to read; five queries."""
    told = [
        *of_the_way(project),
        *of_the_conventions(project),
        *of_the_meetings(project, now=now),
        *of_the_checks(project),
    ]
    return sorted(told, key=lambda moment: moment.on)[::-1]


def of_the_way(project: Project) -> Iterator[Moment]:
    """The passages; a convention tells its signing itself, and the day of work or delivery is the day that staff said.

    What was taken over from before this register has no passages of then: the days that are known stand for them.
    """
    passages = Passage.objects.filter(
        Q(project=project, from_stage__gt="") | Q(idea=project.idea_id, idea__isnull=False)
    )
    told = {passage.to for passage in passages if passage.project_id}
    signed_by_itself = bool(held_conventions(project))
    for passage in passages:
        if is_told(passage, signed_by_itself=signed_by_itself):
            yield moment_of(passage, project)
    for stage, day in days_known(project).items():
        if project.is_from_before and day and stage not in told:
            yield Moment(on=day, title=str(PASSED[stage]), icon=icon_of(stage))


def is_told(passage: Passage, *, signed_by_itself: bool) -> bool:
    if passage.project_id is None:
        return passage.to in OF_THE_IDEA or passage.to == IdeaStage.SUPPORTED
    return not (passage.to == Stage.SIGNED and signed_by_itself)


def moment_of(passage: Passage, project: Project) -> Moment:
    day = days_known(project).get(passage.to) if passage.project_id else None
    return Moment(
        on=day or timezone.localdate(passage.passed_at),
        title=passage.sentence,
        icon=icon_of(passage.to),
        words=passage.words,
        url=address_of(project.idea) if passage.to == IdeaStage.RECEIVED else "",
    )


def days_known(project: Project) -> dict[AnyStage, dt.date | None]:
    """The day that staff wrote down for a stage, which its passage may have been noted after."""
    return {
        Stage.UNDER_WAY: project.started_on,
        Stage.DELIVERED: project.delivered_on,
        Stage.CLOSED: project.closed_on,
    }


def icon_of(stage: AnyStage) -> str:
    return ICONS.get(stage, "check")


def address_of(idea: Idea | None) -> str:
    """Where everyone may read the idea; empty while nobody may."""
    return idea.get_absolute_url() if idea and idea.is_public else ""


def held_conventions(project: Project) -> list[Convention]:
    """Those that both sides signed, the first one first; asked once for as long as `project` lives."""
    held = Convention.objects.held().order_by("signed_at", "pk")
    prefetch_related_objects([project], Prefetch("conventions", queryset=held, to_attr="conventions_held"))
    return list(project.conventions_held)  # type: ignore[attr-defined]  # filled by the line above


def of_the_conventions(project: Project) -> Iterator[Moment]:
    for convention in held_conventions(project):
        words = (
            _("An amendment to the convention is signed") if convention.is_amendment else _("The convention is signed")
        )
        url = convention.get_absolute_url()
        if convention.signed_at:
            yield Moment(on=timezone.localdate(convention.signed_at), title=words, icon="file", url=url)
        if convention.ended_on:
            yield Moment(on=convention.ended_on, title=_("The convention came to its end"), icon="file", url=url)


def of_the_meetings(project: Project, *, now: dt.datetime) -> Iterator[Moment]:
    """Those of its community that took place, work days among them: as plain pages, which cost little."""
    if project.community is None:
        return
    held = (
        MeetingPage.objects.for_community(project.community)
        .gone_by(now)
        .filter(status__in=MeetingStatus.in_the_diary())
    )
    pages = Page.objects.filter(pk__in=held.values("pk")[:MOST_MEETINGS]).annotate(
        starts_at=F("meetingpage__starts_at"), kind=F("meetingpage__kind")
    )
    for page in pages:
        kind = capfirst(MeetingKind(page.kind).label)
        title = _("%(kind)s: %(title)s") % {"kind": kind, "title": page.title}
        yield Moment(on=timezone.localdate(page.starts_at), title=title, icon="calendar", url=page.url or "")


def of_the_checks(project: Project) -> Iterator[Moment]:
    """What was found, in a word: whoever looked is nobody's business."""
    checks: Iterable[StewardshipCheck] = project.checks.done()  # type: ignore[attr-defined]  # its manager
    for check in checks:
        good = check.state == CheckState.GOOD
        title = _("Looked after: in good condition") if good else _("Looked after: it needs work")
        if check.answered_at:
            yield Moment(on=timezone.localdate(check.answered_at), title=title, icon="check" if good else "warning")
