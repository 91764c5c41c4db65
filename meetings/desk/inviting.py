"""Before the invitations leave: who gets one and why, how it reads, a test, and the one gesture that sends."""

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from communities.desk import reach
from communities.desk.readers import ListOfReaders, SendsATest, one_of
from communities.staff import StaffRequest
from meetings import announcing, audience, permissions
from meetings.audience import Audience, Recipient
from meetings.letters import invitation_letters

from .forms import SendForm
from .of_a_meeting import OfAMeeting


class Concerned(OfAMeeting):
    """A page about those who would be invited now."""

    page_title = gettext_lazy("Invitations")

    @cached_property
    def concerned(self) -> Audience:
        return announcing.to_tell(meeting=self.meeting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "reach": reach.of(self.concerned),
            "spared": reach.spared(
                self.concerned,
                kind=announcing.LETTER_KIND,
                happens_at=self.meeting.starts_at,
                now=timezone.now(),
            ),
            "obstacle": self.obstacle,
            "has_mailbox": announcing.has_mailbox(),
            "announced": announcing.was_sent(meeting_id=self.meeting.pk),
            "may_send": permissions.may_invite_residents(self.request.user),
        }

    @cached_property
    def obstacle(self) -> str:
        """Why nothing can be sent, or nothing."""
        try:
            announcing.refuse_the_impossible(meeting=self.meeting, now=timezone.now())
        except announcing.CannotAnnounce as refusal:
            return refusal.sentence
        return "" if self.concerned.recipients else announcing.NobodyToTell().sentence


class ToInvite(Concerned, ListOfReaders):
    """This goes to 143 people: which, and why."""

    template_name = "meetings/admin/to_invite.html"
    results_template_name = "meetings/admin/to_invite_results.html"

    def get_index_url(self) -> str:
        return reverse("meetings_desk:to_invite", args=[self.meeting.pk])

    def get_index_results_url(self) -> str:
        return reverse("meetings_desk:to_invite_results", args=[self.meeting.pk])

    def preview_url(self, resident: int) -> str:
        return reverse("meetings_desk:preview", args=[self.meeting.pk, resident])

    def get_base_queryset(self) -> list[Recipient]:
        return [] if self.obstacle else self.concerned.recipients


class Preview(OfAMeeting, TemplateView):  # type: ignore[misc]
    """The letter as one of them would read it, or the words to post or to say; the others are one step away."""

    template_name = "meetings/admin/preview.html"
    page_title = gettext_lazy("Preview")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.meeting.live:
            raise Http404
        at = one_of(audience.of(meeting=self.meeting).recipients, resident=self.kwargs["resident"])
        context: dict[str, Any] = super().get_context_data(**at._asdict(), **kwargs)
        return context | {
            "may_see": permissions.may_see_addresses(self.request.user),
            "preview": invitation_letters.preview(
                meeting=self.meeting, recipient=at.recipient, created_at=timezone.now()
            ),
        }


class SendTest(OfAMeeting, SendsATest):
    """The letter, to whoever asks for it at the town hall."""

    back_to = "meetings_desk:to_invite"

    def refused(self, *, address: str, by: User) -> str:
        try:
            announcing.send_test(meeting=self.meeting, address=address, by=by, now=timezone.now())
        except announcing.CannotAnnounce as refusal:
            return refusal.sentence
        return ""


class Send(Concerned, TemplateView):  # type: ignore[misc]
    """The last look at the figures; the button sends."""

    template_name = "meetings/admin/send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = timezone.now()
        leaving = announcing.leaving(meeting=self.meeting, now=now)
        return context | {"leaving_later": leaving if leaving > now else None}

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        form = SendForm(request.POST)
        if not form.is_valid():
            return redirect("meetings_desk:send", pk)
        try:
            announcing.announce(meeting=self.meeting, by=request.user, now=timezone.now(), **form.cleaned_data)
        except announcing.CannotAnnounce as refusal:
            return self.explain(refusal)
        return self.thank(form.cleaned_data["expecting"])

    def explain(self, refusal: announcing.CannotAnnounce) -> HttpResponse:
        """Changed figures are shown again; whoever pressed twice learns that once was enough."""
        if isinstance(refusal, announcing.AudienceChanged):
            messages.warning(self.request, refusal.sentence)
            return redirect("meetings_desk:send", self.meeting.pk)
        pressed_twice = isinstance(refusal, announcing.NobodyToTell) and announcing.was_sent(meeting_id=self.meeting.pk)
        messages.warning(self.request, _("They have already been invited.") if pressed_twice else refusal.sentence)
        return redirect("meetings_desk:invitations", self.meeting.pk)

    def thank(self, number: int) -> HttpResponse:
        words = ngettext("%(number)s person is invited.", "%(number)s people are invited.", number)
        messages.success(self.request, words % reach.written(number))
        return redirect("meetings_desk:invitations", self.meeting.pk)
