"""After the invitations left: where each letter stands, and what people still have to do by hand."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from communities import cells
from communities.desk import reach
from communities.models import Channel, Delivery, DeliveryState, Resident
from communities.models.delivery import DeliveryQuerySet
from communities.spreadsheets import SafeSpreadsheet
from meetings import announcing, rsvp
from meetings.models import Choice

from . import foretelling, progress, reading
from .columns import Cell
from .of_a_meeting import OfAMeeting


class LetterFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By state, by channel, by answer."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=DeliveryState.choices, widget=CheckboxSelectMultiple, distinct=False
    )
    channel = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Told by"), choices=Channel.shown, widget=CheckboxSelectMultiple, distinct=False
    )
    choice = django_filters.ChoiceFilter(
        label=gettext_lazy("Answer"),
        method="answering",
        choices=[*Choice.choices, (reading.NOTHING, gettext_lazy("no answer"))],
        empty_label=pgettext_lazy("answers", "all"),
    )

    class Meta:
        model = Delivery
        fields: list[str] = []

    def __init__(self, *args: Any, choices: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices

    def answering(self, letters: DeliveryQuerySet, name: str, asked: str) -> DeliveryQuerySet:
        if asked == reading.NOTHING:
            return letters.filter(~Q(resident__in=list(self.choices)))
        return letters.filter(resident__in=[resident for resident, choice in self.choices.items() if choice == asked])


class Following(OfAMeeting, SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """How far the letters are, and where each stands."""

    page_title = gettext_lazy("Invitations")
    template_name = "meetings/admin/following.html"
    filterset_class = LetterFilterSet
    is_searchable = True
    paginate_by = 50
    columns = [
        Column("resident", label=gettext_lazy("Resident"), classname="title"),
        cells.Cell("letter_state", label=gettext_lazy("State"), sort_key="state"),
        Column("channel", label=gettext_lazy("Told by"), accessor="get_channel_display", sort_key="channel"),
        cells.Cell("letter_ended", label=gettext_lazy("Told on"), sort_key="ended_at"),
        Cell("choice", label=gettext_lazy("Answer")),
    ]
    export_headings = {
        "resident": gettext_lazy("resident"),
        "channel": gettext_lazy("told by"),
        "state": gettext_lazy("state"),
        "reason": gettext_lazy("reason"),
        "ended_at": gettext_lazy("told on"),
        "choice": gettext_lazy("answer"),
    }

    def get_index_url(self) -> str:
        return reverse("meetings_desk:invitations", args=[self.meeting.pk])

    def get_index_results_url(self) -> str:
        return reverse("meetings_desk:invitations_results", args=[self.meeting.pk])

    @cached_property
    def choices(self) -> dict[int, str]:
        return reading.choices(self.meeting)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return super().get_filterset_kwargs() | {"choices": self.choices}

    def get_base_queryset(self) -> DeliveryQuerySet:
        return reading.letters(self.meeting).with_recipients()

    def get_table(self, object_list: Iterable[Any]) -> Any:
        for letter in object_list:
            letter.choice = self.choices.get(letter.resident_id)
        return super().get_table(object_list)

    def search_queryset(self, queryset: DeliveryQuerySet) -> DeliveryQuerySet:
        called = Resident.objects.called(self.search_query)
        return queryset.filter(resident__in=called) if self.is_searching else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.results_only or self.is_export:
            return super().get_context_data(**kwargs)
        standing = {
            "progress": progress.of(self.meeting),
            **foretelling.context_of(self.meeting, self.request.user),
            "newcomers": reach.of(announcing.to_tell(meeting=self.meeting)),
            "may_be_told": rsvp.is_open(meeting=self.meeting, now=timezone.now()),
        }
        return super().get_context_data(**kwargs) | standing

    def to_row_dict(self, item: Delivery) -> dict[str, Any]:
        return {
            "resident": str(item.resident),
            "channel": item.get_channel_display(),
            "state": item.get_state_display(),
            "reason": item.reason,
            "ended_at": item.ended_at,
            "choice": dict(Choice.choices).get(self.choices.get(item.resident_id or 0, ""), ""),
        }


class ProgressFragment(OfAMeeting, TemplateView):  # type: ignore[misc]
    """The bar and its figures alone, asked for every two seconds; once all has ended, the whole page again.

    Each time, what it says makes the list below ask for itself again too, with the filters and the page then shown.
    """

    template_name = "meetings/admin/progress.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        standing = progress.of(self.meeting)
        response = self.render_to_response({"progress": standing, "meeting": self.meeting})
        if not standing.is_moving:
            response["HX-Refresh"] = "true"
        return response
