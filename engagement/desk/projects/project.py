"""One project at the desk: its stage, its team, its place, and what each part of the fifty-fifty adds to it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views import generic

from communities.models import Resident
from communities.permissions import may_see_addresses, may_see_residents
from communities.staff import StaffRequest
from engagement import passing, permissions, projects
from engagement.desk import place, reading, sections
from engagement.desk.placing import PlacePage
from engagement.desk.steps import LABELS, PROJECT_STEPS
from engagement.examining import teaming
from engagement.models import Project, Stage, Teammate, TeamRole

from .forms import FindForm, MateForm, TakeOverForm

MOST_FOUND = 10


class ShowProject(generic.InspectView):  # type: ignore[misc]  # Wagtail is untyped
    """The whole record on one page."""

    template_name = "engagement/admin/project.html"
    page_title = gettext_lazy("Project")

    def get_object(self, queryset: object = None) -> Project:
        found = reading.projects().select_related("idea", "neighbourhood")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def ways(self) -> Iterator[dict[str, Any]]:
        """Where this person may let it pass: on a page of the upkeep or of the convention, or on ours."""
        elsewhere = sections.pages_of(self.object)
        for stage in passing.ways_on(self.object, by=passing.Actor(user=self.request.user)):
            step = PROJECT_STEPS.get(Stage(stage))
            ours = reverse("projects_desk:pass", args=[self.object.pk, stage]) if step else ""
            if url := elsewhere.get(stage, ours):
                label = step.button if step else LABELS.get(Stage(stage), stage.label)
                yield {"label": label, "url": url, "is_end": stage in Stage.over()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project, user = self.object, self.request.user
        return super().get_context_data(**kwargs) | {
            "project": project,
            "ways": list(self.ways()),
            "rail": project.rail(),
            "passages": list(project.passages.select_related("by", "by_resident")),
            "page": getattr(project, "page", None),
            "may_follow": permissions.may_follow_projects(user),
            "may_see_names": may_see_residents(user),
            "may_see": may_see_addresses(user),
            "may_change_team": permissions.may_change_teams(user) and may_see_residents(user),
            "sections": sections.of_project(request=self.request, project=project, now=timezone.now()),
            **self.team,
            **place.of(project),
        }

    @cached_property
    def team(self) -> dict[str, Any]:
        """Who is in it, and the residents found by the words typed to take one in."""
        mates = list(self.object.team.select_related("resident"))
        asked = FindForm(self.request.GET)
        words = asked.cleaned_data["resident"] if asked.is_valid() else ""
        found: list[Resident] = []
        if words and may_see_residents(self.request.user):
            others = Resident.objects.known().exclude(pk__in=[mate.resident_id for mate in mates])
            found = list(others.matching(words).order_by("folded", "pk")[:MOST_FOUND])
        return {
            "mates": [(mate, MateForm(instance=mate, prefix=str(mate.pk))) for mate in mates],
            "words": words,
            "found": found,
            "roles": TeamRole.choices,
        }


class ChangeProject(generic.EditView):  # type: ignore[misc]
    """Its facts; its stage passes on the record's page."""

    def get_success_url(self) -> str:
        return reverse("projects_desk:inspect", args=[self.object.pk])


class TakeOverProject(generic.CreateView):  # type: ignore[misc]
    """A project from before this register."""

    page_subtitle = gettext_lazy("Take over a project from before")
    submit_button_label = gettext_lazy("Take this project over")
    success_message = gettext_lazy("“%(object)s” is taken over.")
    error_message = gettext_lazy("The project is not taken over yet: complete what is marked below.")
    form: TakeOverForm

    def save_instance(self) -> Project:
        said = dict(self.form.cleaned_data)
        title, stage = said.pop("title"), Stage(said.pop("stage"))
        return projects.take_over(title=title, stage=stage, by=self.request.user, now=timezone.now(), **said)

    def get_success_url(self) -> str:
        return reverse("projects_desk:inspect", args=[self.object.pk])


class PlaceProject(PlacePage):
    """Where it is."""

    header_icon = "clipboard-list"

    @cached_property
    def thing(self) -> Project:  # type: ignore[override]  # found once
        return get_object_or_404(Project, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:  # type: ignore[override]  # told by the project
        return reverse("projects_desk:inspect", args=[self.thing.pk])


def back(project: Project) -> HttpResponse:
    return redirect(reverse("projects_desk:inspect", args=[project.pk]) + "#team")


@require_POST
def take_in(request: StaffRequest, pk: int) -> HttpResponse:
    """A resident into the team."""
    project = get_object_or_404(Project.objects.select_related("community"), pk=pk)
    key = request.POST.get("resident", "")
    resident = Resident.objects.known().filter(pk=key if key.isdecimal() else 0).first()
    form = MateForm(request.POST)
    if resident is None or not form.is_valid():
        messages.validation_error(request, _("Nobody was taken in: look at what was filled in."), form)
        return back(project)
    said = {"role": TeamRole(form.cleaned_data["role"]), "shown_as": form.cleaned_data["shown_as"]}
    mate = teaming.take_in(project=project, resident=resident, by=request.user, now=timezone.now(), **said)
    messages.success(request, _("%(name)s is in the team.") % {"name": mate.resident})
    return back(project)


def mate_of(pk: int, mate: int) -> Teammate:
    return get_object_or_404(Teammate.objects.select_related("project", "resident"), pk=mate, project=pk)


@require_POST
def change_mate(request: StaffRequest, pk: int, mate: int) -> HttpResponse:
    """Another role, or another name on the site."""
    changed = mate_of(pk, mate)
    form = MateForm(request.POST, prefix=str(mate))
    if form.is_valid():
        role = TeamRole(form.cleaned_data["role"])
        teaming.change(mate=changed, role=role, shown_as=form.cleaned_data["shown_as"], by=request.user)
        messages.success(request, _("The team is changed."))
    else:
        messages.validation_error(request, _("The team is not changed: look at what was filled in."), form)
    return back(changed.project)


@require_POST
def let_mate_go(request: StaffRequest, pk: int, mate: int) -> HttpResponse:
    """Out of the team."""
    gone = mate_of(pk, mate)
    name = str(gone.resident)
    teaming.let_go(mate=gone, by=request.user)
    messages.success(request, _("%(name)s is no longer in the team.") % {"name": name})
    return back(gone.project)
