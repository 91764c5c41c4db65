"""Who asks to enter a community, or to coordinate it, and what was answered?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .community import Community, Role
from .resident import Resident


class Outcome(models.TextChoices):
    """What became of it."""

    WAITING = "waiting", _("to answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class MembershipRequestQuerySet(models.QuerySet["MembershipRequest"]):
    """Which requests?"""

    def waiting(self) -> "MembershipRequestQuerySet":
        """Those that somebody must answer, the oldest first."""
        open_ones = self.filter(outcome=Outcome.WAITING, resident__erased_at__isnull=True)
        return open_ones.order_by("asked_at", "pk")

    def to_enter(self) -> "MembershipRequestQuerySet":
        """Those that a coordinator may answer; who coordinates is decided at the town hall."""
        return self.filter(role=Role.MEMBER)


class MembershipRequest(models.Model):
    """One resident's wish: to be a member of a closed community, or to coordinate one they belong to.

    `given_name` is how they call themselves: whoever answers reads it, and no address.
    """

    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, related_name="requests"
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="membership_requests"
    )
    role = models.CharField(_("asks to be"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    given_name = models.CharField(_("name given"), max_length=160)
    words = models.TextField(_("in their words"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("asked on"))
    outcome = models.CharField(_("answer"), max_length=16, choices=Outcome.choices, default=Outcome.WAITING)
    reply = models.TextField(_("words with the answer"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    by_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    by_coordinator = models.ForeignKey(
        Resident,
        verbose_name=_("answered by the coordinator"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests_answered",
    )

    objects = MembershipRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to take part")
        verbose_name_plural = _("requests to take part")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "resident"],
                condition=Q(outcome=Outcome.WAITING),
                name="one_open_request_per_community_and_resident",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING, decided_at__isnull=True)
                | ~Q(outcome=Outcome.WAITING) & Q(decided_at__isnull=False),
                name="an_answered_request_says_when",
            ),
            models.CheckConstraint(
                condition=Q(by_staff__isnull=True) | Q(by_coordinator__isnull=True),
                name="a_request_is_answered_by_one_person",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[Role.MEMBER, Role.COORDINATOR]),
                name="one_asks_to_enter_or_to_coordinate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} ({self.community})"

    @property
    def called(self) -> str:
        """What a coordinator reads: never an address that stands where a name should."""
        return gettext("a resident") if "@" in self.given_name else self.given_name

    @property
    def is_waiting(self) -> bool:
        return self.outcome == Outcome.WAITING

    @property
    def is_accepted(self) -> bool:
        return self.outcome == Outcome.ACCEPTED

    @property
    def is_to_coordinate(self) -> bool:
        return self.role == Role.COORDINATOR
