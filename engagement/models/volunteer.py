"""Who comes to a work day, for which shifts, with what?"""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from communities.models import Resident, SignUp
from meetings.models import AnswerChannel

from .need import Need, amount
from .shift import Shift
from .work_day import WorkDay


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    """Which volunteers?"""

    def coming(self) -> "VolunteerQuerySet":
        """Those who said so and did not take it back."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)

    def counting(self, now: dt.datetime) -> "VolunteerQuerySet":
        """Those whose places and items are nobody else's: they come, or their letter's button may still be pressed."""
        held = Q(confirmed_at__isnull=True, held_until__gt=now)
        return self.filter(held | Q(confirmed_at__isnull=False), withdrawn_at__isnull=True)


class Volunteer(models.Model):
    """One resident at one work day, with their companions; a household of two names is one, and counts its guests.

    Without `confirmed_at` it is what somebody typed on the public page: held until the button of the letter is
    pressed, or `held_until` has passed. `remark` and `phone` are for the coordinators of this day alone, and are let
    go of after it. `seats_offered`, `seats_wanted`: in a car, from `leaves_from`; `rides_with` is the driver.
    `sign_up` is what else they ticked. `sequence` counts what they were told, for their
    calendar (RFC 5546 §2.1.4): `told_shifts` (by pk), of a day that began at `told_start`.
    """

    work_day = models.ForeignKey(
        WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="volunteers"
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.PROTECT, related_name="work_days"
    )
    given_name = models.CharField(_("name given"), max_length=80, blank=True)
    guests = models.PositiveSmallIntegerField(_("people they bring"), default=0)
    minors = models.PositiveSmallIntegerField(_("minors among them"), default=0)
    remark = models.TextField(_("word to the site leader"), blank=True, max_length=500)
    phone = models.CharField(_("telephone for this day"), max_length=32, blank=True)
    seats_offered = models.PositiveSmallIntegerField(_("seats offered in their car"), default=0)
    seats_wanted = models.PositiveSmallIntegerField(_("seats asked for in a car"), default=0)
    leaves_from = models.CharField(_("leaves from"), max_length=120, blank=True)
    rides_with = models.ForeignKey(
        "self", verbose_name=_("rides with"), on_delete=models.SET_NULL, null=True, blank=True, related_name="riders"
    )
    channel = models.CharField(_("by"), max_length=8, choices=AnswerChannel.choices)
    sign_up = models.OneToOneField(
        SignUp, on_delete=models.SET_NULL, null=True, blank=True, related_name="volunteer", editable=False
    )
    sequence = models.PositiveIntegerField(_("sequence sent"), default=0)
    told_shifts = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    told_start = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("signed up on"))
    changed_at = models.DateTimeField(_("changed on"))
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_day", "resident"],
                condition=Q(confirmed_at__isnull=False),
                name="one_volunteer_per_work_day_and_resident",
            ),
            models.UniqueConstraint(
                fields=["work_day", "resident"],
                condition=Q(confirmed_at__isnull=True),
                name="one_open_wish_per_work_day_and_resident",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(held_until__isnull=False),
                name="what_nobody_confirmed_says_until_when_it_is_held",
            ),
            models.CheckConstraint(condition=Q(minors__lte=F("guests")), name="minors_come_with_an_adult"),
            models.CheckConstraint(
                condition=Q(seats_offered=0) | Q(seats_wanted=0), name="nobody_offers_and_asks_for_a_lift"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} → {self.work_day}"

    @property
    def people(self) -> int:
        return self.guests + 1

    @property
    def is_coming(self) -> bool:
        return self.confirmed_at is not None and self.withdrawn_at is None


class SignupState(models.TextChoices):
    """Whether there was a place."""

    COMING = "coming", _("comes")
    WAITING = "waiting", _("waits for a place")


class SignupQuerySet(models.QuerySet["Signup"]):
    """Which sign-ups?"""

    def coming(self) -> "SignupQuerySet":
        return self.filter(state=SignupState.COMING)

    def waiting(self) -> "SignupQuerySet":
        """The first in line first."""
        return self.filter(state=SignupState.WAITING).order_by("asked_at", "pk")

    def people(self) -> int:
        """The volunteers and those they bring."""
        total: int | None = self.aggregate(people=Sum(F("volunteer__guests") + 1))["people"]
        return total or 0


class Signup(models.Model):
    """One volunteer, with their companions, for one shift; what is given up is deleted. `asked_at` orders the line."""

    volunteer = models.ForeignKey(
        Volunteer, verbose_name=_("volunteer"), on_delete=models.CASCADE, related_name="signups"
    )
    shift = models.ForeignKey(Shift, verbose_name=_("shift"), on_delete=models.CASCADE, related_name="signups")
    state = models.CharField(_("state"), max_length=8, choices=SignupState.choices, default=SignupState.COMING)
    asked_at = models.DateTimeField(_("asked on"))

    objects = SignupQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["shift__begins", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "shift"], name="one_signup_per_volunteer_and_shift"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer}: {self.shift}"

    @property
    def is_waiting(self) -> bool:
        return self.state == SignupState.WAITING


class Pledge(models.Model):
    """“I bring two”: one volunteer, one need. `brought` is what was really there, once somebody looked."""

    volunteer = models.ForeignKey(
        Volunteer, verbose_name=_("volunteer"), on_delete=models.CASCADE, related_name="pledges"
    )
    need = models.ForeignKey(Need, verbose_name=_("need"), on_delete=models.CASCADE, related_name="pledges")
    quantity = models.PositiveSmallIntegerField(_("how many"))
    brought = models.PositiveSmallIntegerField(_("really brought"), null=True, blank=True)

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "need"], name="one_pledge_per_volunteer_and_need"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="a_pledge_is_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.quantity}"

    @property
    def amount(self) -> str:
        return amount(self.quantity, self.need.unit)
