"""After a meeting moved: how many people still believe in another appointment, and which?"""

from collections import Counter
from dataclasses import dataclass

from communities.models import DeliveryState
from meetings import announcing
from meetings.calendar_files import MeetingFacts
from meetings.models import MeetingPage


@dataclass(frozen=True)
class ToldOtherwise:
    """People who were last told these facts, which no longer hold."""

    number: int
    told: MeetingFacts


def of(meeting: MeetingPage) -> list[ToldOtherwise]:
    """Two queries, whatever the number of letters; nobody while the meeting is not published."""
    announcements = announcing.outdated(meeting=meeting) if meeting.live else []
    if not announcements:
        return []
    sent = announcing.letters_of(meeting).filter(state=DeliveryState.SENT).order_by("order", "pk")
    number = Counter(dict(sent.values_list("resident_id", "order")).values())
    return [ToldOtherwise(number[each.sequence], each.told) for each in announcements if number[each.sequence]]
