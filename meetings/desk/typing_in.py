"""What the town hall heard on the telephone or read on a slip: the same answer as any other."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from communities.models import Resident
from communities.staff import StaffRequest
from meetings import helping, permissions, rsvp
from meetings.by_hand import slips, writing_down
from meetings.models import AnswerChannel, Choice, Invitation, MeetingPage
from meetings.seating import seats, waiting
from meetings.seating.waiting import WhenFull

from . import reading
from .forms import NewcomerForm, TypedAnswerForm
from .of_a_meeting import OfAMeeting


class Heard(OfAMeeting, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """A form whose answer is recorded by the rules that residents' own answers go through."""

    request: StaffRequest
    template_name = "meetings/admin/heard.html"

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            words = self.record(form.cleaned_data)
        except rsvp.CannotAnswer as refusal:
            form.add_error(None, why_not(refusal, self.meeting))
            decision = self.decision(form) if isinstance(refusal, rsvp.Full) else {}
            return self.render_to_response(self.get_context_data(form=form, **decision), status=409)
        messages.success(self.request, words)
        return redirect("meetings_desk:answers", self.meeting.pk)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    @cached_property
    def may_let_in(self) -> bool:
        return permissions.may_let_in_beyond_the_order(self.request.user)

    @cached_property
    def when_full(self) -> WhenFull:
        """What was decided for someone who finds no seat; nobody is let in by whoever may not."""
        asked = self.request.POST.get("when_full", "")
        allowed = [WhenFull.WAIT, *([WhenFull.LET_IN] if self.may_let_in else [])]
        return WhenFull(asked) if asked in allowed else WhenFull.REFUSE

    def decision(self, form: Form) -> dict[str, Any]:
        """What can be done for someone who finds no seat; before letting them in, what it means."""
        people = seats.coming(meeting=self.meeting, besides=self.person)
        return {
            "is_full": True,
            "may_let_in": self.may_let_in,
            "may_wait": waiting.may_wait(meeting=self.meeting, now=timezone.now()),
            "is_letting_in": self.may_let_in and self.request.POST.get("when_full") == "ask",
            "expected": people + form.cleaned_data["guests"] + 1,
            "before": waiting.length(self.meeting),
        }

    @property
    def person(self) -> Resident | None:
        """Whose answer it is, when we know them."""
        return None

    def record(self, said: dict[str, Any]) -> str:
        """Record it, and say so."""
        raise NotImplementedError


class TypeIn(Heard):
    """The answer of someone who was invited."""

    page_title = gettext_lazy("Their answer")
    form_class = TypedAnswerForm

    @cached_property
    def invitation(self) -> Any:
        of_this_meeting = reading.invitations(self.meeting).filter(resident__erased_at=None).with_answers().with_notes()
        return get_object_or_404(of_this_meeting, pk=self.kwargs["invitation"])

    def get_initial(self) -> dict[str, Any]:
        said = {"choice": self.invitation.choice, "guests": self.invitation.guests or 0}
        return said | {"channel": AnswerChannel.PHONE, "help_asked": helping.asked_for(self.invitation)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = self.invitation.answers.select_related("let_in_by").order_by("-pk")
        place = waiting.standing(self.invitation)
        return super().get_context_data(**kwargs) | {
            "invitation": self.invitation,
            "history": history,
            "notes": self.invitation.notes,
            "place": place,
            "number": place and waiting.number_in_line(place),
            "earlier": slips.of_an_earlier_date(self.invitation),
        }

    @property
    def person(self) -> Resident:
        resident: Resident = self.invitation.resident
        return resident

    def record(self, said: dict[str, Any]) -> str:
        helping.answer(
            invitation=self.invitation,
            choice=Choice(said["choice"]),
            guests=said["guests"],
            help_asked=said["help_asked"],
            channel=AnswerChannel(said["channel"]),
            when_full=self.when_full,
            by=self.request.user,
            now=timezone.now(),
        )
        if waiting.standing(self.invitation):
            return on_the_list(self.invitation)
        answer = {"name": self.invitation.resident, "answer": Choice(said["choice"]).label}
        return _("The answer of %(name)s is recorded: %(answer)s.") % answer


class WriteDown(Heard):
    """Someone who was not invited called or came to the desk, and comes."""

    page_title = gettext_lazy("Someone called or came")
    form_class = NewcomerForm

    def record(self, said: dict[str, Any]) -> str:
        invitation: Invitation = writing_down.write_down(
            meeting=self.meeting,
            name=said["name"],
            email=said["email"],
            phone=said["phone"],
            guests=said["guests"],
            channel=AnswerChannel(said["channel"]),
            when_full=self.when_full,
            by=self.request.user,
            now=timezone.now(),
        )
        if waiting.standing(invitation):
            return on_the_list(invitation)
        return _("%(name)s comes: it is recorded.") % {"name": invitation.resident}


def on_the_list(invitation: Invitation) -> str:
    return _("%(name)s is on the waiting list.") % {"name": invitation.resident}


def why_not(refusal: rsvp.CannotAnswer, meeting: MeetingPage) -> str:
    """A refusal, said to the town hall instead of to a resident."""
    if not isinstance(refusal, rsvp.Full | rsvp.TooLate):
        return refusal.sentence
    if isinstance(refusal, rsvp.TooLate):
        return _("This meeting takes no more answers: it is over, postponed or cancelled.")
    left = seats.left(meeting=meeting, now=timezone.now()) or 0
    words = ngettext("There is only %(number)s seat left.", "There are only %(number)s seats left.", left)
    return words % {"number": left} if left else _("Every seat is taken.")
