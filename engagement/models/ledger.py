"""What each side really brought: entries that are reversed and never edited, and what an hour is worth."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .commitment import Commitment
from .contribution import ContributionKind, Side
from .kept_file import KeptFile
from .project import Project


class HourRate(models.Model):
    """What an hour of a kind is worth, in euros, from a day on, and who says so: a convention, not a fact."""

    kind = models.CharField(
        _("kind of hours"),
        max_length=16,
        choices=[(kind.value, kind.label) for kind in ContributionKind.in_hours()],
    )
    euros = models.DecimalField(_("euros an hour"), max_digits=8, decimal_places=2)
    from_on = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=255)

    class Meta:
        verbose_name = _("value of an hour")
        verbose_name_plural = _("values of hours")
        ordering = ["kind", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "from_on"], name="one_rate_per_kind_and_day"),
            models.CheckConstraint(condition=Q(euros__gt=0), name="an_hour_is_worth_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.euros} €"


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Which entries?"""

    def standing(self) -> "LedgerEntryQuerySet":
        """Neither undone nor undoing."""
        return self.filter(reverses__isnull=True, reversed_by__isnull=True)

    def like(self, entry: "LedgerEntry") -> "LedgerEntryQuerySet":
        """Those that say the same: side, kind, words, quantity and day."""
        return self.standing().filter(
            project=entry.project_id,
            side=entry.side,
            kind=entry.kind,
            what__iexact=entry.what,
            quantity=entry.quantity,
            done_on=entry.done_on,
        )


class LedgerEntry(models.Model):
    """Something one side brought, once it was done; append-only. `value` is in euros, `quantity` in `unit`.

    A wrong entry is undone by one that `reverses` it, of the same figures below zero.
    """

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="entries")
    side = models.CharField(_("side"), max_length=16, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=ContributionKind.choices)
    what = models.CharField(_("what"), max_length=255)
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=24)
    value = models.DecimalField(_("worth, in euros"), max_digits=12, decimal_places=2, default=Decimal(0))
    rate = models.ForeignKey(
        HourRate, verbose_name=_("value of an hour"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name=_("keeps the commitment"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
    )
    done_on = models.DateField(_("done on"))
    evidence = models.ForeignKey(
        KeptFile, verbose_name=_("evidence"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence_words = models.CharField(_("where the proof is"), max_length=255, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("validated by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("written on"))
    reverses = models.OneToOneField(
        "self", verbose_name=_("undoes"), on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    reason = models.CharField(_("why it is undone"), max_length=255, blank=True)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(reverses__isnull=True, quantity__gt=0, value__gte=0))
                | (Q(reverses__isnull=False, quantity__lt=0, value__lte=0) & ~Q(reason="")),
                name="an_entry_brings_and_a_reversal_takes_away",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ContributionKind.MONEY) | Q(quantity=models.F("value")),
                name="money_is_worth_what_it_is",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "side", "kind"], include=["quantity", "value"], name="entries_of_a_balance")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_reversal(self) -> bool:
        return self.reverses_id is not None
