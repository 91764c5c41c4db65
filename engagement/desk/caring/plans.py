"""Who looks after one project, and when? Its plan at the desk."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages

from communities.staff import StaffRequest
from engagement import permissions
from engagement.caring import planning
from engagement.models import Duty, Project, Side
from engagement.refusals import Refusal, refuse_unless

from . import forms
from .of_a_project import OfAProject
from .section import context_of


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
