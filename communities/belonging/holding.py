"""What do we hold on one resident's belonging: what they asked, whom they invited, who invited them?"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities.models import Resident
from communities.personal_data import described


def export(resident: Resident) -> dict[str, Any]:
    """The neighbours they invited are told as days and communities: their addresses are not kept."""
    asked = resident.membership_requests.select_related("community").order_by("pk")
    invited = resident.neighbours_invited.select_related("community").order_by("pk")
    invitations = resident.invited_by_neighbours.select_related("community").order_by("pk")
    return {
        _("What you asked of communities"): [
            described(each, "community", "role", "given_name", "words", "asked_at", "outcome", "reply", "decided_at")
            for each in asked
        ],
        _("The neighbours you invited"): [described(each, "community", "shown_as", "invited_at") for each in invited],
        _("The communities to which neighbours invited you"): [
            described(each, "community", "invited_at") for each in invitations
        ],
    }


def erase(*, resident: Resident, now: datetime) -> None:
    """Their own requests and invitations go; what they answered to others, and who invited them, names them no more."""
    resident.membership_requests.all().delete()
    resident.neighbours_invited.all().delete()
    resident.requests_answered.update(by_coordinator=None)
    resident.invited_by_neighbours.update(invited=None)
