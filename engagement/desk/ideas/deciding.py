"""The pages on which an idea passes to its next stage."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from engagement.desk import steps
from engagement.desk.passing_pages import PassageForm, PassagePage
from engagement.desk.steps import IDEA_STEPS, Step
from engagement.examining import deciding
from engagement.models import Idea, IdeaStage, Project

from .chooser import IdeaChooser

ANSWERS = (IdeaStage.SUPPORTED, IdeaStage.REFUSED)


class DecisionForm(PassageForm):
    """The words; the twin it is joined to; whether an answer makes it public."""

    twin = forms.ModelChoiceField(
        label=gettext_lazy("The other idea"), queryset=Idea.objects.submitted(), widget=IdeaChooser, required=True
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Show this idea on the site, with its answer"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Unticked, only those who carry it read the answer."),
    )
    field_order = ["twin", "words", "is_published"]

    def __init__(self, *args: Any, step: Step, is_required: bool, idea: Idea, stage: IdeaStage, **kwargs: Any) -> None:
        super().__init__(*args, step=step, is_required=is_required, **kwargs)
        if stage != IdeaStage.MERGED:
            del self.fields["twin"]
        if stage not in ANSWERS or idea.is_public:
            del self.fields["is_published"]


class PassIdea(PassagePage):
    """Begin, ask, support, refuse, join, withdraw."""

    header_icon = "comment"
    form_class = DecisionForm
    steps = IDEA_STEPS

    @cached_property
    def thing(self) -> Idea:  # type: ignore[override]  # found once
        ideas = Idea.objects.submitted().select_related("resident")
        return get_object_or_404(ideas, pk=self.kwargs["pk"])

    @cached_property
    def step(self) -> Step:
        return steps.of_idea(self.thing, IdeaStage(self.stage))

    def stage_called(self, name: str) -> IdeaStage:
        return IdeaStage(name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"idea": self.thing, "stage": self.stage}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("ideas_desk:board"), "label": _("Ideas")},
            {"url": self.back_url, "label": str(self.thing)},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def back_url(self) -> str:
        return reverse("ideas_desk:inspect", args=[self.thing.pk])

    def act(self, said: Mapping[str, Any], now: dt.datetime) -> object:
        told: dict[str, Any] = {"idea": Idea.objects.get(pk=self.thing.pk), "by": self.by, "now": now}
        words, is_published = said["words"], said.get("is_published", False)
        match self.stage:
            case IdeaStage.EXAMINATION if self.thing.waits_for_its_holders:
                return deciding.go_on(answer=words, **told)
            case IdeaStage.EXAMINATION:
                return deciding.begin(words=words, **told)
            case IdeaStage.ASKED:
                return deciding.ask(question=words, **told)
            case IdeaStage.SUPPORTED:
                return deciding.support(words=words, is_published=is_published, **told)
            case IdeaStage.REFUSED:
                return deciding.refuse(reason=words, is_published=is_published, **told)
            case IdeaStage.MERGED:
                return deciding.join(reason=words, twin=said["twin"], **told)
            case _other:
                return deciding.withdraw(words=words, **told)

    def done(self, result: object) -> HttpResponse:
        if isinstance(result, Project):
            self.say(_("The commune supports “%(idea)s”: here is its project.") % {"idea": self.thing})
            return redirect("projects_desk:inspect", result.pk)
        words = _("“%(idea)s” passed to: %(stage)s.")
        self.say(words % {"idea": self.thing, "stage": self.stage.label})
        return self.back()
