"""What do the desk's pages about one work day share? Those of its meeting, with a tab of their own."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from communities.permissions import Anyone
from communities.staff import StaffRequest
from engagement import permissions
from engagement.models import WorkDay
from engagement.refusals import Refusal
from meetings.desk.of_a_meeting import OfAMeeting
from meetings.desk.pages import DeskPage
from meetings.models import MeetingKind, MeetingPage


def desk_page_of(user: Anyone, meeting: MeetingPage) -> DeskPage | None:
    """The tab of a meeting of this kind."""
    if meeting.kind != MeetingKind.WORK_DAY or not permissions.may_see_work_days(user):
        return None
    return DeskPage(_("Work day"), reverse("work_days_desk:work_day", args=[meeting.pk]), "clipboard-list")


class OfAWorkDay(OfAMeeting):
    """The key in the address is the meeting's."""

    request: StaffRequest  # type: ignore[assignment]

    @cached_property
    def found(self) -> WorkDay | None:
        """None of a meeting of which nobody said yet what is needed."""
        work_day = WorkDay.objects.select_related("leader", "proposed_by").filter(meeting=self.meeting.pk).first()
        if work_day:
            work_day.meeting = self.meeting
        return work_day

    @cached_property
    def work_day(self) -> WorkDay:
        if self.found is None:
            raise Http404
        return self.found

    @property
    def back_url(self) -> str:
        return reverse("work_days_desk:work_day", args=[self.meeting.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "work_day": self.found,
            "back_url": self.back_url,
            "may_plan": permissions.may_plan_work_days(user),
            "may_decide": permissions.may_decide_on_work_days(user),
            "may_write_down": permissions.may_write_volunteers_down(user),
        }

    def say(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect(self.back_url)

    def explain(self, refusal: Refusal) -> HttpResponse:
        messages.error(self.request, refusal.sentence)
        return redirect(self.back_url)
