"""Which conventions are there, where does each stand, and which end soon?"""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from communities.cells import DayColumn
from communities.spreadsheets import SafeSpreadsheet
from engagement.desk.columns import Cell
from engagement.models import Convention, ConventionState, Project
from engagement.models.convention import ConventionQuerySet

SOON = dt.timedelta(days=90)
ENDS_SOON, EXPIRED = "soon", "expired"


class ConventionFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """State, the day it ends, project."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ConventionState.choices, widget=CheckboxSelectMultiple
    )
    end = django_filters.ChoiceFilter(
        label=_("Last day"),
        method="ends",
        choices=[(ENDS_SOON, _("within 90 days")), (EXPIRED, _("past, and not ended"))],
    )
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=Project.objects.filter(conventions__isnull=False).distinct()
    )

    class Meta:
        model = Convention
        fields: list[str] = []

    def ends(self, found: ConventionQuerySet, name: str, asked: str) -> ConventionQuerySet:
        today = timezone.localdate()
        if asked == EXPIRED:
            return found.expired(today)
        running = found.filter(state=ConventionState.SIGNED, amends__isnull=True)
        return running.filter(Q(last_day__gte=today, last_day__lte=today + SOON))


class StateCell(Cell):
    """Where it stands today: past its last day is said in red."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        said = super().get_cell_context_data(instance, parent_context)
        return said | {"has_expired": not instance.is_amendment and instance.has_expired(timezone.localdate())}


class ConventionList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """The latest first, in a number of queries that does not grow with them."""

    is_searchable = True
    filterset_class = ConventionFilterSet
    add_item_label = _("Begin a convention")
    list_display = [
        "number",
        Column("title", label=_("Title"), sort_key="title", width="26%"),
        Column("project", label=_("Project"), sort_key="project__title", width="22%"),
        StateCell("convention_state", label=_("State"), sort_key="state", width="20%"),
        DayColumn("last_day", label=_("Last day"), sort_key="last_day", width="14%"),
    ]
    export_headings = {
        "number": _("number"),
        "title": _("title"),
        "project": _("project"),
        "state": _("state"),
        "holder": _("on the residents’ side"),
        "starts_on": _("from"),
        "last_day": _("last day"),
        "signed_at": _("signed on"),
        "ended_on": _("ended on"),
        "end_reason": _("why it ended"),
        "summary": _("public summary"),
        "sha256": _("fingerprint"),
    }
    addresses = ("holder",)

    def get_edit_url(self, instance: Convention) -> str | None:
        """A number leads to the whole convention; a draft is changed from there."""
        return None

    def get_delete_url(self, instance: Convention) -> str | None:
        return None

    def get_base_queryset(self) -> ConventionQuerySet:
        return Convention.objects.with_last_day().select_related("project", "amends").order_by("-created_at", "-pk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By number, title, project or party."""
        if not self.is_searching:
            return queryset
        words = self.search_query
        found = Q(number__icontains=words) | Q(title__icontains=words) | Q(project__title__icontains=words)
        return queryset.filter(found | Q(holder__icontains=words))

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        same = {name: getattr(item, name) for name in self.export_headings}
        return same | {"project": item.project.title, "state": item.get_state_display()}
