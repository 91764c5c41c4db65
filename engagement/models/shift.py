"""Which hands are needed, from when to when?"""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .work_day import WorkDay


class Minors(models.TextChoices):
    """May those under age come?"""

    WITH_ADULT = "with_adult", _("minors with an adult")
    ADULTS_ONLY = "adults_only", _("adults only")


class Standing(models.Manager["Shift"]):
    """Without those that were struck off."""

    def get_queryset(self) -> models.QuerySet["Shift"]:
        return super().get_queryset().filter(struck_at=None)


class Shift(models.Model):
    """A role, its hours on the work day, its places; `minimum` is how few people can do it.

    Hours are the town's clock: a work day that moves to another day takes its shifts along. One that somebody was told
    of is struck off and not deleted, so that their letter and their calendar can say which it was.
    """

    work_day = models.ForeignKey(WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="shifts")
    role = models.CharField(_("what is done"), max_length=80)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    places = models.PositiveSmallIntegerField(_("places"))
    minimum = models.PositiveSmallIntegerField(
        _("at least"), default=0, help_text=_("With fewer people, it cannot be done: a call for help is proposed.")
    )
    skills = models.CharField(
        _("what one must know"), max_length=120, blank=True, help_text=_("Left empty: open to all.")
    )
    minors = models.CharField(_("minors"), max_length=16, choices=Minors.choices, default=Minors.WITH_ADULT)
    struck_at = models.DateTimeField(_("struck off on"), null=True, blank=True, editable=False)

    objects = Standing()
    with_struck: "models.Manager[Shift]" = models.Manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="a_shift_ends_after_it_begins",
                violation_error_message=_("A shift ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, minimum__lte=F("places")),
                name="a_shift_has_places_for_its_minimum",
                violation_error_message=_("There must be at least one place, and as many as the least number."),
            ),
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def starts_at(self) -> dt.datetime | None:
        return self._at(self.begins)

    @property
    def ends_at(self) -> dt.datetime | None:
        return self._at(self.ends)

    @property
    def hours(self) -> float:
        """How long it lasts."""
        day = dt.date.min
        return (dt.datetime.combine(day, self.ends) - dt.datetime.combine(day, self.begins)) / dt.timedelta(hours=1)

    @property
    def takes_minors(self) -> bool:
        return self.minors == Minors.WITH_ADULT

    def _at(self, clock: dt.time) -> dt.datetime | None:
        day = self.work_day.day
        return timezone.make_aware(dt.datetime.combine(day, clock)) if day else None
