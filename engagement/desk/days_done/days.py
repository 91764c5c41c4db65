"""Which days are over, and are their hours in the accounts? One press writes them, one takes them back."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities.cells import DayColumn
from communities.staff import StaffRequest
from engagement import permissions
from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering.presence import closing, crediting, figures, views

from .forms import CreditForm, LineForm, TakeBackForm

INVALID = 422
WAITING = "waiting"


class DayFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Those whose hours wait."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Hours"), method="in_state", choices=[(WAITING, gettext_lazy("wait for the accounts"))]
    )

    class Meta:
        model = WorkDay
        fields: list[str] = []

    def in_state(self, found: QuerySet[Any], name: str, asked: str) -> QuerySet[Any]:
        return found.filter(pk__in=crediting.waiting().order_by().values("pk"))


class DayList(BaseListingView):  # type: ignore[misc]
    """Those whose list was confirmed, the latest first."""

    page_title = gettext_lazy("Work days done")
    header_icon = "check"
    index_url_name = "days_done:index"
    index_results_url_name = "days_done:results"
    filterset_class = DayFilterSet
    paginate_by = 50
    verbose_name_plural = gettext_lazy("work days")
    columns = [
        TitleColumn("meeting", label=gettext_lazy("Work day"), url_name="days_done:inspect", width="50%"),
        DayColumn("day", label=gettext_lazy("Day"), width="25%"),
        DateColumn("closed_at", label=gettext_lazy("List confirmed on"), width="25%"),
    ]

    def get_base_queryset(self) -> QuerySet[WorkDay]:
        done = WorkDay.objects.filter(closed_at__isnull=False).select_related("meeting")
        return done.order_by("-meeting__starts_at", "-pk")


class ShowDay(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """What was done, what of it is in the accounts, and the form that writes the rest."""

    template_name = "engagement/admin/day_done.html"
    header_icon = "check"
    request: StaffRequest

    @cached_property
    def work_day(self) -> WorkDay:
        return the_day(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.work_day)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("days_done:index"), "label": gettext_lazy("Work days done")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        credits = crediting.standing_of(self.work_day)
        projects = closing.projects_of(self.work_day)
        there = {each.line for each in credits}
        return super().get_context_data(**kwargs) | {
            "work_day": self.work_day,
            "figures": figures.of(self.work_day),
            "credits": credits,
            "projects": projects,
            "lines": [form for form in forms_of(self.work_day) if form.proposal.line not in there],
            "form": CreditForm(projects=projects, initial={"project": projects[0].pk if projects else None}),
            "back_form": TakeBackForm(),
            "may_keep": permissions.may_keep_the_ledger(self.request.user),
        }


def the_day(pk: int) -> WorkDay:
    return get_object_or_404(WorkDay.objects.select_related("meeting__venue", "leader"), pk=pk)


def forms_of(work_day: WorkDay, data: Any = None) -> list[LineForm]:
    """One for each entry that the day would make, in their order."""
    return [
        LineForm(data, prefix=f"line{number}", proposal=proposal)
        for number, proposal in enumerate(crediting.proposals(work_day))
    ]


@require_POST
def credit(request: StaffRequest, pk: int) -> HttpResponse:
    """Into the accounts; a second press finds everything there."""
    work_day = the_day(pk)
    form = CreditForm(request.POST, projects=closing.projects_of(work_day))
    lines = forms_of(work_day, request.POST)
    if not all([form.is_valid(), *(line.is_valid() for line in lines)]):
        messages.error(request, _("Nothing was written: look at the project and the values."))
        return redirect("days_done:inspect", pk)
    try:
        entries = crediting.credit(
            work_day=work_day,
            project=form.cleaned_data["project"],
            wanted=[line.chosen() for line in lines if line.cleaned_data["wanted"]],
            commitment=form.cleaned_data["commitment"],
            by=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("days_done:inspect", pk)
    said = ngettext("%(number)d entry is in the accounts.", "%(number)d entries are in the accounts.", len(entries))
    messages.success(request, said % {"number": len(entries)})
    return redirect("days_done:inspect", pk)


@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    form = TakeBackForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        crediting.take_back(work_day=the_day(pk), reason=reason, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The hours are out of the accounts: whoever ran the day can correct the list."))
    return redirect("days_done:inspect", pk)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The day's sheet, before the day or after it."""
    return views.sheet_of(the_day(pk))
