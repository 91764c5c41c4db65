"""What became of each letter of one mailing, why, and what can still be done about it? The staff's page."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from communities import permissions
from communities.cells import Cell
from communities.models import Channel, Delivery, DeliveryState, Mailing
from communities.models.delivery import DeliveryQuerySet
from communities.post import batches, trying_again
from communities.spreadsheets import SafeSpreadsheet

from . import mailings, progress, received


class LetterFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By state and by channel; those that came back on their own."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[*DeliveryState.choices, (progress.BOUNCED, _("came back"))],
        widget=CheckboxSelectMultiple,
    )
    channel = django_filters.MultipleChoiceFilter(
        label=_("Told by"), choices=Channel.shown, widget=CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Delivery
        fields: list[str] = []

    def in_state(self, letters: DeliveryQuerySet, name: str, asked: list[str]) -> DeliveryQuerySet:
        came_back = letters.filter(bounced_at__isnull=False)
        stayed = letters.filter(bounced_at__isnull=True, state__in=asked)
        return stayed | came_back if progress.BOUNCED in asked else stayed


class Chosen(Cell):
    """A box to tick before asking for another attempt, or saying that it is done by hand."""

    def get_cell_context_data(self, instance: Delivery, parent_context: Any) -> dict[str, Any]:
        can_be_chosen = instance.has_failed or (instance.is_pending and instance.is_by_hand)
        return super().get_cell_context_data(instance, parent_context) | {"can_be_chosen": can_be_chosen}


class OneMailing(SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """The letters of one mailing: to whom, in which state, why and when; and the brake."""

    template_name = "communities/admin/mailing.html"
    header_icon = "mail"
    filterset_class = LetterFilterSet
    is_searchable = True
    paginate_by = 50
    verbose_name_plural = _("letters")
    addresses = ("email", "phone", "address")
    export_headings = {
        "recipient": _("addressee"),
        "email": _("e-mail"),
        "phone": _("telephone"),
        "address": _("postal address"),
        "channel": _("told by"),
        "state": _("state"),
        "reason": _("reason"),
        "attempts": _("attempts"),
        "next_attempt_at": _("next attempt"),
        "ended_at": _("told on"),
        "bounced_at": _("came back on"),
    }

    @cached_property
    def mailing(self) -> Any:
        return get_object_or_404(Mailing.objects.select_related("created_by"), pk=self.kwargs["pk"])

    @cached_property
    def may_hold(self) -> bool:
        return permissions.may_hold_mailings(self.request.user)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            *([Chosen("chosen", label=_("Choose"), width="3rem")] if self.may_hold else []),
            Cell("recipient", label=_("Addressee"), classname="title"),
            *([Cell("where", label=_("Address"))] if self.may_see else []),
            Cell("letter_state", label=_("State"), sort_key="state"),
            Column("channel", label=_("Told by"), accessor="get_channel_display", sort_key="channel"),
            Cell("letter_ended", label=_("Told on"), sort_key="ended_at"),
        ]

    def get_page_title(self) -> str:
        return self.mailing.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("mailings:index"), "label": mailings.MailingList.page_title}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.mailing.title}]

    def get_index_url(self) -> str:
        return reverse("mailings:inspect", args=[self.kwargs["pk"]])

    def get_index_results_url(self) -> str:
        return reverse("mailings:inspect_results", args=[self.kwargs["pk"]])

    def get_base_queryset(self) -> DeliveryQuerySet:
        return Delivery.objects.filter(mailing=self.mailing).with_recipients().by_reader()

    def search_queryset(self, queryset: DeliveryQuerySet) -> DeliveryQuerySet:
        found = received.residents_asked_for(self.search_query, by=self.request.user)
        return queryset.filter(resident__in=found) if self.is_searching else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.results_only or self.is_export:
            return context
        return (
            context
            | standing(self.mailing)
            | {
                "may_hold": self.may_hold,
                "may_print": permissions.may_print_letters(self.request.user),
            }
        )

    def to_row_dict(self, item: Delivery) -> dict[str, Any]:
        """Addresses stay out of `list_export`, and of the file, for whoever may not see them."""
        row = {
            "recipient": str(item.resident or item.test_address),
            "email": item.address,
            "phone": item.resident.phone if item.resident else "",
            "address": item.resident.postal_address.replace("\n", ", ") if item.resident else "",
            "channel": item.get_channel_display(),
            "state": str(_("came back")) if item.has_come_back else item.get_state_display(),
            "next_attempt_at": item.next_attempt_at if item.is_pending else None,
            **{name: getattr(item, name) for name in ("reason", "attempts", "ended_at", "bounced_at")},
        }
        return {field: row[field] for field in self.list_export}


def standing(mailing: Mailing) -> dict[str, Any]:
    """What the page says above the list, in a fixed number of queries."""
    letters = Delivery.objects.filter(mailing=mailing)
    found = progress.of(letters)
    to_post = letters.to_post().count() if found.hand_work else 0
    return {
        "mailing": mailing,
        "kind": mailings.kind_of(mailing),
        "progress": found,
        "by_hand_left": sum(work.total - work.done for work in found.hand_work),
        "letters_to_post": to_post,
        "paper": paper_of(letters) if to_post else None,
        "is_too_much_for_a_batch": to_post > batches.MOST_IN_A_BATCH,
        "may_be_tried": trying_again.may_be_tried(letters).count() if found.failed else 0,
    }


def paper_of(letters: DeliveryQuerySet) -> dict[str, Any]:
    """Of the letters to post: how many are in no batch yet, and the batches that are not in the post, numbered."""
    numbered = enumerate(reversed(batches.of(deliveries=letters)), start=1)
    return {
        "unprinted": letters.to_post().filter(printed_at=None).count(),
        "batches": [(number, batch) for number, batch in numbered if batch.waiting],
    }


class MailingProgress(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """The bar and its figures alone, asked for every two seconds; once all has ended, the whole page again."""

    template_name = "communities/admin/mailing_progress.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        mailing = get_object_or_404(Mailing, pk=pk)
        found = progress.of(Delivery.objects.filter(mailing=mailing))
        response = self.render_to_response({"progress": found, "mailing": mailing})
        if not found.is_moving:
            response["HX-Refresh"] = "true"
        return response
