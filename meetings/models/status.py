"""What can be said of a meeting in one word?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """What sort of gathering it is."""

    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood meeting")
    THEMATIC = "thematic", _("public meeting on a theme")
    WORKSHOP = "workshop", _("workshop")
    WORK_DAY = "work_day", _("work day")
    WALK = "walk", _("walk")
    DROP_IN = "drop_in", _("drop-in desk")
    STEERING = "steering", _("steering committee open to all")
    REPORT_BACK = "report_back", _("report-back")
    INAUGURATION = "inauguration", _("inauguration")


class ParticipationLevel(models.TextChoices):
    """How far residents decide; always shown."""

    INFORM = "inform", _("inform")
    CONSULT = "consult", _("consult")
    CONCERT = "concert", _("concert together")
    CO_BUILD = "co_build", _("co-build")
    CARRY_OUT = "carry_out", _("carry out")


class MeetingStatus(models.TextChoices):
    """What residents should believe of a meeting."""

    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    HELD = "held", _("held")

    @classmethod
    def standing(cls) -> list["MeetingStatus"]:
        """Statuses of a meeting that is to take place."""
        return [cls.PLANNED, cls.CONFIRMED]

    @classmethod
    def called_off(cls) -> list["MeetingStatus"]:
        """Statuses of a meeting that does not take place as it was announced, which says why."""
        return [cls.POSTPONED, cls.CANCELLED]

    @classmethod
    def in_the_diary(cls) -> list["MeetingStatus"]:
        """Statuses of a meeting that takes place or took place."""
        return [*cls.standing(), cls.HELD]
