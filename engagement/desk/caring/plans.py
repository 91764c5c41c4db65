"""Who looks after one project, and when? Its plan at the desk, and the passages that end or change it."""

import datetime as dt
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.panels import Panel
from communities.permissions import may_see_residents
from communities.staff import StaffRequest
from engagement import passing, permissions, telling
from engagement.caring import planning, reviewing, showing
from engagement.models import Duty, Project, Side, Stage
from engagement.models.stages import NEED_A_REASON
from engagement.refusals import Refusal, refuse_unless

from . import forms

PASSAGES = [Stage.STEWARDSHIP, Stage.TAKEN_BACK, Stage.CLOSED]
WORDS = {
    Stage.STEWARDSHIP: gettext_lazy("Residents look after it"),
    Stage.TAKEN_BACK: gettext_lazy("The commune takes it back"),
    Stage.CLOSED: gettext_lazy("The project ends"),
}


class OfAProject(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page of the desk about what is looked after in one project."""

    header_icon = "clipboard-list"
    page_title = gettext_lazy("Stewardship")
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def project(self) -> Project:
        return get_object_or_404(Project, pk=self.kwargs["pk"])

    def get_header_title(self) -> str:
        return f"{self.get_page_title()} · {self.project}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("stewardship:index"), "label": gettext_lazy("Stewardship")},
            {"url": reverse("projects_desk:inspect", args=[self.project.pk]), "label": str(self.project)},
            {"url": "", "label": self.get_page_title()},
        ]


class ShowPlan(OfAProject, FormView):  # type: ignore[misc]
    """The plan, its duties, its checks; POST plans more."""

    template_name = "engagement/admin/stewardship.html"
    form_class = forms.PlanForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unless(permissions.may_follow_stewardship(request.user))
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"project": self.project}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            made = planning.plan(project=self.project, **form.cleaned_data, by=self.request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        words = ngettext("%(number)d check is planned.", "%(number)d checks are planned.", len(made))
        messages.success(self.request, words % {"number": len(made)})
        return redirect("stewardship:project", self.project.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | context_of(self.project, self.request, timezone.now())


def context_of(project: Project, request: StaffRequest, now: dt.datetime) -> dict[str, Any]:
    """What the plan's page and the section of the record share."""
    today = timezone.localdate(now)
    ways = passing.ways_on(project, by=passing.Actor(user=request.user))
    late = set(project.checks.overdue(today).values_list("pk", flat=True))
    return {
        "project": project,
        "shown": showing.of(project=project, today=today),
        "checks": project.checks.select_related("resident", "project").order_by("due_on", "pk"),
        "late": late,
        "troubles": set(project.checks.troubles().values_list("pk", flat=True)),
        "duties": project.duties.all(),
        "duty_form": forms.DutyForm(auto_id="duty_%s"),
        "may_follow": permissions.may_follow_stewardship(request.user),
        "may_see_names": may_see_residents(request.user),
        "can_be_planned": project.stage in planning.CAN_BE_PLANNED,
        "has_no_plan": project.is_in_their_hands and not project.checks.to_come().exists(),
        "ways": [(reverse_of(project, stage), WORDS[stage]) for stage in PASSAGES if stage in ways],
    }


def section(request: StaffRequest, project: Project, now: dt.datetime) -> Panel | None:
    """What a project's record says of it; nothing before work has begun."""
    may_see = permissions.may_see_stewardship(request.user)
    concerned = project.stage in planning.CAN_BE_PLANNED or project.checks.exists()
    if not may_see or not concerned:
        return None
    return ("engagement/admin/stewardship_section.html", context_of(project, request, now))


def reverse_of(project: Project, stage: Stage) -> str:
    return reverse("stewardship:pass", args=[project.pk, stage.value])


def page_of(stage: Stage) -> Any:
    """For the record of a project: where it passes to this stage."""

    def page(project: Project) -> str:
        return reverse_of(project, stage)

    return page


class ReasonForm(forms.WhyForm):
    """Published, and sent to those who carry it."""

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = stage in NEED_A_REASON
        self.fields["words"].label = gettext_lazy("What everyone reads")
        self.fields["words"].help_text = gettext_lazy(
            "Published on the project’s page, and sent to those who carry it."
        )


class PassPage(OfAProject, FormView):  # type: ignore[misc]
    """What follows from it, and who is told, before anything is done."""

    template_name = "engagement/admin/stewardship_pass.html"
    form_class = ReasonForm

    @cached_property
    def stage(self) -> Stage:
        asked = next((stage for stage in PASSAGES if stage == self.kwargs["stage"]), None)
        if asked is None:
            raise Http404
        return asked

    def get_page_title(self) -> str:
        return str(WORDS[self.stage])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"stage": self.stage}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            self.let_pass(form.cleaned_data["words"])
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("It is done, and those who carry the project are told."))
        if self.stage == Stage.CLOSED:
            self.point_to_the_convention()
        return redirect("stewardship:project", self.project.pk)

    def point_to_the_convention(self) -> None:
        """What binds both sides ends by a rule of its own."""
        convention = planning.convention_of(self.project)
        if convention and permissions.may_take_signatures(self.request.user):
            button = messages.button(reverse("conventions_desk:end", args=[convention.pk]), _("Note its end"))
            messages.warning(self.request, _("Its convention still stands."), [button])

    def let_pass(self, words: str) -> None:
        by, now = passing.Actor(user=self.request.user), timezone.now()
        if self.stage == Stage.TAKEN_BACK:
            reviewing.take_back(project=self.project, reason=words, by=by, now=now)
        elif self.stage == Stage.CLOSED:
            reviewing.end(project=self.project, reason=words, by=by, now=now)
        elif self.project.stage == Stage.TAKEN_BACK:
            reviewing.give_again(project=self.project, words=words, by=by, now=now)
        else:
            planning.begin(project=self.project, words=words, by=by, now=now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_come = self.project.checks.to_come().count()
        return super().get_context_data(**kwargs) | {
            "project": self.project,
            "called_off": to_come if self.stage != Stage.STEWARDSHIP else 0,
            "needs_a_plan": self.stage == Stage.STEWARDSHIP and not to_come,
            "told": telling.holders_of(self.project),
        }


@require_POST
def note_duty(request: StaffRequest, pk: int) -> HttpResponse:
    """Who waters what, when."""
    project, form = get_object_or_404(Project, pk=pk), forms.DutyForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        planning.note_duty(project=project, by=request.user, **(said | {"side": Side(said["side"])}))
        messages.success(request, _("The duty is written down."))
    else:
        messages.error(request, _("Please say what is done, and when."))
    return redirect("stewardship:project", pk)


@require_POST
def drop_duty(request: StaffRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(Duty, pk=pk)
    planning.drop_duty(duty=duty, by=request.user)
    messages.success(request, _("The duty is taken off the plan."))
    return redirect("stewardship:project", duty.project_id)
