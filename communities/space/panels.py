"""What does this room show on the first page of my space? The letters I got, what I want to be sent."""

from datetime import datetime

from django.http import HttpRequest

from communities import preferences
from communities.models import Delivery, Resident
from communities.panels import Panel

from . import addressing, entering

LETTERS = 20
# How one came in is no letter to read again.
OF_THE_DOOR = (entering.LETTER_KIND, addressing.LETTER_KIND)


def letters(request: HttpRequest, resident: Resident, now: datetime) -> Panel | None:
    """The last ones, whichever way they went, and what became of them."""
    received = resident.deliveries.exclude(mailing__kind__in=OF_THE_DOOR).select_related("mailing")
    last: list[Delivery] = list(received.order_by("-pk")[:LETTERS])
    return ("pages/space/letters.html", {"letters": last}) if last else None


def choices(request: HttpRequest, resident: Resident, now: datetime) -> Panel:
    """The way to what they want to be sent."""
    return "pages/space/choices.html", {
        "token": preferences.token_of(resident),
        "is_paused": resident.is_paused(now),
        "resident": resident,
    }
