"""What calendar programs said about an invitation, word for word: what counted, and what did not."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .invitation import Invitation


class ReplyEffect(models.TextChoices):
    """What one reply did."""

    COUNTED = "counted", _("counted")
    STALE = "stale", _("for an earlier date or place")
    OLDER = "older", _("a later answer was there already")
    FULL = "full", _("every seat was taken")
    WAITS = "waits", _("on the waiting list")
    LATE = "late", _("the meeting takes no more answers")
    NOTED = "noted", _("noted for the town hall")


class CalendarReply(models.Model):
    """One REPLY or COUNTER (RFC 5546 §3.2.3, §3.2.7). A second arrival of it is the same row."""

    invitation = models.ForeignKey(
        Invitation,
        verbose_name=_("invitation"),
        on_delete=models.CASCADE,
        related_name="calendar_replies",
    )
    method = models.CharField(max_length=16)
    sequence = models.PositiveIntegerField(_("sequence"))
    dtstamp = models.DateTimeField(_("written by the calendar program on"), null=True, blank=True)
    partstat = models.CharField(max_length=16)
    guests = models.PositiveSmallIntegerField(_("people they bring"), default=0)
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    proposed_start = models.DateTimeField(_("other time proposed"), null=True, blank=True)
    effect = models.CharField(_("what it did"), max_length=8, choices=ReplyEffect.choices)
    received_at = models.DateTimeField(_("received on"))

    class Meta:
        verbose_name = _("reply of a calendar program")
        verbose_name_plural = _("replies of calendar programs")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invitation", "method", "dtstamp", "partstat", "sequence"],
                nulls_distinct=False,
                name="a_calendar_reply_counts_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.partstat}"
