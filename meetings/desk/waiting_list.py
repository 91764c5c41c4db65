"""Who waits for a seat, in which order, and to whom is one offered until when?"""

from typing import Any

import django_filters
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities import typography
from communities.models import Resident
from communities.spreadsheets import SafeSpreadsheet
from meetings import permissions
from meetings.models import MeetingPage, WaitingPlace, WaitingState

from .columns import Cell
from .of_a_meeting import OfAMeeting

OFFERED, WAITING, ENDED = range(3)


class WaitingFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By what became of the wait."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=WaitingState.choices, widget=CheckboxSelectMultiple, distinct=False
    )

    class Meta:
        model = WaitingPlace
        fields: list[str] = []


def places(meeting: MeetingPage) -> QuerySet[WaitingPlace]:
    """Offers first, then the line with its `number`, then those who no longer wait, the last ones first."""
    line = WaitingPlace.objects.filter(state=WaitingState.WAITING, invitation__meeting=meeting)
    before = line.filter(asked_at__lte=OuterRef("asked_at")).order_by().values("invitation__meeting")
    number = Coalesce(Subquery(before.annotate(number=Count("pk")).values("number")), 0)
    standing = Case(
        When(state=WaitingState.OFFERED, then=Value(OFFERED)),
        When(state=WaitingState.WAITING, then=Value(WAITING)),
        default=Value(ENDED),
        output_field=IntegerField(),
    )
    theirs = WaitingPlace.objects.filter(invitation__meeting=meeting).select_related("invitation__resident")
    in_line = Case(When(state=WaitingState.WAITING, then=number), output_field=IntegerField())
    return theirs.annotate(number=in_line).order_by(standing, "-ended_at", "asked_at", "pk")


class WaitingList(OfAMeeting, SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """The waiting list in its order."""

    page_title = gettext_lazy("Waiting list")
    template_name = "meetings/admin/waiting_list.html"
    results_template_name = "meetings/admin/waiting_list_results.html"
    filterset_class = WaitingFilterSet
    is_searchable = True
    paginate_by = 50
    addresses = ("phone", "email")
    export_headings = {
        "number": gettext_lazy("number in line"),
        "resident": gettext_lazy("resident"),
        "people": gettext_lazy("people who would come"),
        "state": gettext_lazy("state"),
        "asked_at": gettext_lazy("asked on"),
        "offered_until": gettext_lazy("offered until"),
        "phone": gettext_lazy("telephone"),
        "email": gettext_lazy("e-mail"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("number", label=gettext_lazy("Number")),
            TitleColumn(
                "resident", label=gettext_lazy("Resident"), accessor="invitation.resident", get_url=self.typing_url
            ),
            Column("people", label=gettext_lazy("People"), accessor="people"),
            Cell("waiting_state", label=gettext_lazy("State")),
            Cell("asked", label=gettext_lazy("Asked on")),
            *([Column("phone", label=gettext_lazy("Telephone"), accessor=phone_of)] if self.may_see else []),
        ]

    def typing_url(self, place: WaitingPlace) -> str | None:
        may_write = permissions.may_write_answers_down(self.request.user)
        if place.invitation.resident.erased_at or not may_write:
            return None
        return reverse("meetings_desk:type_in", args=[self.meeting.pk, place.invitation_id])

    def get_index_url(self) -> str:
        return reverse("meetings_desk:waiting_list", args=[self.meeting.pk])

    def get_index_results_url(self) -> str:
        return reverse("meetings_desk:waiting_list_results", args=[self.meeting.pk])

    def get_base_queryset(self) -> QuerySet[WaitingPlace]:
        return places(self.meeting)

    def search_queryset(self, queryset: QuerySet[WaitingPlace]) -> QuerySet[WaitingPlace]:
        found = Resident.objects.called(self.search_query) if self.is_searching else None
        return queryset if found is None else queryset.filter(invitation__resident__in=found)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        resident = item.invitation.resident
        row = {
            "number": item.number,
            "resident": str(resident),
            "people": item.people,
            "state": item.get_state_display(),
            "asked_at": item.asked_at,
            "offered_until": item.offered_until if item.is_offered else None,
            "phone": resident.phone,
            "email": resident.email,
        }
        return {field: row[field] for field in self.list_export}


def phone_of(place: WaitingPlace) -> str:
    return typography.phone(place.invitation.resident.phone)
