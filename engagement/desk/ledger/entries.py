"""What did each side bring, who answers for it, and what is its proof? The staff's pages about entries."""

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities.cells import DayColumn
from communities.spreadsheets import SafeSpreadsheet
from communities.staff import StaffRequest
from engagement import kept_files, permissions
from engagement.desk import reading
from engagement.desk.columns import Cell
from engagement.ledger import recording, showing
from engagement.models import ContributionKind, LedgerEntry, Project, Side
from engagement.refusals import Refusal

from .forms import EntryForm, ProjectForm, UndoForm, first_values

INVALID = 422
STANDING, UNDONE = "standing", "undone"


class EntryFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Project, side, kind, days, and whether it stands."""

    project = django_filters.ModelChoiceFilter(label=gettext_lazy("Project"), queryset=Project.objects.all())
    side = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Side"), choices=Side.choices, widget=CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind"), choices=ContributionKind.choices, widget=CheckboxSelectMultiple
    )
    done_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Done"), widget=DateRangePickerWidget)
    which = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        method="that_stand",
        choices=[(STANDING, gettext_lazy("those that stand")), (UNDONE, gettext_lazy("those undone"))],
    )

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def that_stand(self, found: Any, name: str, asked: str) -> Any:
        return found.standing() if asked == STANDING else found.exclude(pk__in=LedgerEntry.objects.standing())


class EntryList(SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """Every entry, the latest first, in a number of queries that does not grow with them."""

    template_name = "engagement/admin/entries.html"
    page_title = gettext_lazy("What each side brings")
    header_icon = "list-ul"
    index_url_name = "ledger:index"
    index_results_url_name = "ledger:results"
    filterset_class = EntryFilterSet
    is_searchable = True
    search_fields = ["what"]
    paginate_by = 50
    verbose_name_plural = gettext_lazy("entries")
    columns = [
        TitleColumn("what", label=gettext_lazy("What"), url_name="ledger:inspect", width="30%"),
        Column("project", label=gettext_lazy("Project"), sort_key="project__title", width="20%"),
        Cell("entry_side", label=gettext_lazy("Side and kind"), width="16%"),
        Cell("entry_much", label=gettext_lazy("How much"), width="18%"),
        DayColumn("done_on", label=gettext_lazy("Done on"), sort_key="done_on", width="12%"),
    ]
    export_headings = {
        "number": gettext_lazy("number"),
        "project": gettext_lazy("project"),
        "side": gettext_lazy("side"),
        "kind": gettext_lazy("kind"),
        "what": gettext_lazy("what"),
        "quantity": gettext_lazy("how much"),
        "unit": gettext_lazy("unit"),
        "value": gettext_lazy("worth, in euros"),
        "commitment": gettext_lazy("keeps the commitment"),
        "done_on": gettext_lazy("done on"),
        "evidence": gettext_lazy("proof"),
        "validated_by": gettext_lazy("validated by"),
        "recorded_at": gettext_lazy("written on"),
        "undoes": gettext_lazy("undoes"),
        "reason": gettext_lazy("why it is undone"),
    }

    def get_base_queryset(self) -> QuerySet[LedgerEntry]:
        entries = LedgerEntry.objects.select_related("project", "commitment", "validated_by", "reversed_by")
        return entries.order_by("-done_on", "-pk")

    def order_queryset(self, queryset: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        return super().order_queryset(queryset) if self.ordering else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_keep = permissions.may_keep_the_ledger(self.request.user)
        return super().get_context_data(**kwargs) | {
            "may_keep": may_keep,
            "of_project": reading.project_asked(self.request),
        }

    def to_row_dict(self, item: LedgerEntry) -> dict[str, Any]:
        same = {name: getattr(item, name) for name in ("what", "quantity", "unit", "value", "done_on", "recorded_at")}
        return same | {
            "number": item.pk,
            "project": item.project.title,
            "side": item.get_side_display(),
            "kind": item.get_kind_display(),
            "commitment": item.commitment.what if item.commitment else "",
            "evidence": item.evidence_words or (str(_("kept here")) if item.evidence_id else ""),
            "validated_by": item.validated_by.get_full_name() or item.validated_by.get_username(),
            "undoes": item.reverses_id,
            "reason": item.reason,
        }


class OfTheLedger(WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A page of the desk below the list of entries."""

    header_icon = "list-ul"
    request: StaffRequest
    kwargs: dict[str, Any]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("ledger:index"), "label": gettext_lazy("What each side brings")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]


class AddEntry(OfTheLedger, FormView):  # type: ignore[misc]
    """First of which project, then what was brought."""

    template_name = "engagement/admin/entry_add.html"
    page_title = gettext_lazy("Write down what was brought")

    @cached_property
    def project(self) -> Project | None:
        return reading.project_asked(self.request)

    def get_form(self, form_class: Any = None) -> Any:
        if self.project is None:
            return ProjectForm(self.request.GET if "project" in self.request.GET else None)
        initial = first_values(self.project, self.request.GET.dict())
        return EntryForm(**self.get_form_kwargs() | {"initial": initial}, project=self.project)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = showing.of(self.project) if self.project else None
        return super().get_context_data(**kwargs) | {"project": self.project, "balance": shown}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.project is None:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: EntryForm) -> HttpResponse:
        project = cast(Project, self.project)
        try:
            entry = recording.record(
                project=project, validated_by=self.request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(FAULTS.get(type(refusal)), refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("“%(what)s” is in the accounts.") % {"what": entry})
        return redirect(f"{reverse('ledger:index')}?project={entry.project_id}")

    def form_invalid(self, form: EntryForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=INVALID)


FAULTS: dict[type[Refusal], str] = {
    recording.InTheFuture: "done_on",
    recording.BeforeTheProject: "done_on",
    recording.NoRate: "done_on",
    recording.NotItsCommitment: "commitment",
    recording.NotPromised: "commitment",
    recording.NeedsAQuantity: "quantity",
    recording.TooMuch: "quantity",
    recording.NeedsAUnit: "unit",
    recording.NeedsAValue: "value",
    recording.AlreadyWritten: "again",
}


def the_entry(pk: int) -> LedgerEntry:
    entries = LedgerEntry.objects.select_related(
        "project", "commitment__convention", "validated_by", "rate", "reverses", "reversed_by__validated_by"
    )
    return get_object_or_404(entries.defer("evidence"), pk=pk)


class ShowEntry(OfTheLedger, TemplateView):  # type: ignore[misc]
    """One entry, whole; and to whoever may, the way to undo it."""

    template_name = "engagement/admin/entry.html"

    @cached_property
    def entry(self) -> LedgerEntry:
        return the_entry(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.entry.what

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.entry
        stands = not entry.is_reversal and not hasattr(entry, "reversed_by")
        return super().get_context_data(**kwargs) | {
            "entry": entry,
            "undone_by": getattr(entry, "reversed_by", None),
            "may_undo": stands and permissions.may_keep_the_ledger(self.request.user),
            "may_see_evidence": permissions.may_see_evidence(self.request.user),
            "undo": UndoForm(),
        }


@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Undo it, with its reason."""
    entry, form = the_entry(pk), UndoForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        recording.undo(entry=entry, reason=reason, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("“%(what)s” is undone.") % {"what": entry})
    return redirect("ledger:inspect", pk)


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof of an entry, for staff who may see it."""
    entry = get_object_or_404(LedgerEntry.objects.select_related("evidence"), pk=pk, evidence__isnull=False)
    assert entry.evidence  # noqa: S101 - for the reader of types: it was asked for
    return kept_files.given(entry.evidence, to_everyone=False)
