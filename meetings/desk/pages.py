"""Which more pages of the desk are about one meeting? A room to the left may have some: a work day, say, has shifts."""

from collections.abc import Callable
from dataclasses import dataclass

from communities.permissions import Anyone
from communities.registry import Registry
from meetings.models import MeetingPage


@dataclass(frozen=True)
class DeskPage:
    """Where it is, what it is called, and its icon of Wagtail's."""

    label: str
    url: str
    icon: str


meeting_desk_pages: Registry[Callable[[Anyone, MeetingPage], DeskPage | None]] = Registry("desk pages of a meeting")
"""Asked for each meeting and member of staff; None when there is none, or they may not open it."""


def of(user: Anyone, meeting: MeetingPage) -> list[DeskPage]:
    found = (asked(user, meeting) for _name, asked in meeting_desk_pages.items())
    return [page for page in found if page]
