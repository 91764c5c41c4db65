"""One passage at the desk: its words, then exactly the letter that leaves and to whom, then one button."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from communities.permissions import may_see_addresses, may_see_residents
from communities.staff import StaffRequest
from engagement import passing
from engagement.examining import foretelling
from engagement.models import Idea, Project
from engagement.models.stages import AnyStage
from engagement.refusals import Refusal

from .steps import Step, needs_words

LONGEST = 4000


class PassageForm(forms.Form):
    """The words of a passage, and its day where it has one."""

    on = forms.DateField(widget=AdminDateInput, required=False)
    words = forms.CharField(widget=AdminAutoHeightTextInput, max_length=LONGEST, required=False)

    def __init__(self, *args: Any, step: Step, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label, words.help_text, words.required = str(step.words), str(step.hint), is_required
        if step.day:
            self.fields["on"].label = str(step.day)
            self.fields["on"].help_text = str(_("Today, if you leave it empty."))
        else:
            del self.fields["on"]


class PassagePage(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """GET shows the words to write; “See what leaves” shows the letter; only “act” lets it pass.

    A passage that is not open to this person, or not from here, leads back with the sentence that says why.
    """

    request: StaffRequest
    template_name = "engagement/admin/passage.html"
    form_class: type[forms.Form] = PassageForm
    steps: Mapping[Any, Step] = {}
    thing: Idea | Project

    def stage_called(self, name: str) -> AnyStage:
        raise NotImplementedError

    def act(self, said: Mapping[str, Any], now: dt.datetime) -> object:
        """The one rule call, on a fresh copy: the preview does it and undoes it."""
        raise NotImplementedError

    def done(self, result: object) -> HttpResponse:
        """Where to, once it has passed."""
        raise NotImplementedError

    @property
    def back_url(self) -> str:
        """The thing's own page."""
        raise NotImplementedError

    @cached_property
    def stage(self) -> AnyStage:
        try:
            stage = self.stage_called(self.kwargs["stage"])
        except ValueError as unknown:
            raise Http404 from unknown
        if stage not in self.steps:
            raise Http404
        return stage

    @cached_property
    def step(self) -> Step:
        return self.steps[self.stage]

    @cached_property
    def by(self) -> passing.Actor:
        return passing.Actor(user=self.request.user)

    def get_page_title(self) -> str:
        return str(self.step.button)

    def get_header_title(self) -> str:
        return f"{self.step.button} · {self.thing}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"step": self.step, "is_required": needs_words(self.stage)}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_the_impossible()
        return super().get(request, *args, **kwargs)

    def refuse_the_impossible(self) -> None:
        """Before anyone writes a reason for nothing. Raises CannotPass or NotTheirs."""
        before = passing.stage_of(self.thing)
        if (before, self.stage) not in passing.rights_of(self.thing):
            raise passing.CannotPass(before, self.stage)
        if not passing.is_allowed(self.thing, self.stage, by=self.by):
            raise passing.NotTheirs

    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.refuse_the_impossible()
        now = timezone.now()
        if "act" in self.request.POST:
            return self.done(self.act(form.cleaned_data, now))
        try:
            foretold = foretelling.of(thing=self.thing, act=self.rehearse(form.cleaned_data, now))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, foretold=foretold))

    def rehearse(self, said: Mapping[str, Any], now: dt.datetime) -> Callable[[], object]:
        return lambda: self.act(said, now)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "thing": self.thing,
            "step": self.step,
            "stage": self.stage,
            "back_url": self.back_url,
            "may_see_names": may_see_residents(user),
            "may_see": may_see_addresses(user),
        }

    def say(self, words: str) -> None:
        messages.success(self.request, words)

    def back(self) -> HttpResponse:
        return redirect(self.back_url)
