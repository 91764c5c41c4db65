"""What residents were told of a meeting."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.calendars.calendar_files import MeetingFacts

from .meeting import MeetingPage


class Announcement(models.Model):
    """The facts as they were told, and the iCalendar SEQUENCE that carried them (RFC 5546 §2.1.4)."""

    meeting = models.ForeignKey(
        MeetingPage,
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        related_name="announcements",
    )
    sequence = models.PositiveIntegerField(_("sequence"))
    facts = models.JSONField(_("facts"))
    announced_at = models.DateTimeField(_("announced on"))
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("announced by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering: ClassVar[list[str]] = ["meeting", "sequence"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "sequence"],
                name="one_announcement_per_meeting_and_sequence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.sequence})"

    @property
    def told(self) -> MeetingFacts:
        return MeetingFacts.from_json(self.facts)
