"""When did an idea or a project pass from one stage to the next, and who made it?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

from .idea import Idea
from .project import Project
from .stages import GOES_ON, PASSED, THEN, AnyStage, IdeaStage, Stage


class PassageQuerySet(models.QuerySet["Passage"]):
    """Which passages?"""

    def public(self) -> "PassageQuerySet":
        """Those of a public story: a draft is nobody's business."""
        return self.exclude(to_stage=IdeaStage.DRAFT)


class Passage(models.Model):
    """From one stage to the next, with the words that go with it; append-only. `from_stage` is empty for what was taken
    over from before there was this register.
    """

    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), on_delete=models.PROTECT, null=True, blank=True, related_name="passages"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, null=True, blank=True, related_name="passages"
    )
    from_stage = models.CharField(_("from"), max_length=16, blank=True)
    to_stage = models.CharField(_("to"), max_length=16)
    words = models.TextField(_("reason, as it is published and sent"), max_length=4000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    by_resident = models.ForeignKey(
        Resident, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_at = models.DateTimeField(_("on"))

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["passed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(idea__isnull=False, project__isnull=True) | Q(idea__isnull=True, project__isnull=False),
                name="a_passage_is_of_one_idea_or_one_project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.to.label}"

    @property
    def thing(self) -> Idea | Project | None:
        return self.idea or self.project

    @property
    def to(self) -> AnyStage:
        return Stage(self.to_stage) if self.project_id else IdeaStage(self.to_stage)

    @property
    def sentence(self) -> str:
        """What happened, in a few words for everyone."""
        if self.from_stage == IdeaStage.ASKED and self.to == IdeaStage.EXAMINATION:
            return str(GOES_ON)
        return str(PASSED.get(self.to, self.to.label))

    @property
    def what_next(self) -> str:
        """What comes next for those who carry it, in a sentence or two; empty where there is nothing to say."""
        return str(THEN.get(self.to, ""))
