"""What stands under "Projects" in the staff's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from meetings.viewsets import PagesMenuItem

from .desk.story_viewsets import CertificateViewSet, SheetViewSet, TidingsViewSet
from .listing import ProjectFilterSet, ProjectListing
from .models import ProjectPage


class ProjectViewSet(PageListingViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Every project on one flat list."""

    model = ProjectPage
    name = "projects_list"
    url_prefix = "projects"
    icon = "clipboard-list"
    menu_label = _("Projects")
    menu_order = 120
    menu_item_class = PagesMenuItem
    add_to_admin_menu = True
    index_view_class = ProjectListing
    filterset_class = ProjectFilterSet


class FiftyFiftyGroup(ViewSetGroup):  # type: ignore[misc]
    """The one entry of this room in the menu."""

    menu_label = _("Fifty-fifty")
    menu_icon = "clipboard-list"
    menu_order = 115
    items = (TidingsViewSet, SheetViewSet, CertificateViewSet)
