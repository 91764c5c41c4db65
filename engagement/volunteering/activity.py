"""What do work days tell of their communities? Who lends a hand, and what the next ones lack."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities import typography
from communities.activity import gathered
from engagement.models import Volunteer, WorkDay
from meetings.models import MeetingPage, MeetingStatus

from . import counting, gaps

SHOWN_AHEAD = dt.timedelta(days=30)


def helped(communities: Collection[int], since: dt.datetime) -> Mapping[int, set[int]]:
    """Those who signed up since then, or changed it."""
    signed_up = Volunteer.objects.filter(confirmed_at__isnull=False, changed_at__gte=since, resident__erased_at=None)
    theirs = signed_up.filter(work_day__meeting__communities__in=communities)
    return gathered(theirs.values_list("work_day__meeting__communities", "resident"))


def lacking(communities: Collection[int], now: dt.datetime) -> Mapping[int, list[str]]:
    """What the work days of the next thirty days lack, a line each; three queries, however many communities."""
    soon = WorkDay.objects.to_come(now).filter(
        meeting__in=MeetingPage.objects.live().filter(
            communities__in=communities,
            starts_at__lt=now + SHOWN_AHEAD,
            status__in=MeetingStatus.standing(),
        )
    )
    days = {day.pk: day for day in soon.select_related("meeting")}
    found: dict[int, list[str]] = defaultdict(list)
    pairs = WorkDay.objects.filter(pk__in=days, meeting__communities__in=communities)
    counts = counting.of_all(days.values(), now=now)
    for pk, community in pairs.values_list("pk", "meeting__communities").order_by("meeting__starts_at"):
        if counts[pk].has_gaps:
            found[community].append(sentence(counts[pk]))
    return found


def sentence(count: counting.Count) -> str:
    """ "Saturday 5 December: 2 people, Wheelbarrows (3)"."""
    day = count.work_day.day or timezone.localdate(count.work_day.meeting.starts_at)
    what = ", ".join(gaps.in_words(count))
    words = {"day": typography.day(day, language=translation.get_language()), "what": what}
    return _("%(day)s, missing: %(what)s") % words
