"""Which entries of the accounts came of which work day?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .ledger import LedgerEntry
from .work_day import WorkDay


class CreditQuerySet(models.QuerySet["Credit"]):
    """Which credits?"""

    def standing(self) -> "CreditQuerySet":
        """Those whose entry nobody undid."""
        return self.filter(taken_back_at__isnull=True, entry__reversed_by__isnull=True)


class Credit(models.Model):
    """One line of a work day that went to the accounts: `line` says which, so that it goes there once.

    An entry names nobody, and neither does this. Taken back, it makes room for another.
    """

    work_day = models.ForeignKey(WorkDay, verbose_name=_("work day"), on_delete=models.PROTECT, related_name="credits")
    line = models.CharField(_("line"), max_length=120)
    entry = models.OneToOneField(
        LedgerEntry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="work_day_credit"
    )
    made_at = models.DateTimeField(_("written on"))
    taken_back_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("work day in the accounts")
        verbose_name_plural = _("work days in the accounts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_day", "line"],
                condition=Q(taken_back_at__isnull=True),
                name="each_line_of_a_work_day_is_in_the_accounts_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.work_day}: {self.line}"
