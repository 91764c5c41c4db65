"""Who was really there, and how long?"""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .shift import Shift
from .volunteer import Volunteer
from .work_day import WorkDay


class Attendance(models.Model):
    """What was ticked on the day: a volunteer's presence, or somebody who came unannounced (`given_name`).

    `people` come together, each for `hours`; nobody came when `people` is 0. `key` is made by the page that ticks, so
    that the same press sent twice is one row. Once who came is let go of, `party` still says which rows are of the same
    people, without whose.
    """

    work_day = models.ForeignKey(
        WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="attendances"
    )
    shift = models.ForeignKey(
        Shift, verbose_name=_("shift"), on_delete=models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    volunteer = models.ForeignKey(
        Volunteer,
        verbose_name=_("volunteer"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attendances",
    )
    given_name = models.CharField(_("who"), max_length=80, blank=True)
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    hours = models.DecimalField(_("hours each"), max_digits=4, decimal_places=2, default=Decimal(0))
    party = models.UUIDField(null=True, blank=True, editable=False)
    key = models.UUIDField(_("key"), unique=True, editable=False)
    ticked_at = models.DateTimeField(_("ticked on"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "shift"],
                condition=Q(volunteer__isnull=False),
                nulls_distinct=False,
                name="one_attendance_per_volunteer_and_shift",
            ),
            models.CheckConstraint(condition=Q(hours__gte=0, hours__lte=24), name="a_day_has_twenty_four_hours"),
        ]

    def __str__(self) -> str:
        return self.given_name or str(self.volunteer or _("somebody"))
