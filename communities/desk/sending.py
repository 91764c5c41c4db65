"""Before a letter of the town hall leaves: whom it reaches and why, how it reads, a test, the gesture that sends."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities import correspondence, permissions, scopes, written_letters
from communities.audience import Audience, Recipient
from communities.folding import fold
from communities.models import WrittenLetter
from communities.staff import StaffRequest

from . import reach


class SendForm(forms.Form):
    """How many people whoever presses Send was shown."""

    expecting = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Row:
    """One person on the list of those it reaches."""

    name: str
    channel: str
    why: str
    preview_url: str


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


class Readers(OfALetter, BaseListingView):  # type: ignore[misc]
    """This goes to 143 people: which, and why."""

    template_name = "communities/admin/letter_readers.html"
    is_searchable = True
    paginate_by = 50
    verbose_name_plural = gettext_lazy("people")
    columns = [
        TitleColumn("name", label=gettext_lazy("Resident"), get_url=lambda row: row.preview_url),
        Column("channel", label=gettext_lazy("Told by")),
        Column("why", label=gettext_lazy("Concerned by"), width="45%"),
    ]

    def get_index_url(self) -> str:
        return reverse("letters:readers", args=[self.letter.pk])

    def get_index_results_url(self) -> str:
        return reverse("letters:readers_results", args=[self.letter.pk])

    def get_base_queryset(self) -> list[Recipient]:
        return [] if self.letter.is_sent else self.readers.recipients

    def search_queryset(self, queryset: list[Recipient]) -> list[Recipient]:
        words = fold(self.search_query).split()
        return [each for each in queryset if all(word in fold(str(each.resident)) for word in words)]

    def get_table(self, object_list: list[Recipient]) -> Any:
        names = scopes.names_of({scope for each in object_list for scope in each.because})
        return super().get_table([self.row(each, names) for each in object_list])

    def row(self, recipient: Recipient, names: dict[str, str]) -> Row:
        return Row(
            name=str(recipient.resident),
            channel=str(recipient.channel.label),
            why=", ".join(names[scope] for scope in recipient.because),
            preview_url=reverse("letters:preview", args=[self.letter.pk, recipient.resident.pk]),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context if self.results_only else context | self.before_sending()


class Preview(OfALetter, TemplateView):  # type: ignore[misc]
    """The letter as one of them would read it, or the words to post or to say; the others are one step away."""

    template_name = "communities/admin/letter_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readers = self.readers.recipients
        place = next((at for at, each in enumerate(readers) if each.resident.pk == self.kwargs["resident"]), None)
        if place is None:
            raise Http404
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "recipient": readers[place],
            "may_see": permissions.may_see_addresses(self.request.user),
            "preview": written_letters.preview(letter=self.letter, recipient=readers[place], now=timezone.now()),
            "before": readers[place - 1] if place else None,
            "after": readers[place + 1] if place + 1 < len(readers) else None,
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
        return super().get_context_data(**kwargs) | words | {"for_whom": scopes.names_of(self.letter.scopes).values()}


class SendTest(OfALetter, View):  # type: ignore[misc]
    """The letter, to whoever asks for it at the town hall."""

    http_method_names = ["post"]

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        if request.user.email:
            self.send(request)
        else:
            account = messages.button(reverse("wagtailadmin_account"), _("Your account"))
            messages.error(request, _("Your account has no e-mail address: add one, then ask again."), [account])
        return redirect("letters:readers", pk)

    def send(self, request: StaffRequest) -> None:
        address = request.user.email
        try:
            correspondence.send_test(letter=self.letter, address=address, by=request.user, now=timezone.now())
        except correspondence.CannotSend as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("A test letter is on its way to %(address)s.") % {"address": address})


class Send(OfALetter, TemplateView):  # type: ignore[misc]
    """The last look at the figures; the button sends."""

    template_name = "communities/admin/letter_send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.before_sending()

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
