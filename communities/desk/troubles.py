"""What is wrong with the post, above everything else on the staff's first page; nothing when all is well."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from communities import alerts, permissions
from communities.alerts import Alert


class Troubles(Component):  # type: ignore[misc]  # Wagtail is untyped
    """Each with what to do next and where."""

    name = "troubles"
    template_name = "communities/admin/troubles.html"
    order = 10

    def __init__(self, standing: list[Alert]) -> None:
        self.standing = standing

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"troubles": self.standing}


def panel_for(request: HttpRequest) -> Troubles | None:
    """For whoever follows the post."""
    if not permissions.may_follow_mailings(request.user):
        return None
    found = alerts.standing(now=timezone.now())
    standing = [alert if alert.opens_to(request.user) else replace(alert, way="") for alert in found]
    return Troubles(standing) if standing else None
