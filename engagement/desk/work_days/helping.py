"""Somebody telephoned or came to the desk to help, or can no longer come: the same rules as on the page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from communities import residents
from engagement.models import Volunteer
from engagement.refusals import Refusal
from engagement.volunteering import counting, signing_up
from meetings.models import AnswerChannel

from .forms import HelperForm
from .of_a_work_day import OfAWorkDay

REFUSED, WRONG = 409, 422


class WriteHelperDown(OfAWorkDay, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """If we know them already, by e-mail or by telephone and name, it is the same person."""

    page_title = gettext_lazy("Somebody comes to help")
    template_name = "engagement/admin/work_day_helper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        count = counting.of(self.work_day, now=timezone.now())
        return context | {"count": count, "form": HelperForm(count=count)} | kwargs

    def post(self, request: Any, pk: int) -> HttpResponse:
        form = HelperForm(request.POST, count=counting.of(self.work_day, now=timezone.now()))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, count=form.count), status=WRONG)
        try:
            volunteer = self.record(form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.render_to_response(self.get_context_data(form=form), status=REFUSED)
        return self.say(_("%(name)s comes: it is recorded.") % {"name": volunteer.resident})

    def record(self, form: HelperForm) -> Volunteer:
        said, now = form.cleaned_data, timezone.now()
        resident = residents.find_or_create(email=said["email"], phone=said["own_phone"], name=said["name"], now=now)
        return signing_up.sign_up(
            work_day=self.work_day,
            resident=resident,
            wish=form.wish(),
            channel=AnswerChannel(said["channel"]),
            now=now,
        )


class TakeHelperOff(OfAWorkDay, TemplateView):  # type: ignore[misc]
    """Asked once; what was theirs is free again."""

    page_title = gettext_lazy("Somebody can no longer come")
    template_name = "engagement/admin/work_day_take_off.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"volunteer": self.volunteer}

    @property
    def volunteer(self) -> Volunteer:
        theirs = Volunteer.objects.coming().filter(work_day=self.work_day).select_related("resident")
        volunteer: Volunteer = get_object_or_404(theirs, pk=self.kwargs["volunteer"])
        volunteer.work_day = self.work_day
        return volunteer

    def post(self, request: Any, pk: int, volunteer: int) -> HttpResponse:
        found = self.volunteer
        try:
            signing_up.withdraw(volunteer=found, channel=AnswerChannel.PHONE, now=timezone.now())
        except Refusal as refusal:
            return self.explain(refusal)
        return self.say(_("%(name)s no longer comes: their places are free again.") % {"name": found.resident})
