"""Which projects are there, and where does each stand?"""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView

from communities import folding
from communities.models import Community, Neighbourhood
from communities.spreadsheets import SafeSpreadsheet

from .models import ProjectPage, Stage


class ProjectFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Stage, neighbourhood and community."""

    stage = django_filters.MultipleChoiceFilter(
        field_name="project__stage", label=_("Stage"), choices=Stage.choices, widget=CheckboxSelectMultiple
    )
    neighbourhood = django_filters.ModelMultipleChoiceFilter(
        field_name="project__neighbourhood",
        label=_("Neighbourhood"),
        queryset=Neighbourhood.objects.all(),
        widget=CheckboxSelectMultiple,
    )
    community = django_filters.ModelMultipleChoiceFilter(
        field_name="project__community",
        label=_("Community"),
        queryset=Community.objects.all(),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = ProjectPage
        fields: list[str] = []


class ProjectListing(SafeSpreadsheet, IndexView):  # type: ignore[misc]
    """Every project by title, in a number of queries that does not grow with them."""

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    table_classname = "listing"
    default_ordering = "title"
    add_item_label = _("Add a project")
    base_columns = [
        PageTitleColumn("title", label=_("Project"), sort_key="title", classname="title"),
        Column("stage", label=_("Stage"), accessor="project.get_stage_display", sort_key="project__stage", width="16%"),
        Column(
            "neighbourhood",
            label=_("Neighbourhood"),
            accessor="project.neighbourhood",
            sort_key="project__neighbourhood__name",
            width="16%",
        ),
        Column("community", label=_("Community"), accessor="project.community.name", width="20%"),
        DateColumn("last_published_at", label=_("Published"), sort_key="last_published_at", width="12%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
    ]

    export_headings = {
        "title": _("project"),
        "stage": _("stage"),
        "neighbourhood": _("neighbourhood"),
        "community": _("community"),
        "is_published": _("published"),
        "last_published_at": _("last published on"),
    }
    list_export = list(export_headings)

    def to_row_dict(self, item: ProjectPage) -> dict[str, Any]:
        project = item.project
        return {
            "title": item.title,
            "stage": project.get_stage_display() if project else "",
            "neighbourhood": str((project and project.neighbourhood) or ""),
            "community": str((project and project.community) or ""),
            "is_published": str(_("yes") if item.live else _("no")),
            "last_published_at": item.last_published_at,
        }

    def annotate_queryset(self, pages: Any) -> Any:
        """Wagtail's own, without asking for each project again: they are projects already."""
        shown = pages.defer_streamfields().select_related("project__neighbourhood", "project__community")
        shown = shown.prefetch_related("sites_rooted_here").prefetch_workflow_states()
        return shown.annotate_site_root_state().annotate_approved_schedule()

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Titles and texts, accents or not; the filters still hold."""
        if not self.is_searching:
            return queryset
        words = folding.words(self.search_query)
        found = ProjectPage.objects.only("pk").autocomplete(words, order_by_relevance=False)
        return queryset.filter(pk__in=[page.pk for page in found])
