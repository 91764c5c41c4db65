"""How do staff choose an idea or a project in a form? In Wagtail's windows, with their words found without accents."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from communities.models import Neighbourhood
from communities.permissions import Anyone
from engagement import permissions, projects
from engagement.examining.deciding import alive
from engagement.models import Idea, Project, Stage

from . import reading


class OnlyFor:
    """A window for those who may see what it lists."""

    may: Callable[[Anyone], bool]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not type(self).may(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # Wagtail's view
        return response


class Search(SearchFilterMixin, BaseFilterForm):  # type: ignore[misc]  # Wagtail is untyped
    """Words looked for in a window."""

    def filter(self, objects: Any) -> Any:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return self.found(objects, self.search_query) if self.is_searching else objects

    def found(self, objects: Any, words: str) -> Any:
        raise NotImplementedError


class SearchIdeas(Search):
    """By what an idea says."""

    def found(self, objects: Any, words: str) -> Any:
        return reading.called(objects, words, may_see_names=False)


class SearchProjects(Search):
    """By title and place."""

    def found(self, objects: Any, words: str) -> Any:
        return reading.projects_called(objects, words)


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


class FromBeforeForm(forms.ModelForm):
    """The least one must know of a project from before this register."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, initial=Stage.UNDER_WAY)
    neighbourhood = forms.ModelChoiceField(
        label=_("Neighbourhood"), queryset=Neighbourhood.objects.all(), required=False
    )

    class Meta:
        model = Project
        fields = ["title", "stage", "neighbourhood"]

    def _post_clean(self) -> None:
        """Nothing is saved by this form: the rule makes the project."""


class WithoutPage(OnlyFor):
    """Projects whose story nobody has begun to tell."""

    may = staticmethod(permissions.may_see_projects)
    filter_form_class = SearchProjects
    title_column: Column

    @property
    def columns(self) -> list[Column]:
        stage = Column("stage", label=_("Stage"), accessor="get_stage_display")
        return [self.title_column, stage, Column("neighbourhood", label=_("Neighbourhood"))]

    def get_object_list(self) -> QuerySet[Project]:
        return reading.projects().without_page()


class ChooseProject(WithoutPage, chooser.ChooseView):  # type: ignore[misc]
    """The window."""


class ChooseProjectResults(WithoutPage, chooser.ChooseResultsView):  # type: ignore[misc]
    """What it lists."""


class ChosenProject(OnlyFor, chooser.ChosenView):  # type: ignore[misc]
    """One of those."""

    may = staticmethod(permissions.may_see_projects)


class SeveralProjects(OnlyFor, chooser.ChosenMultipleView):  # type: ignore[misc]
    """Several of them."""

    may = staticmethod(permissions.may_see_projects)


class TakeOver(OnlyFor, chooser.CreateView):  # type: ignore[misc]
    """Write a project from before this register down without leaving its page."""

    may = staticmethod(permissions.may_take_over_projects)

    def save_form(self, form: FromBeforeForm) -> Project:
        said = form.cleaned_data
        return projects.take_over(
            title=said["title"],
            stage=Stage(said["stage"]),
            neighbourhood=said["neighbourhood"],
            by=self.request.user,
            now=timezone.now(),
        )


class ProjectChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    """Choose the project that a page tells of."""

    model = Project
    icon = "clipboard-list"
    page_title = _("Choose a project")
    choose_one_text = _("Choose a project")
    choose_another_text = _("Choose another project")
    edit_item_text = _("Change its record")
    creation_form_class = FromBeforeForm
    creation_tab_label = _("A project from before")
    create_action_label = _("Take this project over")
    choose_view_class = ChooseProject
    choose_results_view_class = ChooseProjectResults
    chosen_view_class = ChosenProject
    chosen_multiple_view_class = SeveralProjects
    create_view_class = TakeOver
