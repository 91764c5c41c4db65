"""Which reminders were posted, of which start?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .invitation import Invitation


class ReminderKind(models.TextChoices):
    """What a letter before the meeting is for."""

    EVE = "eve", _("the day before, to those who come")
    NUDGE = "nudge", _("a week before, to those who have not answered")


class Reminder(models.Model):
    """One letter before a meeting that starts at `starts_at`: a meeting that moves has a start without a reminder."""

    invitation = models.ForeignKey(
        Invitation, verbose_name=_("invitation"), on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(_("reminder"), max_length=8, choices=ReminderKind.choices)
    starts_at = models.DateTimeField(_("starts"))
    posted_at = models.DateTimeField(_("posted on"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invitation", "kind", "starts_at"], name="one_reminder_per_invitation_kind_and_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_kind_display()}"
