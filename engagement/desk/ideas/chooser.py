"""How do staff choose an idea in a form? In Wagtail's window, with its words found without accents."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from engagement import permissions
from engagement.desk import reading
from engagement.desk.choosers import OnlyFor, Search
from engagement.examining.deciding import alive
from engagement.models import Idea


class SearchIdeas(Search):
    """By what an idea says."""

    def found(self, objects: Any, words: str) -> Any:
        return reading.called(objects, words, may_see_names=False)


class IdeasAlive(OnlyFor):
    """Ideas that can take another in."""

    may = staticmethod(permissions.may_see_ideas)
    filter_form_class = SearchIdeas
    title_column: Column

    @property
    def columns(self) -> list[Column]:
        stage = Column("stage", label=_("Stage"), accessor="get_stage_display")
        return [self.title_column, stage, Column("neighbourhood", label=_("Neighbourhood"))]

    def get_object_list(self) -> QuerySet[Idea]:
        return reading.ideas().filter(stage__in=alive())


class ChooseIdea(IdeasAlive, chooser.ChooseView):  # type: ignore[misc]
    """The window."""


class ChooseIdeaResults(IdeasAlive, chooser.ChooseResultsView):  # type: ignore[misc]
    """What it lists."""


class ChosenIdea(OnlyFor, chooser.ChosenView):  # type: ignore[misc]
    """One of those."""

    may = staticmethod(permissions.may_see_ideas)

    def get_object(self, pk: str) -> Idea:
        return Idea.objects.submitted().get(pk=pk)


class SeveralIdeas(OnlyFor, chooser.ChosenMultipleView):  # type: ignore[misc]
    """Several of them."""

    may = staticmethod(permissions.may_see_ideas)

    def get_objects(self, pks: list[str]) -> QuerySet[Idea]:
        return Idea.objects.submitted().filter(pk__in=pks)


class NoNewIdea(OnlyFor, chooser.CreateView):  # type: ignore[misc]
    """An idea is proposed by a resident: nobody makes one up in a window."""

    may = staticmethod(lambda user: False)


class IdeaChooser(BaseChooser):  # type: ignore[misc]
    """The field that opens the window."""

    model = Idea
    icon = "comment"
    choose_one_text = _("Choose an idea")
    choose_another_text = _("Choose another idea")
    link_to_chosen_text = _("Open this idea")
    chooser_modal_url_name = "idea_chooser:choose"


class IdeaChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    """Choose the twin of an idea."""

    model = Idea
    icon = "comment"
    page_title = _("Choose an idea")
    register_widget = False
    choose_view_class = ChooseIdea
    choose_results_view_class = ChooseIdeaResults
    chosen_view_class = ChosenIdea
    chosen_multiple_view_class = SeveralIdeas
    create_view_class = NoNewIdea
