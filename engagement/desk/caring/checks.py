"""Which checks are there, and which need somebody? The staff's list: what is overdue first, then what needs work."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.forms import RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities.permissions import may_see_residents
from communities.spreadsheets import SafeSpreadsheet
from engagement import permissions
from engagement.desk.columns import Cell
from engagement.models import CheckKind, CheckState, StewardshipCheck
from engagement.models.stewardship import CheckQuerySet

OVERDUE, TROUBLE, TO_COME, REVIEW, DONE, CALLED_OFF = "overdue", "trouble", "to-come", "review", "done", "called-off"
WHICH = [
    (OVERDUE, _("overdue")),
    (TROUBLE, _("needs work")),
    (REVIEW, _("reviews to conclude")),
    (TO_COME, _("to come")),
    (DONE, _("done")),
    (CALLED_OFF, _("called off")),
]


class WhoLooks(Cell):
    """By name, for whoever may see residents."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        may_see = may_see_residents(parent_context["request"].user)
        return super().get_cell_context_data(instance, parent_context) | {"may_see": may_see}


class CheckFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By how they stand, by why, by day."""

    which = django_filters.ChoiceFilter(
        label=_("Which"),
        method="that_stand",
        choices=WHICH,
        widget=RadioSelect,
        empty_label=pgettext_lazy("checks", "all"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Why"), choices=CheckKind.choices, widget=RadioSelect, empty_label=pgettext_lazy("checks", "all")
    )
    due_on = django_filters.DateFromToRangeFilter(label=_("To be done by"), widget=DateRangePickerWidget)

    class Meta:
        model = StewardshipCheck
        fields: list[str] = []

    def that_stand(self, found: CheckQuerySet, name: str, asked: str) -> CheckQuerySet:
        return standing(found, asked, today=timezone.localdate())


def standing(found: CheckQuerySet, asked: str, *, today: dt.date) -> CheckQuerySet:
    ways = {
        OVERDUE: found.overdue(today),
        TROUBLE: found.troubles(),
        REVIEW: found.to_conclude(today),
        TO_COME: found.to_come().cared_for().filter(due_on__gte=today),
        DONE: found.done(),
        CALLED_OFF: found.filter(state=CheckState.CANCELLED),
    }
    return ways[asked]


def most_pressing_first(today: dt.date) -> CheckQuerySet:
    """Overdue ones, troubles, those that are to come, and what is behind us; with `is_late` and `is_trouble`."""
    every = StewardshipCheck.objects.all()
    same = Q(pk=OuterRef("pk"))
    late, trouble = Exists(every.overdue(today).filter(same)), Exists(every.troubles().filter(same))
    rank = Case(
        When(is_late=True, then=Value(0)),
        When(is_trouble=True, then=Value(1)),
        When(state=CheckState.PLANNED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = every.annotate(is_late=late, is_trouble=trouble).select_related("project", "resident")
    return found.order_by(rank, "due_on", "pk")


class CheckList(SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """Every check of every project, in a number of queries that does not grow with them."""

    page_title = _("Stewardship")
    template_name = "engagement/admin/checks.html"
    results_template_name = "engagement/admin/checks_results.html"
    header_icon = "clipboard-list"
    index_url_name = "stewardship:index"
    index_results_url_name = "stewardship:results"
    filterset_class = CheckFilterSet
    is_searchable = True
    search_fields = ["what", "project__title"]
    paginate_by = 50
    verbose_name_plural = _("checks")
    addresses = ("resident",)
    export_headings = {
        "project": _("project"),
        "what": _("what to look at"),
        "kind": _("why"),
        "due_on": _("to be done by"),
        "state": _("state"),
        "answered_at": _("answered on"),
        "words": _("what was found"),
        "resident": _("who looks"),
    }

    @cached_property
    def columns(self) -> list[Any]:
        box = BulkActionsCheckboxColumn("bulk_actions", obj_type="check")
        may_follow = permissions.may_follow_stewardship(self.request.user)
        return [
            *([box] if may_follow else []),
            TitleColumn(
                "what",
                label=_("What to look at"),
                url_name="stewardship:inspect",
                sort_key="what",
                get_title_id=lambda check: f"check_{check.pk}_title",
            ),
            TitleColumn("project", label=_("Project"), get_url=project_url, sort_key="project__title"),
            Cell("check_due", label=_("To be done by"), sort_key="due_on"),
            WhoLooks("check_resident", label=_("Who looks")),
            Cell("check_state", label=_("State")),
        ]

    def get_base_queryset(self) -> CheckQuerySet:
        return most_pressing_first(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"model_opts": StewardshipCheck._meta}

    def to_row_dict(self, item: StewardshipCheck) -> dict[str, Any]:
        row = {
            "project": str(item.project),
            "what": item.what,
            "kind": item.get_kind_display(),
            "due_on": item.due_on,
            "state": item.get_state_display(),
            "answered_at": item.answered_at,
            "words": item.words,
            "resident": str(item.resident or ""),
        }
        return {field: row[field] for field in self.list_export}


def project_url(check: StewardshipCheck) -> str:
    return reverse("stewardship:project", args=[check.project_id])
