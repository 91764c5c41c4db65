"""Whom did a member ask to join them?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .community import Community
from .resident import Resident


class NeighbourInvitation(models.Model):
    """One member's word to one neighbour, of whom only a fingerprint of the address stays after a month.

    `is_sent`: whether a letter left; where the address had been invited already, none does, and nobody learns it.
    `invited` is whoever the address belongs to, as long as it is known.
    """

    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, related_name="neighbour_invitations"
    )
    inviter = models.ForeignKey(
        Resident, verbose_name=_("invited by"), on_delete=models.CASCADE, related_name="neighbours_invited"
    )
    invited = models.ForeignKey(
        Resident,
        verbose_name=_("invited"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invited_by_neighbours",
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    shown_as = models.CharField(_("name shown"), max_length=80, blank=True)
    is_sent = models.BooleanField(_("a letter left"), default=False)
    invited_at = models.DateTimeField(_("on"))

    class Meta:
        verbose_name = _("invitation of a neighbour")
        verbose_name_plural = _("invitations of neighbours")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "fingerprint"],
                condition=models.Q(is_sent=True),
                name="an_address_is_invited_once_to_a_community",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_as} ({self.community})"
