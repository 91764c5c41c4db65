"""How long is what kept, who decided it, and what went each night?"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .resident import Resident


class Unit(models.TextChoices):
    """What a period is counted in."""

    DAYS = "days", _("days")
    MONTHS = "months", _("months")


def by_staff(words: Any, **facts: Any) -> Any:
    """Whoever answers for it: a colleague with a decision to their name stays known."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=words, on_delete=models.PROTECT, related_name="+", **facts
    )


class RetentionPeriod(models.Model):
    """How long one thing is kept from a day on, and who says so. Added to, never changed: the last one counts."""

    rule = models.CharField(_("what"), max_length=40)
    length = models.PositiveSmallIntegerField(_("kept for"))
    unit = models.CharField(_("days or months"), max_length=8, choices=Unit.choices, default=Unit.MONTHS)
    from_on = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=255)
    changed_by = by_staff(_("written by"))
    changed_at = models.DateTimeField(_("written on"))

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering: ClassVar[list[str]] = ["rule", "-from_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.length} {self.get_unit_display()}"


class RetentionDecision(models.Model):
    """From now on a rule runs each night, or not. A machine may only stop one; `number_seen` would have gone then."""

    rule = models.CharField(_("what"), max_length=40)
    runs = models.BooleanField(_("goes each night"))
    number_seen = models.PositiveIntegerField(_("how many would have gone"), default=0)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    decided_by = by_staff(_("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar[list[str]] = ["rule", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(runs=False) | Q(decided_by__isnull=False), name="only_a_person_lets_things_go"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False) | ~Q(reason=""), name="a_rule_that_stops_by_itself_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.runs}"


class RetentionRun(models.Model):
    """What one rule let go of in one night; its records, if any, are a file for the public archives."""

    rule = models.CharField(_("what"), max_length=40)
    ran_on = models.DateField(_("night of"))
    number = models.PositiveIntegerField(_("how many went"), default=0)
    last_at = models.DateTimeField(_("at"))
    handed_over_at = models.DateTimeField(_("handed to the archives on"), null=True, blank=True)
    handed_over_by = by_staff(_("handed over by"), null=True, blank=True)

    class Meta:
        verbose_name = _("night")
        verbose_name_plural = _("nights")
        ordering: ClassVar[list[str]] = ["-ran_on", "rule"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rule", "ran_on"], name="one_run_per_rule_and_night"),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True, handed_over_by__isnull=True)
                | Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
                name="what_was_handed_over_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.ran_on})"


class ArchivedRecord(models.Model):
    """One thing that went, in the words that the public archives may want: figures and titles."""

    run = models.ForeignKey(RetentionRun, verbose_name=_("night"), on_delete=models.CASCADE, related_name="records")
    facts = models.JSONField(_("facts"))

    class Meta:
        verbose_name = _("record for the archives")
        verbose_name_plural = _("records for the archives")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return str(self.run)


class KeepingQuestion(models.Model):
    """Someone of whom we heard nothing for long was asked whether to keep them, and said yes on `kept_at`."""

    resident = models.OneToOneField(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="keeping_question"
    )
    asked_at = models.DateTimeField(_("asked on"))
    kept_at = models.DateTimeField(_("said to be kept on"), null=True, blank=True)

    class Meta:
        verbose_name = _("question whether to keep someone")
        verbose_name_plural = _("questions whether to keep someone")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(kept_at__gte=F("asked_at")), name="asked_before_it_is_answered"
            ),
        ]

    def __str__(self) -> str:
        return str(self.resident)
