"""May a meeting be published, and can it take place then and there?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation

from communities import typography

from . import refusals
from .models.status import MeetingStatus
from .models.venue import Venue, VenueBooking

NO_START = _("Say when it starts.")
NO_END = _("Say when it ends.")
ENDS_FIRST = _("The meeting ends before it starts: check both hours.")
NO_SUCH_HOUR = _("This hour does not exist, or exists twice, on the night the clocks change: choose another.")
NOBODY = _("Choose at least one community or one neighbourhood to invite.")
NO_REASON = _("Say why in a sentence: residents will read it.")
NO_PLACE = _("Choose a venue, or give a link to join online.")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be published of a meeting, whether it stands in a form or in a draft."""

    meeting_id: int | None
    title: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    venue: Venue | None
    online_link: str
    status: str
    reason: str
    invites_someone: bool


class CannotBePublished(refusals.Refusal):
    """“The meeting” cannot be published yet: what is missing or impossible."""

    def __init__(self, *, title: str, why: Iterable[str]) -> None:
        words = {"title": title, "why": " ".join(why)}
        super().__init__(_("“%(title)s” cannot be published yet. %(why)s") % words)


def refuse_the_unready(plan: Plan) -> None:
    """Raise CannotBePublished, with everything that is missing or impossible, unless the meeting may be published."""
    found = troubles(plan)
    if found:
        raise CannotBePublished(title=plan.title, why=found.values())


def troubles(plan: Plan) -> dict[str, str]:
    """What is missing or impossible: a sentence by field; nothing when the meeting may be published."""
    is_called_off = plan.status in MeetingStatus.called_off()
    rules = [
        ("starts_at", plan.starts_at is None, NO_START),
        ("ends_at", plan.ends_at is None, NO_END),
        ("ends_at", ends_first(plan.starts_at, plan.ends_at), ENDS_FIRST),
        ("venue", plan.venue is None and not plan.online_link, NO_PLACE),
        ("communities", not plan.invites_someone, NOBODY),
        ("status_reason", is_called_off and not plan.reason, NO_REASON),
    ]
    booking = clash(plan)
    taken = {"venue": clash_sentence(booking)} if booking else {}
    return {field: str(sentence) for field, is_broken, sentence in rules if is_broken} | taken


def ends_first(starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> bool:
    return bool(starts_at and ends_at and ends_at <= starts_at)


def clash(plan: Plan) -> VenueBooking | None:
    """The booking that already holds this venue then, if any; shared places never clash, nor what is called off."""
    if plan.venue is None or plan.venue.is_shared or plan.status not in MeetingStatus.standing():
        return None
    if plan.starts_at is None or plan.ends_at is None:
        return None
    overlapping = VenueBooking.objects.filter(
        venue=plan.venue, starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at
    ).exclude(meeting_id=plan.meeting_id)
    return overlapping.select_related("meeting", "venue").order_by("starts_at").first()


def clash_sentence(booking: VenueBooking) -> str:
    """Who has the room, and when."""
    from_to = {
        "venue": booking.venue.name,
        "title": booking.meeting.title,
        "start": typography.clock(booking.starts_at, language=get_language()),
        "end": typography.clock(booking.ends_at, language=get_language()),
    }
    return str(_("%(venue)s is already taken from %(start)s to %(end)s by “%(title)s”.") % from_to)


def hold(plan: Plan) -> None:
    """Book the venue at that time. The database judges who came first; raise CannotBePublished if another did."""
    facts = {"venue": plan.venue, "starts_at": plan.starts_at, "ends_at": plan.ends_at}
    try:
        with transaction.atomic():
            VenueBooking.objects.update_or_create(meeting_id=plan.meeting_id, defaults=facts)
    except IntegrityError as refused:
        booking = clash(plan) if isinstance(refused.__cause__, ExclusionViolation) else None
        if booking is None:
            raise
        raise CannotBePublished(title=plan.title, why=[clash_sentence(booking)]) from refused
