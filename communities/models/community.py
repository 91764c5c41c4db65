"""Who gathers around what."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities import names, speaking
from communities.folding import Folded

from .resident import Neighbourhood, Resident


class CommunityKind(models.TextChoices):
    """What a community gathers around."""

    PROJECT = "project", _("a project")
    NEIGHBOURHOOD = "neighbourhood", _("a neighbourhood")
    THEME = "theme", _("a theme")


class Role(models.TextChoices):
    """What a member does in the community."""

    MEMBER = "member", _("member")
    COORDINATOR = "coordinator", _("coordinator")
    LIAISON = "liaison", _("elected liaison")
    OFFICER = "officer", _("officer")


class CommunityQuerySet(models.QuerySet["Community"]):
    """Which communities, and how many people in them?"""

    def for_cards(self) -> "CommunityQuerySet":
        """With what a list shows of them, in one query: how many members, never who."""
        present = models.Q(members__erased_at__isnull=True)
        counted = self.select_related("neighbourhood").annotate(member_count=models.Count("members", filter=present))
        return counted.order_by("folded")  # a counting query forgets the model's own order

    def speaking_of(self, words: str) -> "CommunityQuerySet":
        """Those that hold all of these folded words, by French stems; the name weighs most."""
        return speaking.of_or_near(self, words, then=["folded"])


class Community(models.Model):
    """The residents gathered around a project, a neighbourhood or a theme."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address on the site"), max_length=160, unique=True)
    kind = models.CharField(_("gathers around"), max_length=16, choices=CommunityKind.choices)
    summary = models.CharField(_("in one sentence"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="communities",
    )
    is_closed = models.BooleanField(
        _("closed: one asks to enter"),
        default=False,
        help_text=_(
            "A coordinator or the town hall says yes to each new member. Its page and its meetings stay public."
        ),
    )
    work_days_need_approval = models.BooleanField(
        _("the town hall approves its work days"),
        default=True,
        help_text=_("Untick to let its coordinators publish their work days themselves."),
    )
    members = models.ManyToManyField(Resident, through="Membership", related_name="communities")

    folded = models.GeneratedField(
        verbose_name=_("name"), expression=Folded("name"), output_field=models.TextField(), db_persist=True
    )
    speech = speaking.kept(A=["name"], C=["summary", "description"])

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:community", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in which communities?"""

    def known(self) -> "MembershipQuerySet":
        """Without those who were erased."""
        return self.filter(resident__erased_at__isnull=True)

    def named(self) -> "MembershipQuerySet":
        """With the name that `called` reads."""
        return self.select_related("resident")

    def coordinating(self, community: Community) -> "MembershipQuerySet":
        """Those who coordinate it, the first first."""
        return self.known().filter(community=community, role=Role.COORDINATOR).order_by("joined_at", "pk")


class Membership(models.Model):
    """One resident in one community, with a role."""

    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, related_name="memberships"
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    shown_as = models.CharField(
        _("name shown to the others"),
        max_length=80,
        blank=True,
        help_text=_("Without it, the first name and an initial."),
    )
    joined_at = models.DateTimeField(_("member since"), editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "resident"],
                name="one_membership_per_community_and_resident",
                violation_error_message=_("This resident is already a member of this community."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} ({self.get_role_display()})"

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR

    @property
    def called(self) -> str:
        """What the others read, and nothing more of who it is: “Ada T.”, or what they chose."""
        return self.shown_as or names.short(self.resident.name) or gettext("a member")
