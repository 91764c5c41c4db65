"""How do staff bring an hour sheet in? They upload it, read its report, and apply it or drop it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities.cells import Cell
from communities.desk import lines
from communities.imports import tables
from communities.staff import StaffRequest
from engagement.ledger import sheet_columns, sheets
from engagement.ledger.sheets import Verdict
from engagement.models import HourSheet

from .forms import ApplyForm, SheetForm

INVALID = 422


class OneStep(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page of one sheet, below the list of all."""

    header_icon = "upload"
    request: StaffRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("hour_sheets:index"), "label": gettext_lazy("Hour sheets")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]


class SheetList(BaseListingView):  # type: ignore[misc]
    """Every sheet, the latest first, and how far it is."""

    template_name = "engagement/admin/sheets.html"
    results_template_name = "engagement/admin/sheets_results.html"
    page_title = gettext_lazy("Hour sheets")
    header_icon = "upload"
    index_url_name = "hour_sheets:index"
    index_results_url_name = "hour_sheets:results"
    paginate_by = 50
    columns = [
        TitleColumn("file_name", label=gettext_lazy("File"), url_name="hour_sheets:report"),
        Column("project", label=gettext_lazy("Project")),
        Column("uploaded_by", label=gettext_lazy("Uploaded by")),
        Cell("import_state", label=gettext_lazy("State")),
    ]

    def get_base_queryset(self) -> Any:
        return HourSheet.objects.select_related("uploaded_by", "project").defer("rows", "report")


class Upload(OneStep, FormView):  # type: ignore[misc]
    """First step: a file, and of which project."""

    template_name = "engagement/admin/sheet_upload.html"
    page_title = gettext_lazy("Import an hour sheet")
    form_class = SheetForm

    def get_initial(self) -> dict[str, Any]:
        return {"project": self.request.GET.get("project", "")}

    def form_valid(self, form: SheetForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            received = sheets.receive(
                file=file,
                size=file.size,
                name=file.name,
                project=form.cleaned_data["project"],
                by=self.request.user,
                now=timezone.now(),
            )
        except tables.Unreadable as trouble:
            form.add_error("file", str(trouble))
            return self.form_invalid(form)
        return redirect("hour_sheets:report", received.pk)

    def form_invalid(self, form: SheetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=INVALID)


class Report(OneStep, TemplateView):  # type: ignore[misc]
    """Second step: what would become of each line; and once applied, what became of them."""

    template_name = "engagement/admin/sheet_report.html"

    @cached_property
    def sheet(self) -> HourSheet:
        kept = HourSheet.objects.select_related("project", "uploaded_by").defer("rows")
        return get_object_or_404(kept, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.sheet.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = lines.report_of(self.sheet, verdicts=Verdict, request=self.request)
        counts = self.sheet.report["counts"]
        return (
            super().get_context_data(**kwargs)
            | told
            | {
                "new": counts.get(Verdict.NEW, 0),
                "known": counts.get(Verdict.KNOWN, 0),
                "refused_url": reverse("hour_sheets:refused", args=[self.sheet.pk]),
                "form": ApplyForm(),
            }
        )


@require_POST
def apply(request: StaffRequest, pk: int) -> HttpResponse:
    """Third step: all of it, once."""
    form = ApplyForm(request.POST)
    again = form.is_valid() and form.cleaned_data["again"]
    sheet = get_object_or_404(HourSheet, pk=pk)
    sheets.apply(sheet=sheet, by=request.user, again=again, now=timezone.now())
    messages.success(request, _("The sheet is in the accounts."))
    return redirect("hour_sheets:report", pk)


@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Or nothing of it."""
    sheets.drop(sheet=get_object_or_404(HourSheet, pk=pk), by=request.user)
    messages.success(request, _("The sheet has been forgotten: nothing was written."))
    return redirect("hour_sheets:index")


@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused lines with their reasons, to be put right in the file."""
    return lines.refused(get_object_or_404(HourSheet, pk=pk), about=_("what"))


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A sheet that imports as it stands."""
    return lines.spreadsheet(_("sample file"), sheet_columns.SAMPLE)
