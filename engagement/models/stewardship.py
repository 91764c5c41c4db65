"""Who looks after what was built, and how does it stand?"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

from .contribution import Side
from .kept_file import KeptFile
from .project import Project


class Duty(models.Model):
    """Something done again and again: who waters what, when."""

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="duties")
    side = models.CharField(_("side"), max_length=16, choices=Side.choices, default=Side.RESIDENTS)
    what = models.CharField(_("what"), max_length=255)
    who = models.CharField(_("who"), max_length=160, blank=True, help_text=_("A role or a group, never a name."))
    when = models.CharField(_("when"), max_length=160, help_text=_("“Every Saturday from May to September”, say."))

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} ({self.when})"


class CheckKind(models.TextChoices):
    """Why somebody looks."""

    CHECK = "check", _("check")
    REVIEW = "review", _("yearly review")


class CheckState(models.TextChoices):
    """How it stands."""

    PLANNED = "planned", _("to come")
    GOOD = "good", _("in good condition")
    NEEDS_WORK = "needs_work", _("needs work")
    CANCELLED = "cancelled", _("called off")

    @classmethod
    def done(cls) -> list["CheckState"]:
        """Those at which somebody looked."""
        return [cls.GOOD, cls.NEEDS_WORK]


class CheckQuerySet(models.QuerySet["StewardshipCheck"]):
    """Which checks?"""

    def to_come(self) -> "CheckQuerySet":
        return self.filter(state=CheckState.PLANNED)

    def overdue(self, today: dt.date) -> "CheckQuerySet":
        """Those that nobody did by their day."""
        return self.to_come().filter(due_on__lt=today)

    def done(self) -> "CheckQuerySet":
        return self.filter(state__in=CheckState.done())


class StewardshipCheck(models.Model):
    """A day by which somebody looks how what was built stands, and what they found.

    `resident` is asked by letter; without one, the officer is.
    """

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(_("why"), max_length=16, choices=CheckKind.choices, default=CheckKind.CHECK)
    what = models.CharField(_("what to look at"), max_length=255)
    due_on = models.DateField(_("no later than"))
    resident = models.ForeignKey(
        Resident, verbose_name=_("who looks"), on_delete=models.SET_NULL, null=True, blank=True, related_name="checks"
    )
    state = models.CharField(_("state"), max_length=16, choices=CheckState.choices, default=CheckState.PLANNED)
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        Resident, verbose_name=_("answered by"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    words = models.TextField(_("what was found"), max_length=2000, blank=True)
    photo = models.ForeignKey(
        KeptFile, verbose_name=_("photo"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CheckState.done(), answered_at__isnull=False)
                | (~Q(state__in=CheckState.done()) & Q(answered_at__isnull=True)),
                name="a_check_that_was_done_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="checks_by_day")]

    def __str__(self) -> str:
        return f"{self.project}: {self.what}"

    def is_overdue(self, today: dt.date) -> bool:
        return self.state == CheckState.PLANNED and self.due_on < today
