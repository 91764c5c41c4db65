"""Who waits for a seat at a full meeting, in which order, and to whom one is offered?"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from .invitation import Answer, Invitation


class WaitingState(models.TextChoices):
    """What became of a wish to come when there was no seat."""

    WAITING = "waiting", _("waits")
    OFFERED = "offered", _("a seat is offered")
    SEATED = "seated", _("has a seat")
    LEFT = "left", _("left the list")
    LAPSED = "lapsed", _("let the offer pass")
    OVERTAKEN = "overtaken", _("the meeting came first")

    @classmethod
    def standing(cls) -> list["WaitingState"]:
        """Still on the list."""
        return [cls.WAITING, cls.OFFERED]


class WaitingPlaceQuerySet(models.QuerySet["WaitingPlace"]):
    """Which places in line?"""

    def standing(self) -> "WaitingPlaceQuerySet":
        return self.filter(state__in=WaitingState.standing())

    def in_line(self) -> "WaitingPlaceQuerySet":
        """Those to whom nothing is offered yet, the first one first."""
        return self.filter(state=WaitingState.WAITING).order_by("asked_at", "pk")

    def holding(self, now: dt.datetime) -> "WaitingPlaceQuerySet":
        """Offers within their time: their seats are nobody else's."""
        return self.filter(state=WaitingState.OFFERED, offered_until__gt=now)

    def lapsing(self, now: dt.datetime) -> "WaitingPlaceQuerySet":
        """Offers whose time is over."""
        return self.filter(state=WaitingState.OFFERED, offered_until__lte=now)

    def with_needs(self) -> "WaitingPlaceQuerySet":
        """With `needs`: how many seats the party lacks, besides those it has already."""
        has = Answer.objects.coming().filter(invitation=OuterRef("invitation")).order_by().values("guests")
        seats = Coalesce(Subquery(has) + 1, 0)
        return self.annotate(needs=Greatest(F("guests") + 1 - seats, 0))


class WaitingPlace(models.Model):
    """One wish to come, with one's guests, once a seat is free. `asked_at` is the order of the line."""

    invitation = models.ForeignKey(
        Invitation, verbose_name=_("invitation"), on_delete=models.CASCADE, related_name="waiting_places"
    )
    guests = models.PositiveSmallIntegerField(_("people they bring"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=WaitingState.choices, default=WaitingState.WAITING)
    asked_at = models.DateTimeField(_("asked on"))
    offered_at = models.DateTimeField(_("offered on"), null=True, blank=True)
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    # Filled by with_needs().
    needs: int

    objects = WaitingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on a waiting list")
        verbose_name_plural = _("places on waiting lists")
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(state__in=["waiting", "offered"]),
                name="one_place_in_line_per_invitation",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_at__isnull=False, offered_until__isnull=False),
                name="an_offered_seat_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(offered_until__gt=F("offered_at")), name="an_offered_seat_leaves_time_to_answer"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["waiting", "offered"]) & Q(ended_at__isnull=True))
                | (~Q(state__in=["waiting", "offered"]) & Q(ended_at__isnull=False)),
                name="who_waits_no_more_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_state_display()}"

    @property
    def people(self) -> int:
        return self.guests + 1

    @property
    def is_standing(self) -> bool:
        return self.state in WaitingState.standing()

    @property
    def is_offered(self) -> bool:
        return self.state == WaitingState.OFFERED

    def holds(self, now: dt.datetime) -> bool:
        """Whether its seats are offered, and still within their time."""
        return self.is_offered and self.offered_until is not None and self.offered_until > now

    @property
    def is_seated(self) -> bool:
        return self.state == WaitingState.SEATED

    @property
    def has_lapsed(self) -> bool:
        return self.state == WaitingState.LAPSED
