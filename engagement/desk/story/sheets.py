"""What did a project teach? Its sheet is written at the desk, read again, then made public."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from communities.spreadsheets import SafeSpreadsheet
from communities.staff import StaffRequest
from engagement.desk import reading
from engagement.desk.columns import Cell
from engagement.models import Project, ProjectSheet, Stage
from engagement.story import documents, sheet_printing, sheets, views

DELIVERED = [*Stage.built(), Stage.CLOSED]


class SheetForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A sheet; a new one is of a delivered project that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "project" in self.fields:
            mine = Project.objects.filter(pk=self.instance.project_id)
            self.fields["project"].queryset = Project.objects.filter(stage__in=DELIVERED, sheet__isnull=True) | mine


class SheetList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """Every sheet, with whether anyone may read it."""

    is_searchable = True
    search_fields = ["project__title"]
    default_ordering = "project__title"
    add_item_label = gettext_lazy("Write a sheet")
    list_display = [
        "project",
        Column("stage", label=gettext_lazy("Stage"), accessor="project.get_stage_display"),
        Cell("sheet_state", label=gettext_lazy("State"), width="25%"),
    ]
    export_headings = {"project": gettext_lazy("project"), "public_at": gettext_lazy("public since")}

    def get_base_queryset(self) -> QuerySet[ProjectSheet]:
        return ProjectSheet.objects.select_related("project").order_by("project__title", "pk")

    def to_row_dict(self, item: ProjectSheet) -> dict[str, Any]:
        return {"project": str(item.project), "public_at": item.public_at}


class EditSheet(generic.EditView):  # type: ignore[misc]
    """The sheet, with the way to its two printed pages and the button that makes it public."""

    template_name = "engagement/admin/sheet.html"

    def get_success_url(self) -> str:
        return reverse("sheets:edit", args=[self.object.pk])

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        printed = Button(
            _("The two pages (PDF)"), url=reverse("sheets:pdf", args=[self.object.pk]), icon_name="doc-full"
        )
        return [*super().header_more_buttons, printed]


class WriteSheet(generic.CreateView):  # type: ignore[misc]
    """A blank sheet; `?project=` names what it is about."""

    def get_initial_form_instance(self) -> ProjectSheet:
        return ProjectSheet(project=reading.project_asked(self.request))

    def get_success_url(self) -> str:
        return reverse("sheets:edit", args=[self.object.pk])


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """As it would be printed now, public or not."""
    sheet = get_object_or_404(ProjectSheet.objects.select_related("project__neighbourhood"), pk=pk)
    page = getattr(sheet.project, "page", None)
    if page is None:
        raise Http404
    facts = documents.sheet_facts(sheet=sheet, page=page, language=settings.LANGUAGE_CODE)
    return views.as_pdf(sheet_printing.sheet(facts=facts), name=f"fiche-{page.slug}.pdf")


@require_POST
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Anyone may read it; or no longer."""
    sheet = get_object_or_404(ProjectSheet.objects.select_related("project"), pk=pk)
    try:
        sheets.show(sheet=sheet, wanted=request.POST.get("public") == "1", by=request.user, now=timezone.now())
    except sheets.CannotShow as refusal:
        messages.warning(request, refusal.sentence)
    else:
        shown, hidden = _("The sheet is public."), _("The sheet is no longer public.")
        messages.success(request, shown if sheet.is_public else hidden)
    return redirect("sheets:edit", pk)
