"""What happened to a project, day by day, from the idea to the last check?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities import folding
from engagement.models import CheckState, Idea, IdeaStage, Passage, Project, Stage
from engagement.models.stages import PASSED, AnyStage

from . import records
from .records import Records

# Of the idea's own way, what its project's story begins with; the rest is told on the idea's page.
OF_THE_IDEA: list[AnyStage] = [IdeaStage.RECEIVED, IdeaStage.SUPPORTED]
ICONS: dict[AnyStage, str] = {IdeaStage.RECEIVED: "mail", Stage.UNDER_WAY: "people", Stage.STEWARDSHIP: "people"}
BEFORE_ALL = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Moment:
    """One day's line: what happened, maybe in what words, and where to read more.

    `sign` is decoration: an icon of the site. `at` puts what happened on one day in order; what is known by its day
    alone comes first.
    """

    on: dt.date
    title: str
    sign: str = "check"
    words: str = ""
    url: str = ""
    at: dt.datetime = BEFORE_ALL


def of(project: Project, now: dt.datetime, known: Records | None = None) -> list[Moment]:
    """Every moment, the latest first, as whoever comes back wants to read; three queries, none when `known`."""
    known = known or records.read(project, now=now)
    told = [
        *of_the_way(project, known),
        *of_the_conventions(known),
        *of_the_meetings(project, known),
        *of_the_checks(known),
    ]
    return sorted(told, key=lambda moment: (moment.on, moment.at))[::-1]


def of_the_way(project: Project, known: Records) -> Iterator[Moment]:
    """The passages; a convention tells its signing itself, and the day of work or delivery is the day that staff said.

    What was taken over from before this register has no passages of then: the days that are known stand for them.
    """
    told = [passage for passage in known.passages if is_told(passage, signed_by_itself=bool(known.conventions))]
    for passage in told:
        yield moment_of(passage, project)
    passed = {passage.to for passage in told if passage.project_id}
    for stage, day in days_known(project).items():
        if project.is_from_before and day and stage not in passed:
            yield Moment(on=day, title=str(PASSED[stage]), sign=sign_of(stage))


def is_told(passage: Passage, *, signed_by_itself: bool) -> bool:
    if passage.project_id is None:
        return passage.to in OF_THE_IDEA
    return bool(passage.from_stage) and not (passage.to == Stage.SIGNED and signed_by_itself)


def moment_of(passage: Passage, project: Project) -> Moment:
    day = days_known(project).get(passage.to) if passage.project_id else None
    return Moment(
        on=day or timezone.localdate(passage.passed_at),
        title=passage.sentence,
        sign=sign_of(passage.to),
        words=passage.words,
        url=address_of(project.idea) if passage.to == IdeaStage.RECEIVED else "",
        at=passage.passed_at,
    )


def days_known(project: Project) -> dict[AnyStage, dt.date | None]:
    """The day that staff wrote down for a stage, which its passage may have been noted after."""
    return {
        Stage.UNDER_WAY: project.started_on,
        Stage.DELIVERED: project.delivered_on,
        Stage.CLOSED: project.closed_on,
    }


def sign_of(stage: AnyStage) -> str:
    return ICONS.get(stage, "check")


def address_of(idea: Idea | None) -> str:
    """Where everyone may read the idea; empty while nobody may."""
    return idea.get_absolute_url() if idea and idea.is_public else ""


def of_the_conventions(known: Records) -> Iterator[Moment]:
    for convention in known.conventions:
        signed, amended = _("The convention is signed"), _("An amendment to the convention is signed")
        words, url = amended if convention.is_amendment else signed, convention.get_absolute_url()
        if convention.signed_at:
            at = convention.signed_at
            yield Moment(on=timezone.localdate(at), title=words, sign="file", url=url, at=at)
        if convention.ended_on and not convention.is_amendment:  # which ends with it
            yield Moment(on=convention.ended_on, title=_("The convention came to its end"), sign="file", url=url)


def of_the_meetings(project: Project, known: Records) -> Iterator[Moment]:
    """Those of its community that took place, work days among them, each with its page."""
    site = site_path(project)
    for meeting in known.meetings:
        title = titled(meeting.title, kind=str(capfirst(meeting.kind.label)))
        url = meeting.url_path.removeprefix(site) if site else ""
        at = meeting.starts_at
        yield Moment(on=timezone.localdate(at), title=title, sign="calendar", url=url, at=at)


def titled(title: str, *, kind: str) -> str:
    """What it was, then its title, unless that says it already."""
    says_it = folding.words(title).startswith(folding.words(kind))
    return title if says_it else _("%(kind)s: %(title)s") % {"kind": kind, "title": title}


def site_path(project: Project) -> str:
    """What stands before the address of every page of this site in Wagtail's tree: “/home” of “/home/projets/…”."""
    page = getattr(project, "page", None)
    address = page.url if page else None
    return page.url_path.removesuffix(address) if page and address else ""


def of_the_checks(known: Records) -> Iterator[Moment]:
    """What was found, in a word: whoever looked is nobody's business."""
    for check in known.checks:
        good = check.state == CheckState.GOOD
        title = _("Looked after: in good condition") if good else _("Looked after: it needs work")
        if at := check.answered_at:
            yield Moment(on=timezone.localdate(at), title=title, sign="check" if good else "warning", at=at)
