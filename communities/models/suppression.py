"""Which addresses must not be written to?"""

import uuid
from collections.abc import Collection

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .alike import is_any
from .ready import Question, texts


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Which blocked addresses?"""

    def standing(self) -> "SuppressionQuerySet":
        """Those that nobody lifted."""
        return self.filter(lifted_at__isnull=True)

    def of(self, address: str) -> "SuppressionQuerySet":
        """Every block of this address, lifted or not; none of no address."""
        return self.filter(address__iexact=address) if address else self.none()

    def blocking(self, addresses: Collection[str]) -> set[str]:
        """Those of these addresses that must not be written to, in lower case."""
        return {address for (address,) in BLOCKING.ask(addresses=[address.lower() for address in addresses])}


class Suppression(models.Model):
    """An address that staff blocked, and why. Never written to until a person lifts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(_("e-mail"))
    reason = models.CharField(_("reason"), max_length=255)
    created_at = models.DateTimeField(_("since"))
    lifted_at = models.DateTimeField(_("lifted on"), null=True, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked address")
        verbose_name_plural = _("blocked addresses")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                condition=models.Q(lifted_at__isnull=True),
                name="an_address_is_blocked_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.address


BLOCKING = Question(
    lambda: (
        Suppression.objects.standing()
        .annotate(lower=Lower("address"))
        .filter(is_any("lower", texts("addresses")))
        .order_by()
        .values_list("lower")
    ),
    of_many=True,
)
