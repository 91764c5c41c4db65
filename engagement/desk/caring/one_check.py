"""One check at the desk: what was found, typed in for someone, moved, called off, put right, concluded."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import registry

from communities.models import Delivery, Recognisable
from communities.permissions import may_see_residents
from communities.staff import StaffRequest
from engagement import passing, permissions
from engagement.caring import asking, checking, photos, planning, reviewing
from engagement.caring.forms import first_values
from engagement.models import CheckState, Conclusion, StewardshipCheck

from . import forms


class OfACheck(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page of the desk about the check whose key is in the address."""

    header_icon = "clipboard-list"
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def check(self) -> StewardshipCheck:
        return the_check(self.kwargs["pk"])

    def get_header_title(self) -> str:
        return f"{self.check.project} · {self.check.what}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        project = self.check.project
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("stewardship:index"), "label": gettext_lazy("Stewardship")},
            {"url": reverse("stewardship:project", args=[project.pk]), "label": str(project)},
            {"url": "", "label": self.check.what},
        ]


class ShowCheck(OfACheck, TemplateView):  # type: ignore[misc]
    """What is known of it, and to whoever may, every way on."""

    template_name = "engagement/admin/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check, today = self.check, timezone.localdate()
        letters = Delivery.objects.filter(mailing__kind__in=asking.LETTER_KINDS, mailing__key=str(check.pk))
        return super().get_context_data(**kwargs) | {
            "check": check,
            "is_late": StewardshipCheck.objects.overdue(today).filter(pk=check.pk).exists(),
            "is_trouble": StewardshipCheck.objects.troubles().filter(pk=check.pk).exists(),
            "asked": asking.asked_of(check),
            "letters": letters.select_related("resident").order_by("pk"),
            "log": registry.get_logs_for_instance(check).select_related("user").order_by("-timestamp", "-pk"),
            "may_follow": permissions.may_follow_stewardship(self.request.user),
            "may_see_names": may_see_residents(self.request.user),
            "can_be_answered": asking.is_open(check),
            "can_be_concluded": check.is_review and not check.is_called_off and not check.conclusion,
            "entrust": forms.EntrustForm(check=check),
            "move": forms.MoveForm(initial={"due_on": check.due_on}),
            "why": forms.WhyForm(auto_id="why_%s"),
            "recognised": forms.RecognisedForm(auto_id="recognised_%s"),
            "conclusion": forms.ConclusionForm(auto_id="conclude_%s"),
        }


class TypeIn(OfACheck, FormView):  # type: ignore[misc]
    """What somebody found, written down for them."""

    template_name = "engagement/admin/check_type_in.html"
    form_class = forms.TypedIn

    def get_form_kwargs(self) -> dict[str, Any]:
        said = {"initial": first_values(self.check), "check": self.check}
        return super().get_form_kwargs() | said

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"check": self.check}

    def form_valid(self, form: Form) -> HttpResponse:
        found = form.cleaned_data
        checking.answer(
            check=self.check,
            state=CheckState(found["state"]),
            words=found["words"],
            photo=found["photo"],
            by=passing.Actor(user=self.request.user, resident=found["resident"]),
            seen=found["seen"],
            now=timezone.now(),
        )
        messages.success(self.request, _("What was found is written down."))
        return to_the_check(self.check)


def the_check(pk: int) -> StewardshipCheck:
    return get_object_or_404(asking.checks_with_what_is_said().select_related("answered_by", "noted_by"), pk=pk)


def to_the_check(check: StewardshipCheck) -> HttpResponse:
    return redirect("stewardship:inspect", check.pk)


@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """To another day."""
    check, form = the_check(pk), forms.MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a day."))
        return to_the_check(check)
    try:
        planning.move(check=check, due_on=form.cleaned_data["due_on"], by=request.user, now=timezone.now())
        messages.success(request, _("The check is moved. Whoever looks is told in time."))
    except (planning.InThePast, planning.NoLongerToCome) as refusal:
        messages.warning(request, refusal.sentence)
    return to_the_check(check)


@require_POST
def entrust(request: StaffRequest, pk: int) -> HttpResponse:
    """To somebody of the team, or to all who carry the project."""
    check = the_check(pk)
    form = forms.EntrustForm(request.POST, check=check)
    if not form.is_valid():
        messages.error(request, _("Please choose somebody of the team."))
        return to_the_check(check)
    try:
        planning.entrust(check=check, resident=form.cleaned_data["resident"], by=request.user)
        messages.success(request, _("The check is entrusted. Whoever looks is told in time."))
    except planning.NoLongerToCome as refusal:
        messages.warning(request, refusal.sentence)
    return to_the_check(check)


@require_POST
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody looks on that day after all."""
    check, form = the_check(pk), forms.WhyForm(request.POST)
    if not form.is_valid():
        messages.validation_error(request, _("The check is not called off: look at what was filled in."), form)
    elif planning.call_off(checks=[check], why=form.cleaned_data["words"], by=request.user):
        messages.success(request, _("The check is called off."))
    else:
        messages.warning(request, planning.NoLongerToCome().sentence)
    return to_the_check(check)


@require_POST
def put_right(request: StaffRequest, pk: int) -> HttpResponse:
    """What needed work is done."""
    check, form = the_check(pk), forms.WhyForm(request.POST)
    if not form.is_valid():
        messages.validation_error(request, _("Nothing is written down: look at what was filled in."), form)
        return to_the_check(check)
    try:
        found = checking.put_right(check=check, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
    except checking.NoLongerAsked:
        messages.warning(request, _("Somebody has put it right meanwhile."))
        return to_the_check(check)
    messages.success(request, _("It is written down that all is well again."))
    return to_the_check(found)


@require_POST
def show_photo(request: StaffRequest, pk: int) -> HttpResponse:
    """On the project's page, or no longer."""
    check, is_shown = the_check(pk), request.POST.get("shown") == "yes"
    seen = forms.RecognisedForm(request.POST)
    recognisable = seen.cleaned_data["recognisable"] if seen.is_valid() else Recognisable.UNKNOWN
    checking.show_photo(check=check, is_shown=is_shown, recognisable=recognisable, by=request.user)
    messages.success(
        request, _("The photograph is on the project’s page.") if is_shown else _("The photograph is hidden.")
    )
    return to_the_check(check)


@require_POST
def conclude(request: StaffRequest, pk: int) -> HttpResponse:
    """A review goes on, or leads to an amendment. What ends, ends on the page of its project."""
    review, form = the_check(pk), forms.ConclusionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a conclusion."))
        return to_the_check(review)
    rule = reviewing.renew if form.cleaned_data["conclusion"] == Conclusion.RENEWED else reviewing.go_on
    following = rule(review=review, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
    messages.success(request, _("The review is concluded."))
    convention = planning.convention_of(review.project) if rule is reviewing.renew else None
    if convention:
        button = messages.button(reverse("conventions_desk:inspect", args=[convention.pk]), _("The convention"))
        messages.info(request, _("Now write the amendment that renews the convention."), [button])
    return to_the_check(following or review)


@never_cache
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """For staff only."""
    kept = the_check(pk).photo
    if kept is None:
        raise Http404
    return photos.given(kept)
