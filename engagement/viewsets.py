"""What stands under "Fifty-fifty" in the staff's menu, and what of it is settled once, beside it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from .desk.caring.viewsets import StewardshipViewSet
from .desk.conventions.viewsets import ConventionTemplateViewSet, ConventionViewSet
from .desk.days_done.viewsets import DayAccountViewSet, DaysDoneViewSet, InsurerViewSet
from .desk.ideas.viewsets import IdeaViewSet, ThemeViewSet
from .desk.ledger.viewsets import HourRateViewSet, LedgerViewSet, YearMeansViewSet
from .desk.ledger.viewsets import SheetViewSet as HourSheetViewSet
from .desk.projects.viewsets import RecordViewSet
from .desk.story.viewsets import CertificateViewSet, SheetViewSet, TidingsViewSet


class FiftyFiftyGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail is untyped
    """What changes from day to day."""

    menu_label = _("Fifty-fifty")
    menu_name = "fifty-fifty"
    menu_icon = "clipboard-list"
    menu_order = 115
    items = (
        IdeaViewSet,
        RecordViewSet,
        ConventionViewSet,
        LedgerViewSet,
        HourSheetViewSet,
        StewardshipViewSet,
        TidingsViewSet,
        SheetViewSet,
        CertificateViewSet,
        DaysDoneViewSet,
        DayAccountViewSet,
        InsurerViewSet,
    )


class RulesOfTheGameGroup(ViewSetGroup):  # type: ignore[misc]
    """What a town settles once a year or less."""

    menu_label = _("Fifty-fifty: rules")
    menu_name = "fifty-fifty-rules"
    menu_icon = "cogs"
    menu_order = 116
    items = (ConventionTemplateViewSet, YearMeansViewSet, HourRateViewSet, ThemeViewSet)
