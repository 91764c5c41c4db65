"""Who would be told of a meeting, by which channel, and why?"""

from communities import audience, consent
from communities.audience import NOT_YET, Audience, Recipient
from communities.models import Topic

from .models import MeetingPage

__all__ = ["NOT_YET", "Audience", "Recipient", "concerned_residents", "of", "scopes_of"]


def scopes_of(meeting: MeetingPage) -> list[str]:
    """Every scope that concerns a meeting: its communities, its neighbourhoods, the whole town."""
    return consent.scopes_of(
        communities=meeting.communities.all(),
        neighbourhoods=meeting.neighbourhoods.all(),
        whole_town=True,
    )


def of(*, meeting: MeetingPage) -> Audience:
    """Everyone the meeting concerns, once each, in a fixed number of queries."""
    concerned, scopes = concerned_residents(meeting), scopes_of(meeting)
    agreed = audience.agreements(scopes)
    for (resident_id, _channel), allowed in agreed.items():
        concerned[resident_id] |= allowed
    return audience.reached(concerned=concerned, scopes=scopes, agreed=agreed.keys(), topic=Topic.INVITATIONS)


def concerned_residents(meeting: MeetingPage) -> dict[int, set[str]]:
    """Members of its communities and inhabitants of its neighbourhoods, with the scopes that say so."""
    return audience.belonging(communities=meeting.communities.all(), neighbourhoods=meeting.neighbourhoods.all())
