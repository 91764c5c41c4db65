"""The pages on which a convention is begun and written, and its versions compared."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.staff import StaffRequest
from engagement import placeholders
from engagement.conventions import comparing, content, documents, drafting, freezing, versions
from engagement.models import ConventionTemplate, ConventionVersion, Side
from engagement.refusals import Refusal

from .forms import ArticleFormSet, BeginForm, CommitmentFormSet, ConventionForm, first_values, promised
from .of_a_convention import OfAConvention

MORE_LINES = 5


class BeginConvention(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """For a project, from a model."""

    page_title = gettext_lazy("Begin a convention")
    header_icon = "doc-full"
    template_name = "engagement/admin/begin_convention.html"
    form_class = BeginForm
    request: StaffRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("conventions_desk:index"), "label": _("Conventions")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.get_page_title()}]

    def get_initial(self) -> dict[str, Any]:
        """The project from which one comes; the model, where there is but one."""
        models = list(ConventionTemplate.objects.filter(is_in_use=True)[:2])
        return {"project": self.request.GET.get("project"), "template": models[0] if len(models) == 1 else None}

    def form_valid(self, form: BeginForm) -> HttpResponse:
        try:
            convention = drafting.begin(by=self.request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("The convention is begun. Write it with those who carry the project."))
        return redirect("conventions_desk:edit", convention.pk)


class WriteConvention(OfAConvention, TemplateView):  # type: ignore[misc]
    """Its fields, its articles, and both sides' commitments, one beside the other. Works without JavaScript."""

    page_title = gettext_lazy("Write")
    template_name = "engagement/admin/write_convention.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is no draft is only shown, with the reason."""
        return (
            super().dispatch(request, *args, **kwargs)
            if self.convention.is_draft
            else self.explain(freezing.NotADraft())
        )

    @cached_property
    def written(self) -> content.Content:
        return versions.latest(self.convention)

    @cached_property
    def form(self) -> ConventionForm:
        initial = {"after": versions.number_of(self.convention)}
        return ConventionForm(self.request.POST or None, instance=self.convention, initial=initial)

    @cached_property
    def articles(self) -> Any:
        initial = [dict(article) for article in self.written["articles"]]
        return ArticleFormSet(self.request.POST or None, initial=initial, prefix="articles")

    @cached_property
    def sides(self) -> list[tuple[Side, Any]]:
        return [(side, self.lines_of(side)) for side in documents.SIDES]

    def lines_of(self, side: Side) -> Any:
        """The commitments of one side, and some empty lines."""
        own = [first_values(each) for each in self.written["commitments"] if each["side"] == side]
        lines = CommitmentFormSet(
            self.request.POST or None,
            initial=own,
            prefix=side.value,
            form_kwargs={"replaceable": [each for each in self.replaceable if each.side == side]},
        )
        if self.request.GET.get("more") == side:
            lines.extra = MORE_LINES
        return lines

    @cached_property
    def replaceable(self) -> list[Any]:
        return drafting.to_replace(self.convention)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "articles": self.articles,
            "sides": self.sides,
            "placeholders": placeholders.shown(),
        }

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        if not all(each.is_valid() for each in self.every_form()):
            return self.shown_again(422)
        try:
            version = drafting.save(
                convention=self.convention,
                fields={name: self.form.cleaned_data[name] for name in content.FIELDS},
                articles=self.articles_written(),
                commitments=list(self.commitments_written()),
                note=self.form.cleaned_data["note"],
                after=self.form.cleaned_data["after"],
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            self.form.add_error(None, refusal.sentence)
            return self.shown_again(409)
        words = _("Version %(number)s is kept.") % {"number": version.number} if version else _("Nothing had changed.")
        messages.success(request, words)
        return self.on_to(request.POST.get("more", ""))

    def every_form(self) -> list[Any]:
        return [self.form, self.articles, *(lines for _side, lines in self.sides)]

    def shown_again(self, status: int) -> HttpResponse:
        messages.error(self.request, _("Nothing is kept yet: complete what is marked below."))
        return self.render_to_response(self.get_context_data(), status=status)

    def on_to(self, more: str) -> HttpResponse:
        """Its page; or this one again with more lines for a side."""
        if more not in Side.values:
            return redirect(self.back_url)
        return redirect(reverse("conventions_desk:edit", args=[self.convention.pk], query={"more": more}) + f"#{more}")

    def articles_written(self) -> list[content.Article]:
        """In the order that the numbers beside them say."""
        kept = [form.cleaned_data for form in self.articles.ordered_forms if form.cleaned_data]
        return [{"heading": said.get("heading", ""), "text": said.get("text", "")} for said in kept]

    def commitments_written(self) -> Iterator[content.Promised]:
        for side, lines in self.sides:
            for form in lines:
                if form.cleaned_data and form not in lines.deleted_forms and form.cleaned_data.get("what"):
                    yield promised(form, side=side)


class CompareForm(forms.Form):
    """Two versions by their numbers."""

    before = forms.IntegerField(min_value=1)
    after = forms.IntegerField(min_value=1)


class CompareVersions(OfAConvention, TemplateView):  # type: ignore[misc]
    """Each version with who wrote it, and two of them side by side: the last two unless others were asked for."""

    page_title = gettext_lazy("Versions")
    template_name = "engagement/admin/convention_versions.html"

    @cached_property
    def versions(self) -> list[ConventionVersion]:
        return list(self.convention.versions.select_related("by"))

    def asked(self) -> tuple[ConventionVersion, ConventionVersion]:
        form = CompareForm(self.request.GET)
        last = self.versions[-1].number
        numbers = form.cleaned_data if form.is_valid() else {"before": max(last - 1, 1), "after": last}
        found = {version.number: version for version in self.versions}
        if not {numbers["before"], numbers["after"]} <= set(found):
            numbers = {"before": max(last - 1, 1), "after": last}
        return found[numbers["before"]], found[numbers["after"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = self.asked()
        compared = comparing.compare(
            versions.content_of(before), versions.content_of(after), language=settings.LANGUAGE_CODE
        )
        return super().get_context_data(**kwargs) | {
            "versions": self.versions,
            "before": before,
            "after": after,
            "changed": [each for each in compared if each.has_changed],
            "same": sum(not each.has_changed for each in compared),
        }
