"""Before the invitations leave: who gets one and why, how it reads, a test, and the one gesture that sends."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities import scopes
from communities.desk import reach
from communities.folding import fold
from communities.staff import StaffRequest
from meetings import announcing, audience, letters, permissions
from meetings.audience import Audience, Recipient

from .forms import SendForm
from .of_a_meeting import OfAMeeting


@dataclass(frozen=True)
class Row:
    """One person on the list of those to invite."""

    name: str
    channel: str
    language: str
    why: str
    preview_url: str


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
            "spared": reach.spared(self.concerned, kind=announcing.LETTER_KIND, now=timezone.now()),
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


class ToInvite(Concerned, BaseListingView):  # type: ignore[misc]  # Wagtail is untyped
    """This goes to 143 people: which, and why."""

    template_name = "meetings/admin/to_invite.html"
    results_template_name = "meetings/admin/to_invite_results.html"
    is_searchable = True
    paginate_by = 50
    columns = [
        TitleColumn("name", label=gettext_lazy("Resident"), get_url=lambda row: row.preview_url),
        Column("channel", label=gettext_lazy("Told by")),
        Column("why", label=gettext_lazy("Concerned by"), width="35%"),
        Column("language", label=gettext_lazy("Language")),
    ]

    def get_index_url(self) -> str:
        return reverse("meetings_desk:to_invite", args=[self.meeting.pk])

    def get_index_results_url(self) -> str:
        return reverse("meetings_desk:to_invite_results", args=[self.meeting.pk])

    def get_base_queryset(self) -> list[Recipient]:
        return [] if self.obstacle else self.concerned.recipients

    def search_queryset(self, queryset: list[Recipient]) -> list[Recipient]:
        words = fold(self.search_query).split()
        return [each for each in queryset if all(word in fold(str(each.resident)) for word in words)]

    def get_table(self, object_list: list[Recipient]) -> Any:
        names = scopes.names_of({scope for each in object_list for scope in each.because})
        return super().get_table([self.row(each, names) for each in object_list])

    def row(self, recipient: Recipient, names: dict[str, str]) -> Row:
        resident = recipient.resident
        return Row(
            name=str(resident),
            channel=str(recipient.channel.label),
            language=reach.language_name(resident.language),
            why=", ".join(names[scope] for scope in recipient.because),
            preview_url=reverse("meetings_desk:preview", args=[self.meeting.pk, resident.pk]),
        )


class Preview(OfAMeeting, TemplateView):  # type: ignore[misc]
    """The letter as one of them would read it, or the words to post or to say; the others are one step away."""

    template_name = "meetings/admin/preview.html"
    page_title = gettext_lazy("Preview")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readers = audience.of(meeting=self.meeting).recipients
        place = next((at for at, each in enumerate(readers) if each.resident.pk == self.kwargs["resident"]), None)
        if place is None or not self.meeting.live:
            raise Http404
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "recipient": readers[place],
            "may_see": permissions.may_see_addresses(self.request.user),
            "preview": letters.preview(meeting=self.meeting, recipient=readers[place], created_at=timezone.now()),
            "before": readers[place - 1] if place else None,
            "after": readers[place + 1] if place + 1 < len(readers) else None,
        }


class SendTest(OfAMeeting, View):  # type: ignore[misc]
    """The letter, to whoever asks for it at the town hall."""

    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        if request.user.email:
            self.send(request)
        else:
            account = messages.button(reverse("wagtailadmin_account"), _("Your account"))
            messages.error(request, _("Your account has no e-mail address: add one, then ask again."), [account])
        return redirect("meetings_desk:to_invite", pk)

    def send(self, request: StaffRequest) -> None:
        address = request.user.email
        try:
            announcing.send_test(meeting=self.meeting, address=address, by=request.user, now=timezone.now())
        except announcing.CannotAnnounce as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("A test letter is on its way to %(address)s.") % {"address": address})


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
