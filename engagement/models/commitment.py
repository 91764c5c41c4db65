"""What does one side promise in a convention?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .contribution import ContributionKind, Side
from .convention import Convention, ConventionState


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Which promises?"""

    def signed(self, *, as_if_signed: Convention | None = None) -> "CommitmentQuerySet":
        """Those of what both sides signed, in force or ended; and as if this draft were signed too."""
        signed = Q(state__in=ConventionState.held())
        if as_if_signed is not None:
            signed |= Q(pk=as_if_signed.pk)
        return self.filter(convention__in=Convention.objects.filter(signed).values("pk"))

    def standing(self, *, as_if_signed: Convention | None = None) -> "CommitmentQuerySet":
        """Those of them that no signed amendment took the place of."""
        replacing = Commitment.objects.signed(as_if_signed=as_if_signed).filter(replaces__isnull=False)
        return self.signed(as_if_signed=as_if_signed).exclude(pk__in=replacing.values("replaces"))


class Commitment(models.Model):
    """What one side promises: so much of a kind, by a day, by someone. Frozen with its convention.

    `value` is in euros, empty where nobody priced it. `replaces` names the promise of an earlier convention that this
    one, in an amendment, takes the place of.
    """

    convention = models.ForeignKey(
        Convention, verbose_name=_("convention"), on_delete=models.CASCADE, related_name="commitments"
    )
    side = models.CharField(_("side"), max_length=16, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=ContributionKind.choices)
    what = models.CharField(_("what"), max_length=255)
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    value = models.DecimalField(_("worth, in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("no later than"), null=True, blank=True)
    who = models.CharField(_("who"), max_length=160, blank=True)
    replaces = models.ForeignKey(
        "self", verbose_name=_("replaces"), on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["side", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(quantity__isnull=True) | Q(quantity__gt=0)) & (Q(value__isnull=True) | Q(value__gte=0)),
                name="a_commitment_brings_something",
            ),
        ]

    def __str__(self) -> str:
        return self.what
