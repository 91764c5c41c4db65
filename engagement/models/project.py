"""What residents and the commune build together: the record behind the public story."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Neighbourhood, Resident
from meetings.models import ParticipationLevel

from .idea import Idea, on_the_map, thousandths
from .stages import IdeaStage, Stage
from .theme import Theme


def member_of_staff(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class ProjectQuerySet(models.QuerySet["Project"]):
    """Which projects?"""

    def without_page(self) -> "ProjectQuerySet":
        """Those whose story nobody has begun to tell."""
        return self.filter(page__isnull=True)


class Project(models.Model):
    """A fifty-fifty: its stage, those who carry it, its place. What everyone reads is its page.

    `is_from_before`: taken over from the time before this register, at the stage where it stood; it may lack an idea
    and a convention here.
    """

    title = models.CharField(_("title"), max_length=160)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices, default=Stage.SUPPORTED)
    idea = models.OneToOneField(
        Idea, verbose_name=_("idea"), on_delete=models.PROTECT, null=True, blank=True, related_name="project"
    )
    community = models.OneToOneField(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, null=True, blank=True, related_name="project"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.SET_NULL, null=True, blank=True, related_name="projects"
    )
    place = models.CharField(_("where"), max_length=255, blank=True)
    point_x = thousandths(_("point on the map, from the left"))
    point_y = thousandths(_("point on the map, from the top"))
    level = models.CharField(
        _("level of participation"),
        max_length=16,
        choices=ParticipationLevel.choices,
        default=ParticipationLevel.CO_BUILD,
    )
    officer = member_of_staff(_("officer"))
    liaison = member_of_staff(_("elected liaison"))
    is_from_before = models.BooleanField(_("from before this register"), default=False)
    created_at = models.DateTimeField(_("since"))
    started_on = models.DateField(_("work began on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    closed_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("fifty-fifty project")
        verbose_name_plural = _("fifty-fifty projects")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(idea__isnull=False) | Q(is_from_before=True),
                name="a_project_comes_from_an_idea_or_from_before",
            ),
            on_the_map(name="a_point_of_a_project_lies_on_the_map"),
        ]
        indexes = [models.Index(fields=["stage"], name="projects_by_stage")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_built(self) -> bool:
        return self.stage in Stage.built()

    @property
    def is_looked_after(self) -> bool:
        """By residents, with dated checks."""
        return self.stage == Stage.STEWARDSHIP

    @property
    def is_in_their_hands(self) -> bool:
        """It stands, and the commune has not taken it back."""
        return self.stage in Stage.in_their_hands()

    @property
    def is_over(self) -> bool:
        return self.stage in Stage.over()

    def rail(self) -> list[dict[str, Any]]:
        """Every stage of the way in order, the idea first, with where this project stands.

        Off the way (taken back, ended, given up), the last stop is the one where it stands.
        """
        stops: list[Any] = [IdeaStage.RECEIVED, *Stage.rail()]
        here = Stage(self.stage)
        if here not in stops:
            stops = [*stops[: stops.index(self._left_the_way_at()) + 1], here]
        place = stops.index(here)
        return [
            {
                "value": stop.value,
                "label": _("idea") if stop is IdeaStage.RECEIVED else stop.label,
                "is_past": position < place,
                "is_current": position == place,
            }
            for position, stop in enumerate(stops)
        ]

    def _left_the_way_at(self) -> Stage:
        """The last stop of the way it surely reached."""
        if self.stage == Stage.GIVEN_UP:
            return Stage.UNDER_WAY if self.started_on else Stage.SUPPORTED
        return Stage.DELIVERED if self.stage == Stage.CLOSED else Stage.STEWARDSHIP


class TeamRole(models.TextChoices):
    """What someone does in a project."""

    SPOKESPERSON = "spokesperson", _("speaks for it")
    HOLDER = "holder", _("carries it")
    HELPER = "helper", _("lends a hand")
    STEWARD = "steward", _("looks after it")

    @classmethod
    def carrying(cls) -> list["TeamRole"]:
        """Those who are told what becomes of it, and may act for it."""
        return [cls.SPOKESPERSON, cls.HOLDER]


class Teammate(models.Model):
    """One resident in a project's team. `shown_as` is the name on the site, empty without their consent."""

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="team")
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="project_roles"
    )
    role = models.CharField(_("role"), max_length=16, choices=TeamRole.choices, default=TeamRole.HOLDER)
    shown_as = models.CharField(
        _("name shown on the site"),
        max_length=80,
        blank=True,
        help_text=_("Only with their consent: a first name and an initial, say. Empty: no name is shown."),
    )
    joined_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("teammate")
        verbose_name_plural = _("team")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "resident"],
                name="one_role_per_project_and_resident",
                violation_error_message=_("This resident is already in the team."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} ({self.get_role_display()})"
