"""The desk's addresses about the accounts and the means. Each with who may open it."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from communities.cells import DayColumn, EurosColumn, NumberColumn
from communities.menus import item_for
from communities.spreadsheets import SafeSpreadsheet
from engagement import permissions
from engagement.models import HourRate, YearMeans

from . import entries, hour_sheets, reports
from .forms import RateForm

see = user_passes_test(permissions.may_see_ledger)
keep = user_passes_test(permissions.may_keep_the_ledger)
prove = user_passes_test(permissions.may_see_evidence)
REPORTS = {
    "balance": (_("Balance by project"), "list-ul"),
    "totals": (_("Totals by year and by mandate"), "history"),
}


LedgerMenuItem = item_for(permissions.may_see_ledger)


class LedgerViewSet(ViewSet):  # type: ignore[misc]
    """What each side brings, entry by entry: written and undone, never changed."""

    name = "ledger"
    icon = "list-ul"
    menu_label = _("What each side brings")
    menu_item_class = LedgerMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", see(entries.EntryList.as_view()), name="index"),
            path("results/", see(entries.EntryList.as_view(results_only=True)), name="results"),
            path("add/", keep(entries.AddEntry.as_view()), name="add"),
            path("<int:pk>/", see(entries.ShowEntry.as_view()), name="inspect"),
            path("<int:pk>/evidence/", prove(entries.evidence), name="evidence"),
            path("<int:pk>/undo/", keep(entries.undo), name="undo"),
        ]


class SheetViewSet(ViewSet):  # type: ignore[misc]
    """Hour sheets, in three steps."""

    name = "hour_sheets"
    url_prefix = "ledger/sheets"
    icon = "upload"
    menu_label = _("Hour sheets")
    menu_item_class = item_for(permissions.may_keep_the_ledger)

    def get_urlpatterns(self) -> list[URLPattern]:
        views: dict[str, tuple[str, Any]] = {
            "index": ("", hour_sheets.SheetList.as_view()),
            "results": ("results/", hour_sheets.SheetList.as_view(results_only=True)),
            "upload": ("new/", hour_sheets.Upload.as_view()),
            "sample": ("sample.csv", hour_sheets.sample),
            "report": ("<int:pk>/", hour_sheets.Report.as_view()),
            "refused": ("<int:pk>/refused.csv", hour_sheets.refused),
            "apply": ("<int:pk>/apply/", hour_sheets.apply),
            "drop": ("<int:pk>/drop/", hour_sheets.drop),
        }
        return [path(route, keep(view), name=name) for name, (route, view) in views.items()]


class LedgerReportViewSet(ViewSet):  # type: ignore[misc]
    """The two reports, which stand among Wagtail's."""

    name = "ledger_reports"
    url_prefix = "reports/ledger"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        by_project, periods = reports.BalanceReport, reports.TotalsReport
        return [
            path("balance/", by_project.as_view(), name="balance"),
            path("balance/results/", by_project.as_view(results_only=True), name="balance_results"),
            path("totals/", periods.as_view(), name="totals"),
            path("totals/results/", periods.as_view(results_only=True), name="totals_results"),
        ]


def report_menu_item(report: str) -> MenuItem:
    """One of them in the menu of reports."""
    words, icon = REPORTS[report]
    return LedgerMenuItem(
        words, reverse(f"ledger_reports:{report}"), name=f"ledger-{report}", icon_name=icon, order=800
    )


class RateList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """What an hour is worth, the latest first."""

    list_display = [
        Column("kind", label=_("Kind of hours"), accessor="get_kind_display", sort_key="kind"),
        EurosColumn("euros", label=_("Euros an hour"), sort_key="euros"),
        DayColumn("from_on", label=_("From"), sort_key="from_on"),
        Column("source", label=_("Source")),
    ]
    export_headings = {
        "kind": _("kind of hours"),
        "euros": _("euros an hour"),
        "from_on": _("from"),
        "source": _("source"),
    }


class HourRateViewSet(ModelViewSet):  # type: ignore[misc]
    """What an hour is worth: dated, with its source."""

    model = HourRate
    name = "hour_rates"
    icon = "time"
    menu_label = _("Values of hours")
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = RateList

    def get_form_class(self, for_update: bool = False) -> Any:
        return RateForm


class MeansList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """Year by year."""

    list_display = [
        "year",
        EurosColumn("euros", label=_("Envelope, in euros"), sort_key="euros"),
        NumberColumn("hours", label=_("Hours of the agents"), sort_key="hours"),
        Column("source", label=_("Source")),
    ]
    list_export = ["year", "euros", "hours", "source"]


class YearMeansViewSet(ModelViewSet):  # type: ignore[misc]
    """What the commune can give each year."""

    model = YearMeans
    name = "year_means"
    icon = "calendar"
    menu_label = _("Means of the years")
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = MeansList
