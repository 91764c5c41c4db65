"""Where does an idea stand, in words that are true today?"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from communities import typography
from engagement.models import Idea, IdeaStage, ProjectPage


def words(idea: Idea, *, now: dt.datetime) -> str:
    """One line, as residents read it on a card: "under examination for 12 days, answer before 3 March"."""
    if idea.is_open:
        return _("%(where)s, %(until)s") % {"where": waiting(idea, now=now), "until": until(idea, now=now)}
    when = short(idea.decided_at or since(idea))
    ended = {
        IdeaStage.SUPPORTED: _("supported by the commune on %(day)s"),
        IdeaStage.REFUSED: _("not supported: answered on %(day)s"),
        IdeaStage.MERGED: _("joined to another idea on %(day)s"),
        IdeaStage.WITHDRAWN: _("withdrawn by those who carried it on %(day)s"),
    }
    return ended.get(IdeaStage(idea.stage), _("draft")) % {"day": when}


def waiting(idea: Idea, *, now: dt.datetime) -> str:
    """What is going on, and for how long."""
    days = days_since(since(idea), now=now)
    told = {
        IdeaStage.RECEIVED: (_("received today"), ngettext("received %(n)s day ago", "received %(n)s days ago", days)),
        IdeaStage.EXAMINATION: (
            _("under examination since today"),
            ngettext("under examination for %(n)s day", "under examination for %(n)s days", days),
        ),
        IdeaStage.ASKED: (
            _("waiting for an answer of those who carry it since today"),
            ngettext(
                "waiting for an answer of those who carry it for %(n)s day",
                "waiting for an answer of those who carry it for %(n)s days",
                days,
            ),
        ),
    }
    today, other = told[IdeaStage(idea.stage)]
    return other % {"n": days} if days else today


def until(idea: Idea, *, now: dt.datetime) -> str:
    """By when the town answers; and when it is late, that it is."""
    if idea.answer_due_on is None:
        return ""
    day = {"day": short(idea.answer_due_on)}
    if idea.waits_for_its_holders:
        return _("the answer of the town hall comes afterwards")
    if idea.is_overdue(timezone.localdate(now)):
        return _("the answer was due on %(day)s: it is late") % day
    return _("answer by %(day)s") % day


def promised(idea: Idea, *, now: dt.datetime) -> dt.date | None:
    """The day by which the town answers, as long as it is to come."""
    is_to_come = idea.stage in IdeaStage.in_hand() and not idea.is_overdue(timezone.localdate(now))
    return idea.answer_due_on if is_to_come else None


def since(idea: Idea) -> dt.datetime | None:
    """When it came to the stage where it stands: what the list annotated, else what is written down, else when it
    was received.
    """
    if hasattr(idea, "standing_since"):
        return idea.standing_since or idea.received_at
    passage = idea.passages.filter(to_stage=idea.stage).order_by("-passed_at").first()
    return passage.passed_at if passage else idea.received_at


def days_since(moment: dt.datetime | None, *, now: dt.datetime) -> int:
    return max(0, (timezone.localdate(now) - timezone.localdate(moment)).days) if moment else 0


def short(moment: dt.date | None) -> str:
    """The day without its weekday, in print."""
    return typography.day(moment, language=get_language(), pattern="{d} MMMM y") if moment else ""


def page_of_project(idea: Idea) -> ProjectPage | None:
    """Where the story goes on, once someone published it."""
    page = getattr(getattr(idea, "project", None), "page", None)
    return page if page is not None and page.live else None
