"""The desk's addresses about ideas, and about the themes that sort them."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from communities.desk.communities import DeleteUnlessNeeded
from communities.spreadsheets import SafeSpreadsheet
from engagement import permissions
from engagement.models import Idea, Theme

from . import board, deciding, files, idea, listing
from .forms import RewordForm, TypedIdeaForm


class IdeaViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Ideas, from the day the town hall received them."""

    model = Idea
    name = "ideas_desk"
    url_prefix = "ideas"
    icon = "comment"
    menu_label = _("Ideas")
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = listing.IdeaList
    index_template_name = listing.IdeaList.template_name
    add_view_class = idea.TypeInIdea
    edit_view_class = idea.RewordIdea
    inspect_view_class = idea.ShowIdea
    inspect_template_name = idea.ShowIdea.template_name

    def get_form_class(self, for_update: bool = False) -> Any:
        return RewordForm if for_update else TypedIdeaForm

    @cached_property
    def menu_url(self) -> str:
        """The board, at a glance; the list is one step away."""
        return reverse("ideas_desk:board")

    def get_urlpatterns(self) -> list[URLPattern]:
        seeing = user_passes_test(permissions.may_see_ideas)
        examining = user_passes_test(permissions.may_examine_ideas)
        return [
            *super().get_urlpatterns(),
            path("board/", seeing(board.IdeaBoard.as_view()), name="board"),
            path("<int:pk>/pass/<slug:stage>/", seeing(deciding.PassIdea.as_view()), name="pass"),
            path("<int:pk>/examination/", examining(idea.examine), name="examine"),
            path("<int:pk>/note/", examining(idea.note), name="note"),
            path("<int:pk>/public/", examining(idea.show), name="show"),
            path("<int:pk>/pictures/", examining(idea.pictures), name="pictures"),
            path("<int:pk>/pictures/add/", examining(idea.add_pictures), name="add_pictures"),
            path("<int:pk>/plan/", examining(idea.PlaceIdea.as_view()), name="place"),
            path("pictures/<int:pk>/", seeing(files.picture), name="picture"),
        ]


class ThemeList(SafeSpreadsheet, generic.IndexView):  # type: ignore[misc]
    """What projects are about."""

    is_searchable = True
    search_fields = ["name"]
    list_display = ["name"]
    export_headings = {"name": _("name"), "slug": _("address on the site")}


class ThemeViewSet(ModelViewSet):  # type: ignore[misc]
    """Nature in town, energy, mutual aid..."""

    model = Theme
    name = "themes"
    icon = "tag"
    list_per_page = 50
    copy_view_enabled = False
    index_view_class = ThemeList
    delete_view_class = DeleteUnlessNeeded
    panels = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug")]
