"""Which pictures may be shown, until when, and which are waiting for a word? The staff's report."""

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from communities.cells import Cell, DayColumn
from communities.models import PictureRights, PictureState
from communities.models.picture_rights import NO_END, PictureRightsQuerySet
from communities.spreadsheets import SafeSpreadsheet


class PictureFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By how they stand today."""

    state = django_filters.ChoiceFilter(label=_("State"), method="in_state", choices=PictureState.choices)

    class Meta:
        model = PictureRights
        fields: list[str] = []

    def in_state(self, found: PictureRightsQuerySet, name: str, asked: str) -> PictureRightsQuerySet:
        return found.in_states([asked], timezone.localdate())


class UntilColumn(DayColumn):
    """The last day; nothing where there is no end, nor once it is withdrawn."""

    def get_value(self, instance: PictureRights) -> str:
        return "" if instance.site_until == NO_END or instance.withdrawn_at else super().get_value(instance)


class PictureList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """Every picture of the site with the state of its rights."""

    model = PictureRights
    page_title = _("Rights to pictures")
    header_icon = "image"
    index_url_name = "picture_rights:index"
    index_results_url_name = "picture_rights:results"
    default_ordering = "image__title"
    is_searchable = True
    search_fields = ["image__title", "credit"]
    filterset_class = PictureFilterSet
    columns = [
        TitleColumn(
            "image",
            label=_("Picture"),
            get_url=lambda rights: reverse("picture_rights:inspect", args=[rights.image_id]),
        ),
        Cell("picture_state", label=_("State")),
        Column("recognisable", label=_("Who is recognised"), accessor="get_recognisable_display"),
        UntilColumn("site_until", label=_("Until")),
    ]
    list_export = ["image", "state", "recognisable", "minors", "credit", "licence", "site_until"]
    paginate_by = 50

    def get_base_queryset(self) -> QuerySet[PictureRights]:
        return PictureRights.objects.select_related("image").standing(timezone.localdate())
