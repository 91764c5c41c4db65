"""A pile of slips, typed in one after the other without leaving the keyboard."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.staff import StaffRequest
from meetings import helping, refusals, rsvp
from meetings.by_hand import slips, taking_back
from meetings.models import AnswerChannel, Help, Invitation
from meetings.seating import waiting
from meetings.seating.waiting import WhenFull

from . import piles
from .forms import SlipForm
from .typing_in import why_not

TYPED = "slips_typed"
KEPT = 200


class Slips(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """A code, Enter; the answer, Enter; and the next. What was typed stays in sight, and can be undone."""

    template_name = "meetings/admin/slips.html"
    page_title = gettext_lazy("Slips of paper")
    header_icon = "edit"
    request: StaffRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("meetings_list:index"), "label": gettext_lazy("Meetings")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = request.GET.get("code", "").strip()
        if not code:
            return self.show()
        try:
            return self.ask(code, self.find(code))
        except refusals.Refusal as refusal:
            return self.show(code=code, trouble=refusal.sentence)

    def post(self, request: StaffRequest) -> HttpResponse:
        if "undo" in request.POST:
            return self.undo(request.POST["undo"])
        code = request.POST.get("code", "")
        form = SlipForm(request.POST)
        try:
            invitation = self.find(code)
            if not form.is_valid():
                return self.show(code=code, invitation=invitation, form=form, status=422)
            self.record(invitation, form)
        except rsvp.CannotAnswer as refusal:
            form.add_error(None, why_not(refusal, invitation.meeting))
            return self.show(code=code, invitation=invitation, form=form, status=409)
        except refusals.Refusal as refusal:
            return self.show(code=code, trouble=refusal.sentence, status=409)
        return redirect("meetings_desk:slips")

    def find(self, code: str) -> Invitation:
        return slips.find(code=code, now=timezone.now())

    def ask(self, code: str, invitation: Invitation) -> HttpResponse:
        return self.show(code=code, invitation=invitation, form=SlipForm())

    def record(self, invitation: Invitation, form: SlipForm) -> None:
        """Who says yes and finds no seat takes their place in line: nobody can ask them."""
        said = form.cleaned_data
        stood = waiting.standing(invitation) is not None
        recorded = helping.answer(
            invitation=invitation,
            choice=said["choice"],
            guests=said["guests"],
            help_asked=[Help.LIFT] if said["lift"] else None,
            channel=AnswerChannel.PAPER,
            when_full=WhenFull.WAIT,
            now=timezone.now(),
        )
        key = piles.key_of(recorded, stood=stood)
        self.remember([key, *(each for each in self.typed if each != key)])

    def undo(self, asked: str) -> HttpResponse:
        """Only what this person typed."""
        found = piles.find([asked] if asked in self.typed else [])
        if not found or not found[0].may_be_undone:
            return redirect("meetings_desk:slips")
        try:
            taking_back.take_back(found[0].recorded, now=timezone.now())
        except refusals.Refusal as refusal:
            return self.show(trouble=refusal.sentence, status=409)
        self.remember([each for each in self.typed if each != asked])
        return redirect("meetings_desk:slips")

    @cached_property
    def typed(self) -> list[str]:
        """The keys of this person's pile, the last one first."""
        return [str(key) for key in self.request.session.get(TYPED, [])]

    def remember(self, typed: list[str]) -> None:
        self.request.session[TYPED] = typed[:KEPT]

    def show(self, *, status: int = 200, **facts: Any) -> HttpResponse:
        pile = piles.find(self.typed)
        if "invitation" in facts:
            facts["earlier"] = slips.of_an_earlier_date(facts["invitation"])
        last = pile[0].place if pile and "invitation" not in facts else None
        if last and last.is_standing:
            facts |= {"in_line": last, "number": waiting.number_in_line(last)}
        return self.render_to_response(self.get_context_data(pile=pile, **facts), status=status)
