"""Which venues are there, and can everybody get in?"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseView
from wagtail.snippets.views.snippets import IndexView
from wagtail.snippets.widgets import AdminSnippetChooser

from communities.spreadsheets import SafeSpreadsheet
from meetings.models import Venue

from .columns import Cell


class VenueChooser(AdminSnippetChooser):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's chooser, whose own sentences take any noun and so fit none in French."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_one_text = _("Choose a venue")
        self.choose_another_text = _("Choose another venue")
        self.link_to_chosen_text = _("Edit this venue")


class ChooseVenue(ChooseView):  # type: ignore[misc]
    """Wagtail's window, without the noun after its title."""

    page_subtitle = ""


class VenueFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """By what a person needs to get in."""

    class Meta:
        model = Venue
        fields = Venue.ACCESS_FIELDS


class VenueListing(SafeSpreadsheet, IndexView):  # type: ignore[misc]
    """Name, address, seats and access of each."""

    add_item_label = _("Add a venue")
    list_display = [
        "name",
        Column("address", label=_("Address")),
        Column("capacity", label=_("Seats"), sort_key="capacity"),
        Cell("access", label=_("Access"), width="35%"),
    ]
    list_export = ["name", "street", "postcode", "city", "capacity", *Venue.ACCESS_FIELDS, "access_note"]
