"""Which meetings are there, and how far is each?"""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView

from communities.models import Community, Neighbourhood
from communities.spreadsheets import SafeSpreadsheet
from meetings import permissions, rsvp
from meetings.filtering import PAST, TO_COME
from meetings.models import MeetingKind, MeetingPage, MeetingStatus

from . import reading
from .columns import Cell
from .reading import MeetingsOnTheDesk

NO_DATE, DRAFT = "no-date", "draft"
DRAFT_WORD = _("draft")


class MeetingFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Period, dates, kind, status, who is invited."""

    period = django_filters.ChoiceFilter(
        label=_("Period"),
        method="in_period",
        choices=[(TO_COME, _("to come")), (PAST, _("past")), (NO_DATE, _("no date yet"))],
        empty_label=pgettext_lazy("periods", "all"),
        widget=RadioSelect,
    )
    starts_at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=MeetingKind.choices, widget=CheckboxSelectMultiple
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"),
        method="at_status",
        choices=[(DRAFT, DRAFT_WORD), *MeetingStatus.choices],
        widget=CheckboxSelectMultiple,
    )
    neighbourhoods = django_filters.ModelMultipleChoiceFilter(
        label=_("Neighbourhood"),
        method="inviting",
        queryset=Neighbourhood.objects.all(),
        widget=CheckboxSelectMultiple,
    )
    communities = django_filters.ModelMultipleChoiceFilter(
        label=_("Community"), method="inviting", queryset=Community.objects.all(), widget=CheckboxSelectMultiple
    )

    class Meta:
        model = MeetingPage
        fields: list[str] = []

    def in_period(self, meetings: MeetingsOnTheDesk, name: str, asked: str) -> MeetingsOnTheDesk:
        now = timezone.now()
        if asked == TO_COME:
            return meetings.filter(ends_at__gte=now)
        return meetings.filter(ends_at__lt=now) if asked == PAST else meetings.filter(starts_at__isnull=True)

    def inviting(self, meetings: MeetingsOnTheDesk, name: str, asked: Iterable[Any]) -> MeetingsOnTheDesk:
        wanted = list(asked)
        return meetings.filter(pk__in=MeetingPage.objects.filter(**{f"{name}__in": wanted})) if wanted else meetings

    def at_status(self, meetings: MeetingsOnTheDesk, name: str, asked: list[str]) -> MeetingsOnTheDesk:
        wanted = Q(live=True, status__in=asked) | (Q(live=False) if DRAFT in asked else Q())
        return meetings.filter(wanted) if asked else meetings


class AnswersCell(Cell):
    """How many answered and how many come, with the way to them or to the invitations."""

    def get_cell_context_data(self, instance: MeetingPage, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return super().get_cell_context_data(instance, parent_context) | {
            "is_open": rsvp.is_open(meeting=instance, now=timezone.now()),
            "may_see_answers": permissions.may_see_who_comes(user),
            "may_see_invitations": permissions.may_see_who_is_invited(user),
        }


class MeetingListing(SafeSpreadsheet, IndexView):  # type: ignore[misc]
    """Every meeting, the nearest to come first, in a number of queries that does not grow with them."""

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    table_classname = "listing"
    default_ordering = None
    add_item_label = _("Add a meeting")
    base_columns = [
        PageTitleColumn("title", label=_("Meeting"), sort_key="title", classname="title", width="32%"),
        Cell("when", label=_("When"), sort_key="starts_at", width="17%"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", width="13%"),
        Column("venue", label=_("Venue"), accessor="venue.name", sort_key="venue__name", width="14%"),
        Cell("status", label=_("Status"), sort_key="status", width="11%"),
        AnswersCell("answers", label=_("Answers"), sort_key="coming", width="13%"),
    ]
    export_headings = {
        "title": _("meeting"),
        "kind": _("kind"),
        "starts_at": _("starts"),
        "ends_at": _("ends"),
        "venue": _("venue"),
        "status": _("status"),
        "communities": _("communities invited"),
        "neighbourhoods": _("neighbourhoods invited"),
        "invited": _("residents invited"),
        "answered": _("answers"),
        "coming": _("people coming"),
    }

    def get_base_queryset(self) -> MeetingsOnTheDesk:
        theirs = self.permission_policy.explorable_instances(self.request.user)
        return self.annotate_queryset(reading.meetings().filter(pk__in=theirs.values("pk")))

    def annotate_queryset(self, pages: MeetingsOnTheDesk) -> MeetingsOnTheDesk:
        shown = pages.with_figures().select_related("venue").prefetch_related("sites_rooted_here")
        shown = shown.prefetch_workflow_states().annotate_site_root_state().annotate_approved_schedule()
        return shown.prefetch_related("communities", "neighbourhoods") if self.is_export else shown

    def order_queryset(self, queryset: MeetingsOnTheDesk) -> MeetingsOnTheDesk:
        return super().order_queryset(queryset) if self.ordering else queryset.nearest_first(timezone.now())

    def search_queryset(self, queryset: MeetingsOnTheDesk) -> MeetingsOnTheDesk:
        return queryset.called(self.search_query) if self.is_searching else queryset

    def to_row_dict(self, item: MeetingPage) -> dict[str, Any]:
        same = ("title", "starts_at", "ends_at", "invited", "answered", "coming")
        facts = {name: getattr(item, name) for name in same}
        names = {name: listed(getattr(item, name).all()) for name in ("communities", "neighbourhoods")}
        words = {
            "kind": item.get_kind_display(),
            "venue": item.venue.name if item.venue else "",
            "status": item.get_status_display() if item.live else str(DRAFT_WORD),
        }
        return facts | names | words


def listed(things: Iterable[object]) -> str:
    return ", ".join(map(str, things))
