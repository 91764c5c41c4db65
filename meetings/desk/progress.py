"""After the invitations left: where do the letters of a meeting stand, and whom must people still tell by hand?"""

from communities.desk import progress
from communities.desk.progress import Progress
from meetings.models import MeetingPage

from . import reading


def of(meeting: MeetingPage) -> Progress:
    """Five queries, whatever the number of letters."""
    return progress.of(reading.letters(meeting))
