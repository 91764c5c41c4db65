"""How do staff bring a file of residents in? They upload it, read its report, and apply it or drop it."""

import csv
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities.cells import Cell
from communities.imports import columns, importing, tables
from communities.imports.examining import Verdict
from communities.models import ResidentImport
from communities.spreadsheets import BYTE_ORDER_MARK, harmless

from .forms import UploadForm

LINES_A_PAGE = 100


class OneStep(WagtailAdminTemplateMixin):
    """A page of one file, below the list of all."""

    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("resident_imports:index"), "label": gettext_lazy("Imports of residents")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]


class ImportList(BaseListingView):
    """Every file, the latest first, and how far it is."""

    template_name = "communities/admin/imports.html"
    page_title = gettext_lazy("Imports of residents")
    header_icon = "upload"
    index_url_name = "resident_imports:index"
    index_results_url_name = "resident_imports:results"
    paginate_by = 50
    columns = [
        TitleColumn("file_name", label=gettext_lazy("File"), url_name="resident_imports:report"),
        Column("uploaded_by", label=gettext_lazy("Uploaded by")),
        Column("community", label=gettext_lazy("Community")),
        Cell("import_state", label=gettext_lazy("State")),
    ]

    def get_base_queryset(self) -> Any:
        return ResidentImport.objects.select_related("uploaded_by", "community").defer("rows", "report")


class Upload(OneStep, FormView):
    """First step: a file, and who answers for the consent of the people in it."""

    template_name = "communities/admin/import_upload.html"
    page_title = gettext_lazy("Import residents")
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            received = importing.receive(
                file=file,
                size=file.size,
                name=file.name,
                community=form.cleaned_data["community"],
                stated=form.stated(),
                by=cast(User, self.request.user),
                now=timezone.now(),
            )
        except tables.Unreadable as trouble:
            form.add_error("file", str(trouble))
            return self.form_invalid(form)
        return redirect("resident_imports:report", received.pk)

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Report(OneStep, TemplateView):
    """Second step: what would become of each line; and once applied, what became of them."""

    template_name = "communities/admin/import_report.html"

    @cached_property
    def resident_import(self) -> ResidentImport:
        imports = ResidentImport.objects.select_related("community", "uploaded_by").defer("rows")
        return get_object_or_404(imports, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.resident_import.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.resident_import.report
        shown = self.request.GET.get("verdict", Verdict.REFUSED if report["counts"].get(Verdict.REFUSED) else "")
        lines = [[at, Verdict(said), *more] for at, said, *more in report["lines"] if shown in ("", said)]
        counts = [(verdict, verdict.label, report["counts"].get(verdict, 0)) for verdict in Verdict]
        return super().get_context_data(**kwargs) | {
            "resident_import": self.resident_import,
            "report": report,
            "counts": counts,
            "taken": sum(count for verdict, _label, count in counts if verdict != Verdict.REFUSED),
            "shown": shown,
            "query": f"verdict={shown}&",
            "lines": Paginator(lines, LINES_A_PAGE).get_page(self.request.GET.get("p")),
        }


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Third step: all of it, once."""
    importing.apply(resident_import=get_object_or_404(ResidentImport, pk=pk), now=timezone.now())
    messages.success(request, _("The file has been applied."))
    return redirect("resident_imports:report", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Or nothing of it."""
    importing.drop(resident_import=get_object_or_404(ResidentImport, pk=pk))
    messages.success(request, _("The file has been forgotten: nobody was written down."))
    return redirect("resident_imports:index")


@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused lines with their reasons, to be put right in the file."""
    found = get_object_or_404(ResidentImport, pk=pk)
    lines = [line for line in found.report["lines"] if line[1] == Verdict.REFUSED]
    if not lines:
        raise Http404
    table = [[_("line"), _("reason"), _("name")], *([number, reason, name] for number, _verdict, reason, name in lines)]
    return spreadsheet(_("refused lines"), table)


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A file that imports as it stands."""
    return spreadsheet(_("sample file"), columns.SAMPLE)


def spreadsheet(name: str, table: Any) -> HttpResponse:
    """A CSV that opens well in a French spreadsheet, without a formula in it."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    csv.writer(response, delimiter=";").writerows([harmless(cell) for cell in row] for row in table)
    return response
