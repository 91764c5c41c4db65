"""The tab of a work day: what is needed, who comes, and what can be done; or the one press that gives it shifts."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering import counting
from engagement.volunteering.coordinating import people
from engagement.volunteering.planning import making, repeating
from engagement.volunteering.presence import crediting
from meetings import permissions, rsvp
from meetings.models import MeetingStatus

from .of_a_work_day import OfAWorkDay


class ShowWorkDay(OfAWorkDay, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """Addresses are shown to whoever may see them, and to nobody else."""

    page_title = gettext_lazy("Work day")
    template_name = "engagement/admin/work_day.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | (self.standing(self.found) if self.found else {})

    def standing(self, work_day: WorkDay) -> dict[str, Any]:
        now = timezone.now()
        return {
            "count": counting.of(work_day, now=now),
            "helpers": people.who_comes(work_day),
            "days": repeating.series_of(work_day),
            "is_open": rsvp.is_open(meeting=self.meeting, now=now),
            "is_over": self.meeting.is_over(now),
            "takes_place": self.meeting.live and self.meeting.status not in MeetingStatus.called_off(),
            "state": crediting.state_of(work_day) if work_day.is_closed else {},
            "may_see_addresses": permissions.may_see_addresses(self.request.user),
        }


class AddWorkDay(OfAWorkDay, View):  # type: ignore[misc]  # as Wagtail's own pages are
    """One press; the editor of shifts and needs is next."""

    def post(self, request: Any, pk: int) -> HttpResponse:
        try:
            making.add_to(meeting=self.meeting, by=self.request.user)
        except Refusal as refusal:
            return self.explain(refusal)
        return self.say(_("This meeting has shifts from now on: say which, and what is to be brought."))

    def get(self, request: Any, pk: int) -> HttpResponse:
        return self.explain(Refusal(_("Press the button on this page.")))
