"""Which ideas did the town hall receive, and how far is each? The staff's list."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from communities.models import Neighbourhood
from communities.permissions import may_see_residents
from communities.spreadsheets import SafeSpreadsheet
from engagement.desk import reading
from engagement.desk.columns import IdeaCell, liaison_of, officer_of, yes_or_no
from engagement.desk.staff_field import named
from engagement.examining import people
from engagement.models import Idea, IdeaStage, Theme
from engagement.models.idea import IdeaQuerySet

OVERDUE, PUBLIC, PRIVATE = "overdue", "public", "private"
SUBMITTED = [choice for choice in IdeaStage.choices if choice[0] != IdeaStage.DRAFT]


class IdeaFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Stage, overdue answers, neighbourhood, officer, theme, public or not."""

    stage = django_filters.MultipleChoiceFilter(label=_("Stage"), choices=SUBMITTED, widget=CheckboxSelectMultiple)
    answer = django_filters.ChoiceFilter(label=_("Answer"), method="in_time", choices=[(OVERDUE, _("overdue"))])
    neighbourhood = django_filters.ModelMultipleChoiceFilter(
        label=_("Neighbourhood"), queryset=Neighbourhood.objects.all(), widget=CheckboxSelectMultiple
    )
    officer = django_filters.ChoiceFilter(label=_("Officer"), choices=lambda: named(people.officers()))
    theme = django_filters.ModelMultipleChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), widget=CheckboxSelectMultiple
    )
    shown = django_filters.ChoiceFilter(
        label=_("On the site"), method="on_the_site", choices=[(PUBLIC, _("public")), (PRIVATE, _("not public"))]
    )

    class Meta:
        model = Idea
        fields: list[str] = []

    def in_time(self, ideas: IdeaQuerySet, name: str, asked: str) -> IdeaQuerySet:
        return ideas.overdue(timezone.localdate())

    def on_the_site(self, ideas: IdeaQuerySet, name: str, asked: str) -> IdeaQuerySet:
        return ideas.filter(public_at__isnull=asked == PRIVATE)


class IdeaList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """The latest first, in a number of queries that does not grow with them."""

    template_name = "engagement/admin/ideas.html"
    is_searchable = True
    filterset_class = IdeaFilterSet
    default_ordering = "-received_at"
    add_item_label = _("Type in an idea")
    list_display = [
        "title",
        IdeaCell("idea_stage", label=_("Stage"), sort_key="stage", width="14%"),
        IdeaCell("idea_answer", label=_("Answer due"), sort_key="answer_due_on", width="14%"),
        IdeaCell("idea_holder", label=_("Proposed by"), width="14%"),
        Column("neighbourhood", label=_("Neighbourhood"), sort_key="neighbourhood__folded", width="12%"),
        Column("officer", label=_("Officer"), accessor=officer_of, sort_key="officer__last_name", width="10%"),
        NumberColumn("support_count", label=_("Supports"), sort_key="support_count"),
    ]
    addresses = ("holder", "email", "phone")
    export_headings = {
        "title": _("idea"),
        "stage": _("stage"),
        "received_at": _("received on"),
        "answer_due_on": _("answer due on"),
        "decided_at": _("answered on"),
        "is_overdue": _("overdue"),
        "kind": _("who proposes"),
        "organisation": _("name of the group, association or school"),
        "holder": _("who speaks for it"),
        "email": _("e-mail"),
        "phone": _("telephone"),
        "place": _("where"),
        "neighbourhood": _("neighbourhood"),
        "theme": _("theme"),
        "officer": _("officer"),
        "liaison": _("elected liaison"),
        "supports": _("supports"),
        "is_public": _("public"),
    }

    @cached_property
    def columns(self) -> list[Any]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="idea"), *super().columns]

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(
            field_name, *args, get_title_id=lambda idea: f"idea_{idea.pk}_title", width="26%", **kwargs
        )

    def get_edit_url(self, instance: Idea) -> str | None:
        """A title leads to the whole idea; its words are changed from there."""
        return None

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        board = HeaderButton(_("Board"), url=reverse("ideas_desk:board"), icon_name="grip")
        return [board, *super().header_buttons]

    def get_base_queryset(self) -> IdeaQuerySet:
        return reading.ideas()

    def search_queryset(self, queryset: IdeaQuerySet) -> IdeaQuerySet:
        if not self.is_searching:
            return queryset
        return reading.called(queryset, self.search_query, may_see_names=may_see_residents(self.request.user))

    def to_row_dict(self, item: Idea) -> dict[str, Any]:
        same = ("title", "received_at", "answer_due_on", "decided_at", "organisation", "place")
        row = {
            **{name: getattr(item, name) for name in same},
            "stage": item.get_stage_display(),
            "kind": item.get_kind_display(),
            "is_overdue": yes_or_no(item.is_overdue(timezone.localdate())),
            "holder": str(item.resident),
            "email": item.resident.email,
            "phone": item.resident.phone,
            "neighbourhood": str(item.neighbourhood or ""),
            "theme": str(item.theme or ""),
            "officer": officer_of(item),
            "liaison": liaison_of(item),
            "supports": item.support_count,  # type: ignore[attr-defined]  # annotated
            "is_public": yes_or_no(item.is_public),
        }
        return {field: row[field] for field in self.list_export}
