"""How do staff bring a file of residents in? They upload it, read its report, and apply it or drop it."""

from typing import Any, cast

from django.contrib.auth.models import User
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
from communities.imports import columns, importing, tables
from communities.imports.examining import Verdict
from communities.models import ResidentImport

from . import lines
from .forms import UploadForm


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
        told = lines.report_of(self.resident_import, verdicts=Verdict, request=self.request)
        return (
            super().get_context_data(**kwargs)
            | told
            | {
                "taken": sum(count for verdict, _label, count in told["counts"] if verdict != Verdict.REFUSED),
                "refused_url": reverse("resident_imports:refused", args=[self.resident_import.pk]),
            }
        )


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
    return lines.refused(get_object_or_404(ResidentImport, pk=pk), about=_("name"))


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A file that imports as it stands."""
    return lines.spreadsheet(_("sample file"), columns.SAMPLE)
