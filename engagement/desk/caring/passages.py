"""The page on which a project is looked after, taken back, or ends."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from engagement import passing, permissions
from engagement.caring import planning, reviewing
from engagement.desk.passing_pages import PassagePage
from engagement.desk.steps import CARE_STEPS
from engagement.models import Project, Stage

from .of_a_project import OfAProject


def address_of(project: Project, stage: Stage) -> str:
    return reverse("stewardship:pass", args=[project.pk, stage.value])


def page_of(stage: Stage) -> Any:
    """For the record of a project: where it passes to this stage."""

    def page(project: Project) -> str:
        return address_of(project, stage)

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
            "needs_a_plan": passing.needs_a_check(self.project, Stage(self.stage)),
        }
