"""Which conventions are past their last day, and who waits too long for a certificate? On the staff's first page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from engagement import permissions
from engagement.models import CertificateRequest, Convention

SHOWN = 10


class Late(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The oldest first, each with its page."""

    name = "late_papers"
    template_name = "engagement/admin/late_panel.html"
    order = 30

    def __init__(self, expired: list[Any], certificates: list[Any]) -> None:
        self.expired, self.certificates = expired, certificates

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"expired": self.expired, "certificates": self.certificates}


def panel_for(request: HttpRequest) -> Late | None:
    """Of each, for whoever may see it; two queries."""
    now, user = timezone.now(), request.user
    expired, late = Convention.objects.none(), CertificateRequest.objects.none()
    if permissions.may_see_conventions(user):
        expired = Convention.objects.expired(timezone.localdate(now)).order_by(F("last_day"), "pk")
    if permissions.may_give_certificates(user):
        late = CertificateRequest.objects.late(now).select_related("project").order_by("asked_at", "pk")
    shown = list(expired[:SHOWN]), list(late[:SHOWN])
    return Late(*shown) if any(shown) else None
