"""How does each project stand, and what did a year or a mandate bring? Wagtail's reports, with their export."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from communities.models import Neighbourhood
from communities.spreadsheets import SafeSpreadsheet
from engagement import permissions
from engagement.ledger import balance, showing, totals
from engagement.ledger.balance import Balance
from engagement.ledger.totals import Total
from engagement.models import Project, Side, Stage, Theme

FIGURES = {
    "residents_hours": _("hours of the residents"),
    "residents": _("the residents brought, in euros"),
    "residents_promised": _("the residents promised, in euros"),
    "commune_hours": _("hours of the agents"),
    "commune": _("the commune brought, in euros"),
    "commune_promised": _("the commune promised, in euros"),
    "cost_alone": _("cost alone, in euros"),
    "saved_share": _("saved, in percent"),
}


def figures_of(found: Balance) -> dict[str, Any]:
    residents, commune = Side.RESIDENTS, Side.COMMUNE
    return {
        "residents_hours": found.hours(residents),
        "residents": found.done(residents),
        "residents_promised": found.promised(residents),
        "commune_hours": found.hours(commune),
        "commune": found.done(commune),
        "commune_promised": found.promised(commune),
        "cost_alone": found.cost_alone,
        "saved_share": showing.percent(found.saved, found.cost_alone),
    }


class OfTheAccounts:
    """For whoever may see the accounts."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_see_ledger(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # Wagtail's view
        return answer


class BalanceFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Stage, neighbourhood, theme."""

    stage = django_filters.MultipleChoiceFilter(label=_("Stage"), choices=Stage.choices, widget=CheckboxSelectMultiple)
    neighbourhood = django_filters.ModelChoiceFilter(label=_("Neighbourhood"), queryset=Neighbourhood.objects.all())
    theme = django_filters.ModelChoiceFilter(label=_("Theme"), queryset=Theme.objects.all())

    class Meta:
        model = Project
        fields: list[str] = []


class BalanceReport(OfTheAccounts, SafeSpreadsheet, ReportView):  # type: ignore[misc]
    """Every project with its balance: one query for the balances of a page of them."""

    page_title = _("Balance by project")
    header_icon = "list-ul"
    index_url_name = "ledger_reports:balance"
    index_results_url_name = "ledger_reports:balance_results"
    results_template_name = "engagement/admin/balance_report_results.html"
    filterset_class = BalanceFilterSet
    is_searchable = True
    search_fields = ["title"]
    model = Project
    export_headings = {"title": _("project"), "stage": _("stage"), **FIGURES}
    columns = [Column("title", label=_("Project"))]

    def get_base_queryset(self) -> QuerySet[Project]:
        return Project.objects.order_by("title", "pk")

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        projects = list(object_list)
        balances = balance.of_each(projects=[project.pk for project in projects])
        for project in projects:
            project.figures = figures_of(balances.get(project.pk, Balance()))
        return projects

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {"title": item.title, "stage": item.get_stage_display(), **item.figures}


class TotalsReport(OfTheAccounts, SafeSpreadsheet, ReportView):  # type: ignore[misc]
    """Every mandate and every year, the latest first."""

    page_title = _("Totals by year and by mandate")
    header_icon = "history"
    index_url_name = "ledger_reports:totals"
    index_results_url_name = "ledger_reports:totals_results"
    results_template_name = "engagement/admin/totals_report_results.html"
    export_headings = {
        "period": _("period"),
        "first": _("from"),
        "last": _("until"),
        "projects": _("projects"),
        **{name: words for name, words in FIGURES.items() if not name.endswith("promised")},
    }
    columns = [Column("name", label=_("Period"))]

    def get_queryset(self) -> list[Total]:
        return [*totals.by_mandate(), *totals.by_year()]

    def get_filtered_queryset(self) -> list[Total]:
        return self.get_queryset()

    def decorate_paginated_queryset(self, object_list: Iterable[Total]) -> list[dict[str, Any]]:
        return [
            {
                "period": total.name,
                "first": total.first,
                "last": total.last,
                "projects": total.projects,
                "is_mandate": total.is_mandate,
                **figures_of(total.balance),
            }
            for total in object_list
        ]

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        return {name: item[name] for name in self.list_export}
