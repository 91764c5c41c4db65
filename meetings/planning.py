"""Can a meeting take place then and there?"""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities import typography

from .models.venue import Venue, VenueBooking

ENDS_FIRST = _("The meeting ends before it starts: check both hours.")
NO_SUCH_HOUR = _("This hour does not exist, or exists twice, on the night the clocks change: choose another.")


def clash(
    *,
    venue: Venue,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    meeting_id: int | None,
) -> VenueBooking | None:
    """The booking that already holds this venue then, if any; shared places never clash."""
    if venue.is_shared:
        return None
    overlapping = VenueBooking.objects.filter(venue=venue, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return overlapping.exclude(meeting_id=meeting_id).select_related("meeting").order_by("starts_at").first()


def clash_sentence(booking: VenueBooking) -> str:
    """Who has the room, and when."""
    from_to = {
        "venue": booking.venue.name,
        "title": booking.meeting.title,
        "start": typography.clock(booking.starts_at, language=get_language()),
        "end": typography.clock(booking.ends_at, language=get_language()),
    }
    return str(_("%(venue)s is already taken from %(start)s to %(end)s by “%(title)s”.") % from_to)
