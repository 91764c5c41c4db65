"""What would help someone come?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .invitation import Invitation


class Help(models.TextChoices):
    """What the town hall can do about it."""

    LIFT = "lift", _("that someone fetches me")
    HEARING_LOOP = "hearing_loop", _("a hearing loop")
    SIGN_LANGUAGE = "sign_language", _("a sign language interpreter")
    CHILDCARE = "childcare", _("someone who minds my children")


class HelpAsked(models.Model):
    """What one invited person said would help them come; it may tell of their health, and goes after the meeting."""

    invitation = models.OneToOneField(
        Invitation, verbose_name=_("invitation"), on_delete=models.CASCADE, related_name="help_asked"
    )
    kinds = ArrayField(models.CharField(max_length=16, choices=Help.choices), verbose_name=_("what would help"))
    asked_at = models.DateTimeField(_("asked on"))

    class Meta:
        verbose_name = _("help asked for")
        verbose_name_plural = _("help asked for")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(kinds=[]), name="whoever_asks_for_help_says_which")
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {', '.join(self.labels)}"

    @property
    def labels(self) -> list[str]:
        """In the order in which they are offered."""
        return [str(kind.label) for kind in Help if kind in self.kinds]
