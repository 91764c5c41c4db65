"""What stands under "Meetings" in the staff's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from communities.cells import DayColumn
from communities.menus import item_for

from .desk.buttons import MeetingEditView
from .desk.forms import NewVenueForm
from .desk.listing import MeetingFilterSet, MeetingListing
from .desk.venues import ChooseVenue, VenueChooser, VenueFilterSet, VenueListing
from .models import Mandate, MeetingPage, Venue

MENU = "register_meetings_menu_item"


class MeetingViewSet(PageListingViewSet):  # type: ignore[misc]
    """Every meeting on one flat list."""

    model = MeetingPage
    name = "meetings_list"
    url_prefix = "meetings"
    icon = "calendar-alt"
    menu_label = _("Every meeting")
    menu_item_class = item_for(user_has_any_page_permission)
    add_to_admin_menu = False
    index_view_class = MeetingListing
    filterset_class = MeetingFilterSet


class MeetingEditorViewSet(PageViewSet):  # type: ignore[misc]
    """Wagtail's own editor, with the ways to invitations and answers above the form."""

    model = MeetingPage
    edit_view_class = MeetingEditView


class VenueChooserViewSet(SnippetChooserViewSet):  # type: ignore[misc]
    """Choose a venue for a meeting, or write a new one down without leaving the meeting."""

    page_title = _("Choose a venue")
    base_widget_class = VenueChooser
    choose_view_class = ChooseVenue
    creation_form_class = NewVenueForm
    creation_tab_label = _("New venue")
    create_action_label = _("Add this venue")


class VenueViewSet(SnippetViewSet):  # type: ignore[misc]
    """Venues, with what is known of their access."""

    model = Venue
    icon = "home"
    menu_label = _("Venues")
    menu_hook = MENU
    menu_order = 20
    index_view_class = VenueListing
    filterset_class = VenueFilterSet
    chooser_viewset_class = VenueChooserViewSet
    list_per_page = 50
    copy_view_enabled = False


class MandateViewSet(ModelViewSet):  # type: ignore[misc]
    """For how long councils are elected, and how many meetings each wants to hold."""

    model = Mandate
    name = "mandates"
    icon = "calendar"
    menu_label = _("Mandates")
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "__str__",
        DayColumn("starts_on", label=_("From"), sort_key="starts_on"),
        DayColumn("ends_on", label=_("Until"), sort_key="ends_on"),
        Column("meetings_wanted", label=_("Public meetings wanted")),
    ]


class MeetingsGroup(ViewSetGroup):  # type: ignore[misc]
    """The one entry of this room in the menu."""

    menu_label = _("Meetings")
    menu_icon = "calendar-alt"
    menu_order = 100
    submenu_hook = MENU
    items = (MeetingViewSet, MandateViewSet)
