"""What do the two sides bring, and how is it counted?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Whose half."""

    RESIDENTS = "residents", _("residents")
    COMMUNE = "commune", _("commune")


class ContributionKind(models.TextChoices):
    """What is brought. Hours are the fact; their euros, a convention. Time spent in meetings does not count."""

    MONEY = "money", _("money")
    MATERIALS = "materials", _("materials")
    EQUIPMENT = "equipment", _("equipment lent")
    TECHNICAL = "technical", _("technical hours")
    HANDS = "hands", _("hands")
    MAINTENANCE = "maintenance", _("maintenance")

    @classmethod
    def in_hours(cls) -> list["ContributionKind"]:
        """Those counted in hours, worth a rate."""
        return [cls.TECHNICAL, cls.HANDS, cls.MAINTENANCE]

    @classmethod
    def paid_for(cls) -> list["ContributionKind"]:
        """Those that cost the commune money when it brings them: money itself, and the materials it buys."""
        return [cls.MONEY, cls.MATERIALS]

    @property
    def is_in_hours(self) -> bool:
        return self in ContributionKind.in_hours()

    @property
    def is_money(self) -> bool:
        return self is ContributionKind.MONEY
