"""The page on which a project passes to its next stage."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from engagement.desk.passing_pages import PassagePage
from engagement.desk.steps import PROJECT_STEPS
from engagement.examining import following
from engagement.models import Project, Stage


class PassProject(PassagePage):
    """Work began, delivered, given up; the other stages have pages of their own."""

    header_icon = "clipboard-list"
    steps = PROJECT_STEPS

    @cached_property
    def thing(self) -> Project:  # type: ignore[override]  # found once
        return get_object_or_404(Project, pk=self.kwargs["pk"])

    def stage_called(self, name: str) -> Stage:
        return Stage(name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("projects_desk:index"), "label": _("Projects")},
            {"url": self.back_url, "label": str(self.thing)},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def back_url(self) -> str:
        return reverse("projects_desk:inspect", args=[self.thing.pk])

    def act(self, said: Mapping[str, Any], now: dt.datetime) -> object:
        return following.move_on(
            project=Project.objects.get(pk=self.thing.pk),
            stage=Stage(self.stage),
            on=said.get("on"),
            words=said["words"],
            by=self.by,
            now=now,
        )

    def done(self, result: object) -> HttpResponse:
        words = _("“%(project)s” passed to: %(stage)s.")
        self.say(words % {"project": self.thing, "stage": self.stage.label})
        return self.back()
