"""What is missing on the work days to come, in words for those who look after communities?"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import typography
from engagement.models import WorkDay
from engagement.volunteering import counting
from meetings.models import MeetingPage, MeetingStatus


def words_of(work_days: Iterable[WorkDay], now: dt.datetime) -> dict[int, str]:
    """For each community (by pk) with gaps: “2 people missing on Saturday 12 December”, a sentence for each day.

    Seven queries, however many there are.
    """
    standing = [each for each in work_days if stands(each, now)]
    counts = counting.of_all(standing, now=now)
    through = MeetingPage.communities.through.objects.filter(meetingpage__in=[each.meeting_id for each in standing])
    said: dict[int, list[str]] = defaultdict(list)
    of_meeting: dict[int, list[int]] = defaultdict(list)
    for meeting, community in through.order_by("community").values_list("meetingpage", "community"):
        of_meeting[meeting].append(community)
    for work_day in sorted(standing, key=lambda each: (each.day or dt.date.max, each.pk)):
        words = in_words(counts[work_day.pk])
        for community in of_meeting[work_day.meeting_id] if words else ():
            said[community].append(words)
    return {community: " ".join(sentences) for community, sentences in said.items()}


def stands(work_day: WorkDay, now: dt.datetime) -> bool:
    meeting = work_day.meeting
    is_on = meeting.live and meeting.status in MeetingStatus.standing()
    return bool(is_on and meeting.ends_at and not meeting.is_over(now))


def in_words(count: counting.Count) -> str:
    """One sentence; empty when nothing is missing."""
    missing = missing_words(count)
    day = count.work_day.day
    if not missing or day is None:
        return ""
    on = typography.day(day, language=translation.get_language(), pattern="EEEE {d} MMMM")
    return _("Missing on %(day)s: %(what)s.") % {"day": on, "what": ", ".join(missing)}


def missing_words(count: counting.Count) -> list[str]:
    """Hands, seats, things: what to ask for."""
    words = []
    if count.missing_people:
        words.append(
            ngettext("%(people)d person", "%(people)d people", count.missing_people) % {"people": count.missing_people}
        )
    if count.missing_seats:
        words.append(
            ngettext("%(seats)d seat in a car", "%(seats)d seats in a car", count.missing_seats)
            % {"seats": count.missing_seats}
        )
    return words + [f"{one.need.item} ({one.left})" for one in count.missing_things]
