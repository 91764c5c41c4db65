"""How do staff choose a project in a form? In Wagtail's window, or by taking over one from before this register."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from communities.models import Neighbourhood
from engagement import permissions, projects
from engagement.desk import reading
from engagement.desk.choosers import OnlyFor, Search
from engagement.models import Project, Stage

EVERY = "every"
"""In the window's address: not only projects without a page."""


class SearchProjects(Search):
    """By title and place."""

    def found(self, objects: Any, words: str) -> Any:
        return reading.projects_called(objects, words)


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


class ProjectChooser(BaseChooser):  # type: ignore[misc]  # Wagtail is untyped
    """The field that opens the window on every project, told on a page or not."""

    model = Project
    icon = "clipboard-list"
    choose_one_text = _("Choose a project")
    choose_another_text = _("Choose another project")
    link_to_chosen_text = _("Open this project")

    def get_instance(self, value: Any) -> Project | None:
        """None for what is no key: it may have been typed in an address."""
        is_known = isinstance(value, Project) or str(value).isdecimal()
        found: Project | None = super().get_instance(value) if is_known else None
        return found

    def get_chooser_modal_url(self) -> str:
        return f"{reverse('project_chooser:choose')}?{EVERY}=1"


class ToChoose(OnlyFor):
    """Projects whose story nobody has begun to tell; for what is no page of theirs, every one."""

    may = staticmethod(permissions.may_see_projects)
    filter_form_class = SearchProjects
    title_column: Column
    request: HttpRequest

    @property
    def columns(self) -> list[Column]:
        stage = Column("stage", label=_("Stage"), accessor="get_stage_display")
        return [self.title_column, stage, Column("neighbourhood", label=_("Neighbourhood"))]

    def get_object_list(self) -> QuerySet[Project]:
        found = reading.projects()
        return found if EVERY in self.request.GET else found.without_page()


class ChooseProject(ToChoose, chooser.ChooseView):  # type: ignore[misc]
    """The window."""


class ChooseProjectResults(ToChoose, chooser.ChooseResultsView):  # type: ignore[misc]
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
    preserve_url_parameters = ["multiple", EVERY]
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
