"""Which dates of a convention were both sides told of?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .convention import Convention


class NoticeKind(models.TextChoices):
    """What is about to come."""

    ENDS_SOON = "ends_soon", _("it ends in three months")
    ENDS_NOW = "ends_now", _("it ends in a month")
    RENEWS = "renews", _("it goes on by itself")
    REVIEW = "review", _("a day to look at it together")


class ConventionNotice(models.Model):
    """Both sides were told of a day: once for each kind and day, however often the clock asks."""

    convention = models.ForeignKey(
        Convention, verbose_name=_("convention"), on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=NoticeKind.choices)
    about_on = models.DateField(_("the day"))
    posted_at = models.DateTimeField(_("told on"))

    class Meta:
        verbose_name = _("notice about a convention")
        verbose_name_plural = _("notices about conventions")
        ordering = ["-posted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "kind", "about_on"], name="a_day_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.convention.number}: {self.get_kind_display()}, {self.about_on}"
