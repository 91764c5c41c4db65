"""Which projects are there, and where does each stand? The records behind the public pages."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from communities.models import Neighbourhood
from communities.spreadsheets import SafeSpreadsheet
from engagement.desk import reading
from engagement.desk.columns import Cell, liaison_of, officer_of, yes_or_no
from engagement.desk.staff_field import named
from engagement.examining import people
from engagement.models import Project, Stage, Theme
from engagement.models.project import ProjectQuerySet

WITH_PAGE, WITHOUT_PAGE = "with", "without"


class RecordFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Stage, neighbourhood, theme, officer, liaison, with or without a page."""

    stage = django_filters.MultipleChoiceFilter(label=_("Stage"), choices=Stage.choices, widget=CheckboxSelectMultiple)
    neighbourhood = django_filters.ModelMultipleChoiceFilter(
        label=_("Neighbourhood"), queryset=Neighbourhood.objects.all(), widget=CheckboxSelectMultiple
    )
    theme = django_filters.ModelMultipleChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), widget=CheckboxSelectMultiple
    )
    officer = django_filters.ChoiceFilter(label=_("Officer"), choices=lambda: named(people.officers()))
    liaison = django_filters.ChoiceFilter(label=_("Elected liaison"), choices=lambda: named(people.liaisons()))
    told = django_filters.ChoiceFilter(
        label=_("Page"), method="told_of", choices=[(WITH_PAGE, _("with a page")), (WITHOUT_PAGE, _("without a page"))]
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def told_of(self, projects: ProjectQuerySet, name: str, asked: str) -> ProjectQuerySet:
        return projects.filter(page__isnull=asked == WITHOUT_PAGE)


class RecordList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """Every project by title, in a number of queries that does not grow with them."""

    page_title = _("Projects")
    is_searchable = True
    filterset_class = RecordFilterSet
    default_ordering = "title"
    add_item_label = _("Take over a project from before")
    list_display = [
        "title",
        Column("stage", label=_("Stage"), accessor="get_stage_display", sort_key="stage", width="16%"),
        Column("neighbourhood", label=_("Neighbourhood"), sort_key="neighbourhood__folded", width="14%"),
        Column("theme", label=_("Theme"), sort_key="theme__name", width="14%"),
        Column("officer", label=_("Officer"), accessor=officer_of, sort_key="officer__last_name", width="12%"),
        Cell("record_page", label=_("Page"), width="12%"),
    ]
    export_headings = {
        "title": _("project"),
        "stage": _("stage"),
        "neighbourhood": _("neighbourhood"),
        "theme": _("theme"),
        "place": _("where"),
        "level": _("level of participation"),
        "community": _("community"),
        "officer": _("officer"),
        "liaison": _("elected liaison"),
        "created_at": _("since"),
        "started_on": _("work began on"),
        "delivered_on": _("delivered on"),
        "closed_on": _("ended on"),
        "is_from_before": _("from before this register"),
    }

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """And their public pages, as Wagtail lists them."""
        pages = HeaderButton(_("Public pages"), url=reverse("projects_list:index"), icon_name="doc-full")
        return [pages, *super().header_buttons]

    def get_edit_url(self, instance: Project) -> str | None:
        """A title leads to the whole record; its facts are changed from there."""
        return None

    def get_base_queryset(self) -> ProjectQuerySet:
        return reading.projects()

    def search_queryset(self, queryset: ProjectQuerySet) -> ProjectQuerySet:
        return reading.projects_called(queryset, self.search_query) if self.is_searching else queryset

    def to_row_dict(self, item: Project) -> dict[str, Any]:
        same = ("title", "place", "created_at", "started_on", "delivered_on", "closed_on")
        return {
            **{name: getattr(item, name) for name in same},
            **{name: str(getattr(item, name) or "") for name in ("neighbourhood", "theme", "community")},
            "stage": item.get_stage_display(),
            "level": item.get_level_display(),
            "officer": officer_of(item),
            "liaison": liaison_of(item),
            "is_from_before": yes_or_no(item.is_from_before),
        }
