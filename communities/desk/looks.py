"""Who saw residents, or took them away? The staff's report, and its own reading is noted too."""

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from communities.cells import Cell, NumberColumn
from communities.looks import watched
from communities.models import AccessKind, AccessLog, Resident
from communities.spreadsheets import SafeSpreadsheet


class LookFilterSet(WagtailFilterSet):
    """Whose looks, at whom, of which kind, when."""

    who = django_filters.ModelChoiceFilter(label=_("Who"), queryset=User.objects.order_by("username"))
    resident = django_filters.CharFilter(label=_("Resident’s name"), method="at_resident")
    kind = django_filters.ChoiceFilter(label=_("Did what"), choices=AccessKind.choices)
    seen_at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = AccessLog
        fields: list[str] = []

    def at_resident(self, found: QuerySet[AccessLog], name: str, asked: str) -> QuerySet[AccessLog]:
        return found.filter(resident_key__in=Resident.objects.known().called(asked).values("pk"))


class WhereColumn(Column):  # type: ignore[misc]  # Wagtail is untyped
    """The page by what staff call it."""

    def get_value(self, instance: AccessLog) -> str:
        return watched.called(instance.what)


class LookList(SafeSpreadsheet, BaseListingView):
    """Every look, the latest first."""

    page_title = _("Who saw what")
    header_icon = "view"
    index_url_name = "looks:index"
    index_results_url_name = "looks:results"
    filterset_class = LookFilterSet
    default_ordering = ("-seen_at", "-pk")
    paginate_by = 50
    columns = [
        Cell("look_when", label=_("When"), sort_key="seen_at"),
        Column("who_name", label=_("Who"), sort_key="who_name"),
        Column("kind", label=_("Did what"), accessor="get_kind_display", sort_key="kind"),
        WhereColumn("what", label=_("Where")),
        Cell("look_at", label=_("Resident")),
        NumberColumn("count", label=_("How many")),
    ]
    list_display = columns
    export_headings = {
        "seen_at": _("when, to the minute"),
        "who_name": _("who"),
        "kind": _("did what"),
        "what": _("where"),
        "resident": _("resident"),
        "count": _("how many"),
    }

    def get_base_queryset(self) -> QuerySet[AccessLog]:
        named = Resident.objects.known().filter(pk=OuterRef("resident_key"))
        return AccessLog.objects.annotate(resident_name=Subquery(named.values("name")[:1]))

    def to_row_dict(self, item: AccessLog) -> dict[str, Any]:
        return {
            "seen_at": timezone.localtime(item.seen_at).replace(tzinfo=None),
            "who_name": item.who_name,
            "kind": item.get_kind_display(),
            "what": watched.called(item.what),
            "resident": item.resident_name or "",  # type: ignore[attr-defined]  # annotated
            "count": item.count,
        }
