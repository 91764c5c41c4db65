"""What stands under "Fifty-fifty" in the staff's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from .desk.ideas_viewsets import IdeaViewSet, ThemeViewSet
from .desk.ledger_viewsets import HourRateViewSet, LedgerViewSet, SheetViewSet, YearMeansViewSet
from .desk.projects_viewsets import RecordViewSet


class FiftyFiftyGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail is untyped
    """The one entry of this room in the menu."""

    menu_label = _("Fifty-fifty")
    menu_name = "fifty-fifty"
    menu_icon = "clipboard-list"
    menu_order = 115
    items = (
        IdeaViewSet,
        RecordViewSet,
        LedgerViewSet,
        SheetViewSet,
        YearMeansViewSet,
        HourRateViewSet,
        ThemeViewSet,
    )
