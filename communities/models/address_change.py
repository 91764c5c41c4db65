"""Who wants to be written to at another e-mail address, and has not proven it yet?"""

from django.db import models
from django.db.models import Q

from .resident import Resident


class AddressChange(models.Model):
    """A new address that waits for the button of a letter to it. Once used, it stays only in the resident's row."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="address_changes")
    address = models.EmailField(blank=True)
    addresses_before = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(address=""), name="a_used_change_keeps_no_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident} ({self.asked_at:%Y-%m-%d})"
