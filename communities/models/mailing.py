"""What was posted to many, why, and how far is it?"""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .status import DeliveryState, MailingState, Priority


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Which mailings, and how far are they?"""

    def with_progress(self) -> "MailingQuerySet":
        """With `total`, `waiting`, `held`, `sent`, `failed` and `skipped`: how many of its letters stand where."""

        def count(state: DeliveryState) -> models.Count:
            return models.Count("deliveries", filter=models.Q(deliveries__state=state))

        return self.annotate(
            total=models.Count("deliveries"),
            waiting=count(DeliveryState.PENDING),
            held=count(DeliveryState.HELD),
            sent=count(DeliveryState.SENT),
            failed=count(DeliveryState.FAILED),
            skipped=count(DeliveryState.SKIPPED),
        )


class Mailing(models.Model):
    """One text to many. `kind` names a registered letter kind, which knows what `key` means.

    A pause holds everything, unless it is for `only_what_travels`: a relay that refuses keeps no paper back.
    """

    kind = models.CharField(_("kind of letter"), max_length=40)
    key = models.CharField(
        max_length=64, blank=True, help_text=_("What the letter kind composes from; its own affair.")
    )
    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(_("state"), max_length=8, choices=MailingState.choices, default=MailingState.OPEN)
    reason = models.CharField(_("why it is paused"), max_length=255, blank=True)
    only_what_travels = models.BooleanField(default=False, editable=False)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.BULK)
    is_test = models.BooleanField(_("test"), default=False)
    at_any_hour = models.BooleanField(_("leaves at any hour"), default=False)
    created_at = models.DateTimeField(_("posted on"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("posted by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    # Filled by with_progress().
    total: int
    waiting: int
    held: int
    sent: int
    failed: int
    skipped: int

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MailingState.OPEN) | ~models.Q(reason=""), name="a_paused_mailing_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(state=MailingState.PAUSED) | models.Q(only_what_travels=False),
                name="only_a_pause_spares_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def in_hand(self) -> dict[str, Any]:
        """What its kind read of it, for as long as this very object lives: of a batch's letters it is asked often."""
        return {}

    @property
    def is_paused(self) -> bool:
        return self.state == MailingState.PAUSED

    @property
    def holds_paper(self) -> bool:
        """Whether its letters on paper and its calls wait too."""
        return self.is_paused and not self.only_what_travels
