"""Which pictures lose their authorisation soon, or lost it? On the staff's first page; nothing when all is well."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from communities.models import PictureRights, PictureState
from communities.permissions import may_say_picture_rights

PRESSING = (PictureState.SOON, PictureState.EXPIRED)
SHOWN = 10


class EndingPictures(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The first to end, each with its page."""

    name = "ending_pictures"
    template_name = "communities/admin/ending_pictures.html"
    order = 45

    def __init__(self, ending: list[PictureRights]) -> None:
        self.ending = ending

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"ending": self.ending}


def panel_for(request: HttpRequest) -> EndingPictures | None:
    """For whoever may have them signed again; one query."""
    if not may_say_picture_rights(request.user):
        return None
    found = PictureRights.objects.in_states(PRESSING, timezone.localdate()).select_related("image")
    ending = list(found.order_by("site_until", "pk")[:SHOWN])
    return EndingPictures(ending) if ending else None
