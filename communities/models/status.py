"""Where may a mailing and each of its letters stand, and who overtakes whom?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailingState(models.TextChoices):
    """Whether the post may take letters of a mailing."""

    OPEN = "open", _("under way")
    PAUSED = "paused", _("paused")


class DeliveryState(models.TextChoices):
    """Where one letter stands."""

    PENDING = "pending", _("waiting")
    HELD = "held", _("kept for the weekly letter")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    SKIPPED = "skipped", _("not sent")

    @classmethod
    def untold(cls) -> list["DeliveryState"]:
        """States in which the resident does not know yet, and will."""
        return [cls.PENDING, cls.HELD]

    @classmethod
    def ended(cls) -> list["DeliveryState"]:
        """States that the post itself never changes again; a person may ask for another attempt at what failed."""
        return [cls.SENT, cls.FAILED, cls.SKIPPED]


class Priority(models.IntegerChoices):
    """Who overtakes whom in the post; the lower leaves first."""

    TRANSACTIONAL = 0, _("answers to something a person just did")
    BULK = 10, _("announcements")
