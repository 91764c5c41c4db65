"""Did she get it? Every letter to one person, whichever mailing it belongs to, with what became of it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from communities import permissions
from communities.cells import Cell
from communities.models import Delivery, Resident
from communities.models.delivery import DeliveryQuerySet
from communities.models.resident import ResidentQuerySet


def residents_asked_for(words: str, *, by: User | AnonymousUser) -> ResidentQuerySet:
    """By name for everyone; by address and telephone too for whoever may see them."""
    known = Resident.objects.known()
    return known.matching(words) if permissions.may_see_addresses(by) else known.called(words)


class Received(BaseListingView):  # type: ignore[misc]  # Wagtail is untyped
    """A name or an address, then every letter to whoever it is, the latest first; nothing before someone asks."""

    page_title = _("Did they get it?")
    template_name = "communities/admin/received.html"
    results_template_name = "communities/admin/received_results.html"
    header_icon = "search"
    index_url_name = "received:index"
    index_results_url_name = "received:results"
    is_searchable = True
    paginate_by = 50
    verbose_name_plural = _("letters")
    columns: list[BaseColumn] = [
        Cell("recipient", label=_("Addressee"), classname="title", width="20%"),
        TitleColumn(
            "mailing", label=_("Letter"), accessor="mailing", url_name="mailings:inspect", id_accessor="mailing_id"
        ),
        Column("channel", label=_("Told by"), accessor="get_channel_display", width="10%"),
        Cell("letter_state", label=_("State"), width="28%"),
        Cell("letter_ended", label=_("Told on"), width="15%"),
    ]

    def get_base_queryset(self) -> DeliveryQuerySet:
        return Delivery.objects.with_recipients().select_related("mailing").order_by("-pk")

    def search_queryset(self, queryset: DeliveryQuerySet) -> DeliveryQuerySet:
        """Residents first: a list of keys lets PostgreSQL take the index, whatever it believes of the tables."""
        if not self.is_searching:
            return queryset.none()
        found = residents_asked_for(self.search_query, by=self.request.user)
        return queryset.filter(resident__in=list(found.values_list("pk", flat=True)[:500]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page has its own field, which says what may be typed: not Wagtail's in the header as well."""
        may_see = permissions.may_see_addresses(self.request.user)
        return super().get_context_data(**kwargs) | {"may_see": may_see, "search_form": None}
