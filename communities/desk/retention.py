"""How long are things kept, what would go tonight, what went, and who decides? The staff's pages."""

import contextlib
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from communities import permissions
from communities.models import RetentionDecision, RetentionPeriod, RetentionRun, Unit
from communities.retention import archives, deciding, foreseeing, periods
from communities.retention.foreseeing import Foreseen
from communities.retention.lengths import Length
from communities.retention.of_this_room import SILENT
from communities.retention.refusals import Refusal
from communities.retention.rules import retained
from communities.staff import StaffRequest

TITLE = gettext_lazy("How long things are kept")
NIGHTS = 14


class PeriodForm(forms.Form):
    """A new period, from a day on; the ones before stay to be read."""

    length = forms.IntegerField(label=gettext_lazy("Kept for"), min_value=0, max_value=1000)
    unit = forms.ChoiceField(label=gettext_lazy("Days or months"), choices=Unit.choices)
    from_on = forms.DateField(label=gettext_lazy("In force from"), widget=AdminDateInput)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=255,
        help_text=gettext_lazy("The law, the data protection officer’s opinion, the council’s decision."),
    )


class DecisionForm(forms.Form):
    """The button that was pressed, and the number that stood beside it."""

    runs = forms.BooleanField(required=False)
    number_seen = forms.IntegerField(min_value=0, max_value=2_000_000_000)


class HowLongThingsAreKept(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """Every rule, those that wait for a person's yes first."""

    page_title = TITLE
    template_name = "communities/admin/retention.html"
    header_icon = "history"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = foreseeing.every(now=timezone.now())
        return super().get_context_data(**kwargs) | {
            "waiting": [each for each in found if not each.runs],
            "running": [each for each in found if each.runs],
            "files": [(run, retained[run.rule].label) for run in archives.files() if run.rule in retained],
            "may_decide": permissions.may_decide_on_retention(self.request.user),
        }


class OneRule(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """What would go tonight, what went, what was decided, and the form of a new period."""

    template_name = "communities/admin/retention_rule.html"
    header_icon = "history"
    _show_breadcrumbs = True
    form: PeriodForm | None = None

    @cached_property
    def foreseen(self) -> Foreseen:
        try:
            return foreseeing.one(name=self.kwargs["name"], now=timezone.now())
        except KeyError:
            raise Http404 from None

    def get_page_title(self) -> str:
        return str(self.foreseen.rule.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_all = {"url": reverse("retention:index"), "label": TITLE}
        return [*self.breadcrumbs_items, to_all, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, now = self.foreseen.name, timezone.now()
        length = self.foreseen.length
        initial = {"length": length.number, "unit": length.unit, "from_on": timezone.localdate(now)}
        return super().get_context_data(**kwargs) | {
            "foreseen": self.foreseen,
            "form": self.form or PeriodForm(initial=initial),
            "carrying": self.carrying(name),
            "nights": RetentionRun.objects.filter(rule=name, number__gt=0)[:NIGHTS],
            "decisions": RetentionDecision.objects.filter(rule=name).select_related("decided_by"),
            "periods": RetentionPeriod.objects.filter(rule=name).select_related("changed_by"),
            "may_decide": permissions.may_decide_on_retention(self.request.user),
        }

    def carrying(self, name: str) -> list[str]:
        """By name, for whoever may read the residents' names."""
        if name not in SILENT or not permissions.may_see_residents(self.request.user):
            return []
        return foreseeing.still_carrying(name=name, now=timezone.now())

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        """A new period; the form again with what is wrong with it."""
        self.form = PeriodForm(request.POST)
        if self.foreseen and self.form.is_valid() and self.change(self.form, request):
            messages.success(request, _("The new period is written down; those before it stay below."))
            return redirect("retention:rule", name)
        return self.render_to_response(self.get_context_data())

    def change(self, form: PeriodForm, request: HttpRequest) -> bool:
        said = form.cleaned_data
        length = Length(said["length"], Unit(said["unit"]))
        facts = {"name": self.foreseen.name, "from_on": said["from_on"], "source": said["source"]}
        try:
            periods.change(length=length, by=request.user, now=timezone.now(), **facts)  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error("from_on" if isinstance(refusal, periods.InThePast) else "length", refusal.sentence)
            return False
        return True


@require_POST
def decide(request: StaffRequest, name: str) -> HttpResponse:
    """Yes, each night from now on; or not any more."""
    if name not in retained:
        raise Http404
    form = DecisionForm(request.POST)
    if form.is_valid():
        deciding.decide(name=name, **form.cleaned_data, by=request.user, now=timezone.now())
        runs = form.cleaned_data["runs"]
        messages.success(request, _("It goes each night from now on.") if runs else _("It goes no more."))
    return redirect("retention:rule", name)


def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """The night's file for the archives."""
    run = get_object_or_404(archives.files(), pk=pk)
    response = HttpResponse(archives.file_of(run), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{archives.name_of(run)}.zip"'
    return response


@require_POST
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """The archives have the file: it goes from here."""
    with contextlib.suppress(RetentionRun.DoesNotExist):
        archives.hand_over(run=RetentionRun.objects.get(pk=pk), by=request.user, now=timezone.now())
        messages.success(request, _("Handed to the archives: the file is no longer kept here."))
    return redirect("retention:index")
