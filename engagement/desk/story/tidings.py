"""Telling those who follow projects: to how many and why, how it reads, a test, and the one gesture that sends."""

from typing import Any

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

from communities.audience import Audience, Recipient
from communities.desk import reach
from communities.desk.readers import ListOfReaders, SendsATest, one_of
from communities.desk.sending import SendForm
from communities.permissions import may_see_addresses
from communities.post.kinds import letter_kinds
from communities.staff import StaffRequest
from engagement import permissions
from engagement.letters import news_letters
from engagement.models import Passage
from engagement.story import following


class OfTidings(WagtailAdminTemplateMixin):  # type: ignore[misc]  # Wagtail is untyped
    """A page about one milestone, whose key is in the address; without a key, about the news of all the projects."""

    header_icon = "mail"
    page_title = gettext_lazy("Tell the followers")
    request: StaffRequest
    kwargs: dict[str, Any]

    @cached_property
    def tidings(self) -> following.Tidings:
        if "pk" not in self.kwargs:
            return following.digest_now(now=timezone.now())
        told = Passage.objects.filter(project__isnull=False, from_stage__gt="", to_stage__in=following.MILESTONES)
        return following.Milestone(
            get_object_or_404(told.select_related("project__community", "project__page"), pk=self.kwargs["pk"])
        )

    def at(self, name: str, *more: int) -> str:
        """The address of another page about the same tidings."""
        if "pk" in self.kwargs:
            return reverse(f"tidings:{name}", args=[self.kwargs["pk"], *more])
        return reverse(f"tidings:digest_{name}", args=more)

    def get_header_title(self) -> str:
        return self.tidings.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("tidings:index"), "label": gettext_lazy("Tell the followers")}
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, to_the_list, {"url": "", "label": self.tidings.title}]

    @cached_property
    def readers(self) -> Audience:
        return following.readers(tidings=self.tidings)

    @cached_property
    def obstacle(self) -> str:
        """Why it cannot leave, or nothing."""
        try:
            following.refuse_the_impossible(tidings=self.tidings)
        except following.CannotTell as refusal:
            return refusal.sentence
        return "" if self.readers.recipients else following.NobodyToTell().sentence

    def before_sending(self) -> dict[str, Any]:
        return {
            "tidings": self.tidings,
            "reach": reach.of(self.readers),
            "obstacle": self.obstacle,
            "spared": reach.spared(self.readers, kind=self.tidings.kind, now=timezone.now()),
            "may_send": permissions.may_tell_followers(self.request.user),
            "send_url": self.at("send"),
            "test_url": self.at("send_test"),
            "readers_url": self.at("readers"),
        }


class EveryTidings(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """The milestones of the season, told or not, and the letter of news that would leave now."""

    template_name = "engagement/admin/tidings.html"
    header_icon = "mail"
    page_title = gettext_lazy("Tell the followers")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(**kwargs) | {
            "milestones": following.milestones(now=now),
            "digest": following.digest_now(now=now),
        }


class Readers(OfTidings, ListOfReaders):
    """This goes to 143 people: which, and why."""

    template_name = "engagement/admin/tidings_readers.html"
    verbose_name_plural = gettext_lazy("people")

    def get_index_url(self) -> str:
        return self.at("readers")

    def get_index_results_url(self) -> str:
        return self.at("readers_results")

    def preview_url(self, resident: int) -> str:
        return self.at("preview", resident)

    def get_base_queryset(self) -> list[Recipient]:
        return [] if self.obstacle else self.readers.recipients

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context if self.results_only else context | self.before_sending()


class Preview(OfTidings, TemplateView):  # type: ignore[misc]
    """The letter as one of them would read it, or the words to post or to say; the others are one step away."""

    template_name = "engagement/admin/tidings_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = one_of(self.readers.recipients, resident=self.kwargs["resident"])
        kind: Any = letter_kinds[self.tidings.kind]
        preview = news_letters.preview(kind=kind, tidings=self.tidings, recipient=at.recipient, now=timezone.now())
        return super().get_context_data(**at._asdict(), **kwargs) | {
            "may_see": may_see_addresses(self.request.user),
            "preview": preview,
            "readers_url": self.at("readers"),
            "before_url": self.at("preview", at.before.resident.pk) if at.before else "",
            "after_url": self.at("preview", at.after.resident.pk) if at.after else "",
        }


class SendTest(OfTidings, SendsATest):  # type: ignore[misc]
    """The letter, to whoever asks for it at the town hall."""

    back_to = "tidings:readers"

    def post(self, request: StaffRequest, pk: int = 0) -> HttpResponse:
        """As for any letter; then back to the readers of these very tidings."""
        super().post(request, pk)
        return redirect(self.at("readers"))

    def refused(self, *, address: str, by: User) -> str:
        try:
            following.send_test(tidings=self.tidings, address=address, by=by, now=timezone.now())
        except following.CannotTell as refusal:
            return refusal.sentence
        return ""


class Send(OfTidings, TemplateView):  # type: ignore[misc]
    """The last look at the figures; the button sends."""

    template_name = "engagement/admin/tidings_send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        leaving = following.leaving(now=now)
        later = {"leaves_in_the_morning": leaving if leaving > now else None}
        return super().get_context_data(**kwargs) | self.before_sending() | later

    def post(self, request: StaffRequest, **kwargs: Any) -> HttpResponse:
        form = SendForm(request.POST)
        if not form.is_valid():
            return redirect(self.at("send"))
        expecting = form.cleaned_data["expecting"]
        try:
            mailing = following.tell(tidings=self.tidings, by=request.user, now=timezone.now(), expecting=expecting)
        except following.CannotTell as refusal:
            messages.warning(request, refusal.sentence)
            changed = isinstance(refusal, following.AudienceChanged)
            return redirect(self.at("send" if changed else "readers"))
        words = ngettext("The letter goes to %(number)s person.", "The letter goes to %(number)s people.", expecting)
        messages.success(request, words % reach.written(expecting))
        return redirect("mailings:inspect", mailing.pk)
