"""What was posted, how far is it, and what became of each letter? The staff's list of mailings."""

from typing import Any

import django_filters
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities import permissions
from communities.cells import Cell
from communities.models import Channel, Delivery, DeliveryState, Mailing, Priority, Resident
from communities.models.post import DeliveryQuerySet, MailingQuerySet
from communities.post import mailings
from communities.staff import StaffRequest

ONE, TESTS = "one", "tests"
SENT_TO_ONE = Q(priority=Priority.TRANSACTIONAL, is_test=False)


class MailingFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Announcements, unless letters to one person or tests are asked for."""

    sort = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        method="of_sort",
        choices=[(ONE, gettext_lazy("letters to one person")), (TESTS, gettext_lazy("tests"))],
        empty_label=gettext_lazy("announcements"),
        widget=RadioSelect,
    )

    class Meta:
        model = Mailing
        fields = ["state"]

    def of_sort(self, posted: MailingQuerySet, name: str, asked: str) -> MailingQuerySet:
        return posted.filter(is_test=True) if asked == TESTS else posted.filter(SENT_TO_ONE)

    def filter_queryset(self, queryset: MailingQuerySet) -> MailingQuerySet:
        found: MailingQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("sort") else found.exclude(SENT_TO_ONE).filter(is_test=False)


class MailingList(BaseListingView):  # type: ignore[misc]
    """Every mailing, the latest first, with how many of its letters stand where."""

    page_title = gettext_lazy("Mailings")
    header_icon = "mail"
    index_url_name = "mailings:index"
    index_results_url_name = "mailings:results"
    filterset_class = MailingFilterSet
    is_searchable = True
    search_fields = ["title"]
    paginate_by = 50
    columns = [
        TitleColumn("title", label=gettext_lazy("Mailing"), url_name="mailings:inspect"),
        Cell("posted", label=gettext_lazy("Posted on"), width="20%"),
        Cell("how_far", label=gettext_lazy("Letters"), width="30%"),
        Cell("mailing_state", label=gettext_lazy("State"), width="20%"),
    ]

    def get_base_queryset(self) -> MailingQuerySet:
        return Mailing.objects.with_progress().select_related("created_by").order_by("-pk")


class LetterFilterSet(WagtailFilterSet):  # type: ignore[misc]
    """By state and by channel."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=DeliveryState.choices, widget=CheckboxSelectMultiple, distinct=False
    )
    channel = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Told by"), choices=Channel.choices, widget=CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = Delivery
        fields: list[str] = []


class OneMailing(BaseListingView):  # type: ignore[misc]
    """The letters of one mailing: to whom, in which state, why and when; and the brake."""

    template_name = "communities/admin/mailing.html"
    header_icon = "mail"
    filterset_class = LetterFilterSet
    is_searchable = True
    paginate_by = 50
    columns = [
        Cell("recipient", label=gettext_lazy("Addressee"), classname="title"),
        Cell("letter_state", label=gettext_lazy("State"), sort_key="state"),
        Column("channel", label=gettext_lazy("Told by"), accessor="get_channel_display", sort_key="channel"),
        Cell("letter_ended", label=gettext_lazy("Told on"), sort_key="ended_at"),
    ]

    @cached_property
    def mailing(self) -> Any:
        return get_object_or_404(Mailing.objects.with_progress().select_related("created_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.mailing.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_the_list = {"url": reverse("mailings:index"), "label": gettext_lazy("Mailings")}
        return [*self.breadcrumbs_items, to_the_list, {"url": "", "label": self.mailing.title}]

    def get_index_url(self) -> str:
        return reverse("mailings:inspect", args=[self.kwargs["pk"]])

    def get_index_results_url(self) -> str:
        return reverse("mailings:inspect_results", args=[self.kwargs["pk"]])

    def get_base_queryset(self) -> DeliveryQuerySet:
        return Delivery.objects.filter(mailing=self.mailing).with_recipients().order_by("pk")

    def search_queryset(self, queryset: DeliveryQuerySet) -> DeliveryQuerySet:
        found = Resident.objects.called(self.search_query)
        return queryset.filter(resident__in=found) if self.is_searching else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = self.mailing.total - self.mailing.waiting
        facts = {"mailing": self.mailing, "ended": ended, "may_hold": permissions.may_hold_mailings(self.request.user)}
        return super().get_context_data(**kwargs) | facts


@require_POST
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    """Hold what has not left, and say why to whoever comes after."""
    mailing = get_object_or_404(Mailing, pk=pk)
    words = {"name": request.user.get_full_name() or request.user.get_username()}
    mailings.pause(mailing=mailing, reason=_("Paused by %(name)s.") % words)
    messages.success(request, _("The letters that have not left are held."))
    return redirect("mailings:inspect", pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let them leave."""
    mailings.resume(mailing=get_object_or_404(Mailing, pk=pk), now=timezone.now())
    messages.success(request, _("The letters leave again."))
    return redirect("mailings:inspect", pk)
