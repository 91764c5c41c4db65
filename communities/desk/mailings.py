"""What was posted, and how far is it? The staff's list of mailings."""

from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities.cells import Cell
from communities.models import Delivery, DeliveryState, Mailing, MailingState, Priority
from communities.models.mailing import MailingQuerySet
from communities.post.kinds import letter_kinds
from communities.spreadsheets import SafeSpreadsheet

from . import progress

ONE, TESTS = "one", "tests"
SECOND_LETTER = Delivery.objects.filter(mailing=OuterRef("pk")).order_by("pk")[1:2]
SENT_TO_ONE = Q(priority=Priority.TRANSACTIONAL, is_test=False) & ~Q(Exists(SECOND_LETTER))
UNDER_WAY, PAUSED, TROUBLED, ENDED = "under-way", "paused", "troubled", "ended"


def letters(*states: DeliveryState) -> Exists:
    return Exists(Delivery.objects.filter(mailing=OuterRef("pk"), state__in=states))


STATES = {
    UNDER_WAY: Q(state=MailingState.OPEN) & Q(letters(DeliveryState.PENDING)),
    PAUSED: Q(state=MailingState.PAUSED),
    TROUBLED: Q(letters(DeliveryState.FAILED))
    | Q(Exists(Delivery.objects.filter(mailing=OuterRef("pk"), bounced_at__isnull=False))),
    ENDED: ~Q(letters(DeliveryState.PENDING)),
}


def kinds() -> list[tuple[str, str]]:
    """Each kind of letter once, by the words for it; several kinds may share them."""
    labels = sorted({str(kind.label) for _name, kind in letter_kinds.items()})
    return [(label, label) for label in labels]


class MailingFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Announcements, unless letters to one person or tests are asked for; by kind, by state, by date."""

    sort = django_filters.ChoiceFilter(
        label=_("Which"),
        method="of_sort",
        choices=[(ONE, _("letters to one person")), (TESTS, _("tests"))],
        empty_label=_("announcements"),
        widget=RadioSelect,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of letter"), method="of_kind", choices=kinds, widget=CheckboxSelectMultiple
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[
            (UNDER_WAY, _("under way")),
            (PAUSED, _("paused")),
            (TROUBLED, _("with failures")),
            (ENDED, _("ended")),
        ],
        widget=CheckboxSelectMultiple,
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Posted on"), widget=DateRangePickerWidget)

    class Meta:
        model = Mailing
        fields: list[str] = []

    def of_sort(self, posted: MailingQuerySet, name: str, asked: str) -> MailingQuerySet:
        return posted.filter(is_test=True) if asked == TESTS else posted.filter(SENT_TO_ONE)

    def of_kind(self, posted: MailingQuerySet, name: str, asked: Sequence[str]) -> MailingQuerySet:
        wanted = [name for name, kind in letter_kinds.items() if str(kind.label) in asked]
        return posted.filter(kind__in=wanted) if asked else posted

    def in_state(self, posted: MailingQuerySet, name: str, asked: Sequence[str]) -> MailingQuerySet:
        wanted = Q()
        for state in asked:
            wanted |= STATES[state]
        return posted.filter(wanted)

    def filter_queryset(self, queryset: MailingQuerySet) -> MailingQuerySet:
        found: MailingQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("sort") else found.exclude(SENT_TO_ONE).filter(is_test=False)


class MailingList(SafeSpreadsheet, BaseListingView):  # type: ignore[misc]
    """Every mailing, the latest first, with how many of its letters stand where; two queries for the figures of all."""

    page_title = _("Every mailing")
    header_icon = "mail"
    index_url_name = "mailings:index"
    index_results_url_name = "mailings:results"
    filterset_class = MailingFilterSet
    is_searchable = True
    search_fields = ["title"]
    paginate_by = 50
    verbose_name_plural = _("mailings")
    columns = [
        TitleColumn("title", label=_("Mailing"), url_name="mailings:inspect", width="32%"),
        Column("kind", label=_("Kind of letter"), accessor=lambda mailing: kind_of(mailing), width="15%"),
        Cell("posted", label=_("Posted on"), width="18%"),
        Cell("how_far", label=_("Letters"), width="20%"),
        Cell("mailing_state", label=_("State"), width="15%"),
    ]
    export_headings = {
        "title": _("mailing"),
        "kind": _("kind of letter"),
        "created_at": _("posted on"),
        "created_by": _("posted by"),
        "total": _("letters"),
        "sent": _("sent"),
        "waiting": _("waiting"),
        "failed": _("failed"),
        "skipped": _("not sent"),
        "bounced": _("came back"),
    }

    def get_base_queryset(self) -> MailingQuerySet:
        return Mailing.objects.select_related("created_by").order_by("-pk")

    def get_table(self, object_list: Iterable[Any]) -> Any:
        figures = progress.of_each(object_list)
        for mailing in object_list:
            mailing.figures = figures[mailing.pk]
        return super().get_table(object_list)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        by = item.created_by.get_full_name() or item.created_by.get_username() if item.created_by else ""
        counts = {name: getattr(item.figures, name) for name in self.list_export[4:]}
        return {"title": item.title, "kind": kind_of(item), "created_at": item.created_at, "created_by": by} | counts


def kind_of(mailing: Mailing) -> str:
    """In words; a kind that no room knows any more keeps none."""
    return str(letter_kinds[mailing.kind].label) if mailing.kind in letter_kinds else ""
