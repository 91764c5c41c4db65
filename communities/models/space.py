"""Who asked to come into their space, and which browsers are in it?"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .resident import Resident


class SpaceEntryQuerySet(models.QuerySet["SpaceEntry"]):
    """Which requests to come in?"""

    def unanswered(self) -> "SpaceEntryQuerySet":
        """Those for which nobody has looked yet whose address it is."""
        return self.filter(answered_at__isnull=True)


class SpaceEntry(models.Model):
    """Someone asked to be let in by a letter. Whoever it is looks alike until the answer: known, unknown, blocked.

    `address` stays until the answer, which takes seconds, then only its keyed `mark`; `resident` is nobody for an
    address that is nobody's.
    `addresses_before` is the resident's at that moment: an address put right since makes the letter worth nothing.
    The link and the code are kept nowhere: see space.entering.
    """

    resident = models.ForeignKey(
        Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="space_entries"
    )
    address = models.EmailField(blank=True)
    addresses_before = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=24, db_index=True)
    way_on = models.CharField(max_length=255, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked on"))
    answered_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(address=""),
                name="an_answered_entry_keeps_no_address",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(resident__isnull=False),
                name="only_a_resident_comes_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class SpaceSessionQuerySet(models.QuerySet["SpaceSession"]):
    """Which browsers are in?"""

    def standing(self, now: datetime) -> "SpaceSessionQuerySet":
        """Not too old, of someone who is known, and who still has the address by which they came in."""
        known = self.filter(expires_at__gt=now, resident__erased_at__isnull=True)
        return known.filter(addresses_before=models.F("resident__addresses_before"))


class SpaceSession(models.Model):
    """One browser in which a resident is in their space. Only the SHA-256 of its cookie's 256 bits is kept."""

    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="space_sessions")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    addresses_before = models.PositiveSmallIntegerField(editable=False)
    device = models.CharField(_("device"), max_length=80)
    begun_at = models.DateTimeField(_("signed in on"))
    last_seen_on = models.DateField(_("last seen on"))
    expires_at = models.DateTimeField(_("until"))

    objects = SpaceSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen_on", "-pk"]

    def __str__(self) -> str:
        return self.device
