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

from meetings import rsvp, seats, writing_down
from meetings.models import AnswerChannel, Choice, Invitation, MeetingPage

from . import reading
from .forms import NewcomerForm, TypedAnswerForm
from .of_a_meeting import OfAMeeting


class Heard(OfAMeeting, FormView):  # type: ignore[misc]  # Wagtail is untyped
    """A form whose answer is recorded by the rules that residents' own answers go through."""

    template_name = "meetings/admin/heard.html"

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            words = self.record(form.cleaned_data)
        except rsvp.CannotAnswer as refusal:
            form.add_error(None, why_not(refusal, self.meeting))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, words)
        return redirect("meetings_desk:answers", self.meeting.pk)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

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
        return {"choice": self.invitation.choice, "guests": self.invitation.guests or 0, "channel": AnswerChannel.PHONE}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = self.invitation.answers.order_by("-pk")
        return super().get_context_data(**kwargs) | {
            "invitation": self.invitation,
            "history": history,
            "notes": self.invitation.notes,
        }

    def record(self, said: dict[str, Any]) -> str:
        rsvp.answer(
            invitation=self.invitation,
            choice=Choice(said["choice"]),
            guests=said["guests"],
            channel=AnswerChannel(said["channel"]),
            now=timezone.now(),
        )
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
            now=timezone.now(),
        )
        return _("%(name)s comes: it is recorded.") % {"name": invitation.resident}


def why_not(refusal: rsvp.CannotAnswer, meeting: MeetingPage) -> str:
    """A refusal, said to the town hall instead of to a resident."""
    if not isinstance(refusal, rsvp.Full):
        return _("This meeting takes no more answers: it is over, postponed or cancelled.")
    left = seats.left(meeting=meeting, now=timezone.now()) or 0
    words = ngettext("There is only %(number)s seat left.", "There are only %(number)s seats left.", left)
    return words % {"number": left} if left else _("Every seat is taken.")
