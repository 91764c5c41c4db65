"""Before a letter of the town hall leaves: whom it reaches and why, how it reads, a test, the gesture that sends."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities import correspondence, permissions, scopes, written_letters
from communities.audience import Audience, Recipient
from communities.models import WrittenLetter
from communities.staff import StaffRequest

from . import reach
from .readers import ListOfReaders, SendsATest, one_of


class SendForm(forms.Form):
    """How many people whoever presses Send was shown."""

    expecting = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class OfALetter(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page about the letter whose key is in the address."""

    header_icon = "edit"
    page_title = gettext_lazy("Letter")
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def letter(self) -> WrittenLetter:
        return get_object_or_404(WrittenLetter.objects.select_related("mailing"), pk=self.kwargs["pk"])

    def get_header_title(self) -> str:
        return str(self.letter)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("letters:index"), "label": gettext_lazy("Letters of the town hall")}
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, to_the_list, {"url": "", "label": str(self.letter)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(letter=self.letter, **kwargs)

    @cached_property
    def readers(self) -> Audience:
        return correspondence.readers(letter=self.letter)

    @cached_property
    def obstacle(self) -> str:
        """Why it cannot leave, or nothing."""
        try:
            correspondence.refuse_the_impossible(letter=self.letter, now=timezone.now())
        except correspondence.CannotSend as refusal:
            return refusal.sentence
        return "" if self.readers.recipients else correspondence.NobodyToTell().sentence

    def before_sending(self) -> dict[str, Any]:
        return {
            "reach": reach.of(self.readers),
            "obstacle": self.obstacle,
            "spared": reach.spared(self.readers, kind=correspondence.LETTER_KIND, now=timezone.now()),
            "may_send": permissions.may_send_letters(self.request.user),
        }


class Readers(OfALetter, ListOfReaders):
    """This goes to 143 people: which, and why."""

    template_name = "communities/admin/letter_readers.html"
    verbose_name_plural = gettext_lazy("people")

    def get_index_url(self) -> str:
        return reverse("letters:readers", args=[self.letter.pk])

    def get_index_results_url(self) -> str:
        return reverse("letters:readers_results", args=[self.letter.pk])

    def preview_url(self, resident: int) -> str:
        return reverse("letters:preview", args=[self.letter.pk, resident])

    def get_base_queryset(self) -> list[Recipient]:
        return [] if self.letter.is_sent else self.readers.recipients

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context if self.results_only else context | self.before_sending()


class Preview(OfALetter, TemplateView):  # type: ignore[misc]
    """The letter as one of them would read it, or the words to post or to say; the others are one step away."""

    template_name = "communities/admin/letter_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = one_of(self.readers.recipients, resident=self.kwargs["resident"])
        context: dict[str, Any] = super().get_context_data(**at._asdict(), **kwargs)
        return context | {
            "may_see": permissions.may_see_addresses(self.request.user),
            "preview": written_letters.preview(letter=self.letter, recipient=at.recipient, now=timezone.now()),
        }


class Read(OfALetter, TemplateView):  # type: ignore[misc]
    """A letter as nobody in particular reads it, and the words for paper and telephone; once sent, what was sent."""

    template_name = "communities/admin/letter_read.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        when = self.letter.mailing.created_at if self.letter.mailing else timezone.now()
        language = settings.LANGUAGE_CODE
        words = {
            "preview": written_letters.example(letter=self.letter, language=language, now=when),
            "by_hand": written_letters.by_hand(letter=self.letter, language=language, now=when),
        }
        return super().get_context_data(**kwargs) | words | {"for_whom": scopes.readers_of(self.letter.scopes).values()}


class SendTest(OfALetter, SendsATest):  # type: ignore[misc]
    """The letter, to whoever asks for it at the town hall."""

    back_to = "letters:readers"

    def refused(self, *, address: str, by: User) -> str:
        try:
            correspondence.send_test(letter=self.letter, address=address, by=by, now=timezone.now())
        except correspondence.CannotSend as refusal:
            return refusal.sentence
        return ""


class Send(OfALetter, TemplateView):  # type: ignore[misc]
    """The last look at the figures; the button sends."""

    template_name = "communities/admin/letter_send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        leaving = correspondence.leaving(now=now)
        later = {"leaves_in_the_morning": leaving if leaving > now else None}
        return super().get_context_data(**kwargs) | self.before_sending() | later

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        form = SendForm(request.POST)
        if not form.is_valid():
            return redirect("letters:send", pk)
        expecting = form.cleaned_data["expecting"]
        try:
            mailing = correspondence.send(letter=self.letter, by=request.user, now=timezone.now(), expecting=expecting)
        except correspondence.CannotSend as refusal:
            return self.explain(refusal)
        words = ngettext(
            "The letter goes to %(number)s person.", "The letter goes to %(number)s people.", expecting
        ) % reach.written(expecting)
        messages.success(request, words)
        return redirect("mailings:inspect", mailing.pk)

    def explain(self, refusal: correspondence.CannotSend) -> HttpResponse:
        """Changed figures are shown again; whoever pressed twice learns that once was enough."""
        messages.warning(self.request, refusal.sentence)
        if isinstance(refusal, correspondence.AudienceChanged):
            return redirect("letters:send", self.letter.pk)
        sent = isinstance(refusal, correspondence.AlreadySent)
        return redirect("letters:read" if sent else "letters:readers", self.letter.pk)
