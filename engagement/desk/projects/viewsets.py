"""The desk's addresses about projects: their records, and the list of their public pages."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from communities.permissions import Anyone, may_see_residents
from engagement import permissions
from engagement.listing import ProjectFilterSet, ProjectListing
from engagement.models import Project, ProjectPage

from . import following, listing, project
from .forms import RecordForm, TakeOverForm


class RecordViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Projects, from the commune's support to their end."""

    model = Project
    name = "projects_desk"
    url_prefix = "fifty-fifty"
    icon = "clipboard-list"
    menu_label = _("Projects")
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = listing.RecordList
    add_view_class = project.TakeOverProject
    edit_view_class = project.ChangeProject
    inspect_view_class = project.ShowProject
    inspect_template_name = project.ShowProject.template_name

    def get_form_class(self, for_update: bool = False) -> Any:
        return RecordForm if for_update else TakeOverForm

    def get_urlpatterns(self) -> list[URLPattern]:
        following_projects = user_passes_test(permissions.may_follow_projects)
        seeing, teaming = user_passes_test(permissions.may_see_projects), user_passes_test(may_change_a_team)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/pass/<slug:stage>/", seeing(following.PassProject.as_view()), name="pass"),
            path("<int:pk>/plan/", following_projects(project.PlaceProject.as_view()), name="place"),
            path("<int:pk>/team/", teaming(project.take_in), name="take_in"),
            path("<int:pk>/team/<int:mate>/", teaming(project.change_mate), name="change_mate"),
            path("<int:pk>/team/<int:mate>/leave/", teaming(project.let_mate_go), name="let_mate_go"),
        ]


def may_change_a_team(user: Anyone) -> bool:
    """Whoever takes a resident in sees who that is."""
    return permissions.may_change_teams(user) and may_see_residents(user)


class ProjectViewSet(PageListingViewSet):  # type: ignore[misc]
    """Every project's public page on one flat list, one step from their records."""

    model = ProjectPage
    name = "projects_list"
    url_prefix = "projects"
    icon = "clipboard-list"
    menu_label = _("Projects")
    add_to_admin_menu = False
    index_view_class = ProjectListing
    filterset_class = ProjectFilterSet
