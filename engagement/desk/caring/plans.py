"""Who looks after one project, and when? Its plan at the desk, and the passages that end or change it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
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
from engagement import passing, permissions
from engagement.caring import planning, reviewing, showing
from engagement.desk.passing_pages import PassagePage
from engagement.desk.steps import CARE_STEPS
from engagement.models import Duty, Project, Side, Stage
from engagement.refusals import Refusal

from . import forms


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
        if not permissions.may_follow_stewardship(request.user):
            raise planning.MayNotFollow
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
        "ways": [(reverse_of(project, stage), step.button) for stage, step in CARE_STEPS.items() if stage in ways],
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


class PassPage(OfAProject, PassagePage):  # type: ignore[misc]
    """What follows from it, and exactly the letters that leave, before anything is done."""

    template_name = "engagement/admin/stewardship_pass.html"
    steps = CARE_STEPS

    @property
    def thing(self) -> Project:  # type: ignore[override]  # found once
        return self.project

    def stage_called(self, name: str) -> Stage:
        return Stage(name)

    @property
    def back_url(self) -> str:
        return reverse("stewardship:project", args=[self.project.pk])

    def act(self, said: Mapping[str, Any], now: dt.datetime) -> object:
        told: dict[str, Any] = {"project": Project.objects.get(pk=self.project.pk), "by": self.by, "now": now}
        words = said["words"]
        match self.stage:
            case Stage.TAKEN_BACK:
                return reviewing.take_back(reason=words, **told)
            case Stage.CLOSED:
                return reviewing.end(reason=words, **told)
            case _looked_after if self.project.stage == Stage.TAKEN_BACK:
                return reviewing.give_again(words=words, **told)
            case _looked_after:
                return planning.begin(words=words, **told)

    def done(self, result: object) -> HttpResponse:
        self.say(_("It is done, and those who carry the project are told."))
        if self.stage == Stage.CLOSED:
            self.point_to_the_convention()
        return self.back()

    def point_to_the_convention(self) -> None:
        """What binds both sides ends by a rule of its own."""
        convention = planning.convention_of(self.project)
        if convention and permissions.may_take_signatures(self.request.user):
            button = messages.button(reverse("conventions_desk:end", args=[convention.pk]), _("Note its end"))
            messages.warning(self.request, _("Its convention still stands."), [button])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_come = self.project.checks.to_come().count()
        return super().get_context_data(**kwargs) | {
            "called_off": to_come if self.stage != Stage.STEWARDSHIP else 0,
            "needs_a_plan": self.stage == Stage.STEWARDSHIP and not to_come,
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
