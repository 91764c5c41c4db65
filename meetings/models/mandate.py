"""For how long is a council elected, and how many public meetings does it want to hold?"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Which mandate?"""

    def on(self, day: dt.date) -> "Mandate | None":
        """The one that runs on that day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on").first()


class Mandate(models.Model):
    """Six years, both days included, and a number of public meetings to reach."""

    starts_on = models.DateField(_("from"), unique=True)
    ends_on = models.DateField(_("until"), help_text=_("The last day, the day before the next mandate begins."))
    meetings_wanted = models.PositiveSmallIntegerField(
        _("public meetings wanted"), default=200, help_text=_("Over the whole mandate.")
    )

    objects = MandateQuerySet.as_manager()

    panels = ["starts_on", "ends_on", "meetings_wanted"]

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="a_mandate_ends_after_it_began",
                violation_error_message=_("A mandate ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y}-{self.ends_on:%Y}"

    def clean(self) -> None:
        """Raise ValidationError where two mandates would run on one day."""
        super().clean()
        if self.starts_on and self.ends_on:
            self._refuse_overlap()

    def _refuse_overlap(self) -> None:
        others = Mandate.objects.exclude(pk=self.pk)
        if others.filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).exists():
            raise ValidationError({"starts_on": _("Another mandate runs on some of these days.")}, code="overlap")
