"""Which kinds of letters does a resident want no more of, whatever they are about?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .consent import Origin
from .resident import Resident


class Topic(models.TextChoices):
    """Kinds of letters, as residents tell them apart; each is a list of its own in a mail program (RFC 2919)."""

    INVITATIONS = "invitations", _("invitations to meetings")
    REMINDERS = "reminders", _("reminders before a meeting")
    MINUTES = "minutes", _("what came of meetings")
    CALLS = "calls", _("calls for a helping hand")
    NEIGHBOURS = "neighbours", _("invitations of neighbours to a community")
    NEWS = "news", _("other letters of the town hall")


class MutedTopic(models.Model):
    """One kind of letters that one resident wants no more of; hearing of it again removes the row."""

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="muted_topics"
    )
    topic = models.CharField(_("kind of letters"), max_length=16, choices=Topic.choices)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices)
    muted_at = models.DateTimeField(_("on"))

    class Meta:
        verbose_name = _("kind of letters not wanted")
        verbose_name_plural = _("kinds of letters not wanted")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "resident"], name="a_resident_mutes_a_kind_of_letters_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident}: {self.get_topic_display()}"
