"""Who asks for a certificate, and did they take part? Someone grants it, or leaves it; both can be printed for."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities.spreadsheets import SafeSpreadsheet
from communities.staff import StaffRequest
from engagement.desk.columns import Cell
from engagement.models import CertificateRequest
from engagement.story import certifying, views

WAITING, GRANTED, LEFT = "waiting", "granted", "left"
STATES = {
    WAITING: Q(granted_at__isnull=True, left_at__isnull=True),
    GRANTED: Q(granted_at__isnull=False),
    LEFT: Q(left_at__isnull=False),
}


class StateCell(Cell):
    """What became of a request; one that waits too long is said in red."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        said = super().get_cell_context_data(instance, parent_context)
        return said | {"is_late": instance.is_late(timezone.now())}


class CertificateFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By what became of it."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("What became of it"),
        method="in_state",
        choices=[
            (WAITING, gettext_lazy("to decide")),
            (GRANTED, gettext_lazy("granted")),
            (LEFT, gettext_lazy("left")),
        ],
    )

    class Meta:
        model = CertificateRequest
        fields: list[str] = []

    def in_state(self, found: QuerySet[Any], name: str, asked: str) -> QuerySet[Any]:
        return found.filter(STATES[asked])


class CertificateList(SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """Every request, the latest first."""

    page_title = gettext_lazy("Certificates")
    header_icon = "doc-full-inverse"
    index_url_name = "certificates:index"
    index_results_url_name = "certificates:results"
    filterset_class = CertificateFilterSet
    is_searchable = True
    search_fields = ["given_name", "project__title"]
    paginate_by = 50
    verbose_name_plural = gettext_lazy("requests for certificates")
    columns = [
        Column("given_name", label=gettext_lazy("Name"), width="22%"),
        Column("resident", label=gettext_lazy("Resident"), width="22%"),
        Column("project", label=gettext_lazy("Project"), width="22%"),
        DateColumn("asked_at", label=gettext_lazy("Asked on"), width="12%"),
        StateCell("certificate_state", label=gettext_lazy("What became of it"), width="22%"),
    ]
    export_headings = {
        "given_name": gettext_lazy("name"),
        "project": gettext_lazy("project"),
        "asked_at": gettext_lazy("asked on"),
        "granted_at": gettext_lazy("granted on"),
        "left_at": gettext_lazy("left on"),
    }

    def get_base_queryset(self) -> QuerySet[CertificateRequest]:
        known = CertificateRequest.objects.filter(resident__erased_at__isnull=True)
        return known.select_related("resident", "project").order_by("-asked_at", "-pk")

    def to_row_dict(self, item: CertificateRequest) -> dict[str, Any]:
        return {name: str(item.project) if name == "project" else getattr(item, name) for name in self.list_export}


@require_POST
def grant(request: StaffRequest, pk: int) -> HttpResponse:
    """They took part; the letter with the link leaves."""

    def decide(certificate: CertificateRequest) -> str:
        certifying.grant(certificate=certificate, by=request.user, now=timezone.now())
        return _("The certificate is granted: a letter is on its way to %(name)s.") % {"name": certificate.resident}

    return decided(request, pk, decide)


@require_POST
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody knows of their part; nothing is sent."""

    def decide(certificate: CertificateRequest) -> str:
        certifying.leave(certificate=certificate, by=request.user, now=timezone.now())
        return _("The request was left: nothing is sent.")

    return decided(request, pk, decide)


def decided(request: StaffRequest, pk: int, decide: Callable[[CertificateRequest], str]) -> HttpResponse:
    certificate = get_object_or_404(CertificateRequest.objects.select_related("resident", "project"), pk=pk)
    try:
        messages.success(request, decide(certificate))
    except certifying.Settled as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("certificates:index")


@never_cache
@require_safe
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a granted one, to print at the town hall."""
    granted = CertificateRequest.objects.granted().select_related("project", "resident")
    return views.printed(get_object_or_404(granted, pk=pk))
