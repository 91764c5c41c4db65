"""Which venues are there, and can everybody get in?"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from communities.spreadsheets import SafeSpreadsheet
from meetings.models import Venue

from .columns import Cell


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
    export_filename = "venues"
