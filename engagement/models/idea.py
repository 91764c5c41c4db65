"""What residents propose, and what the town hall thinks of it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import speaking
from communities.models import Neighbourhood, Resident

from .stages import IdeaStage
from .theme import Theme

THOUSANDTHS = 1000


class HolderKind(models.TextChoices):
    """Who proposes."""

    PERSON = "person", _("a person")
    GROUP = "group", _("a group of residents")
    ASSOCIATION = "association", _("an association")
    SCHOOL = "school", _("a school")

    @classmethod
    def with_a_name(cls) -> list["HolderKind"]:
        """Those that a spokesperson speaks for."""
        return [cls.GROUP, cls.ASSOCIATION, cls.SCHOOL]


class Opinion(models.TextChoices):
    """What the examination says of one criterion; not knowing yet is an honest answer."""

    UNKNOWN = "unknown", _("not examined")
    YES = "yes", _("yes")
    NO = "no", _("no")


def criterion(label: Any) -> Any:
    return models.CharField(label, max_length=8, choices=Opinion.choices, default=Opinion.UNKNOWN)


def thousandths(label: Any) -> Any:
    """Where a point stands on the town's map picture, in thousandths of its width or height."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(THOUSANDTHS)])


def on_the_map(*, name: str) -> models.CheckConstraint:
    """Both of its thousandths or neither, and within the picture."""
    return models.CheckConstraint(
        condition=Q(point_x__isnull=True, point_y__isnull=True) | Q(point_x__lte=THOUSANDTHS, point_y__lte=THOUSANDTHS),
        name=name,
    )


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Which ideas?"""

    def submitted(self) -> "IdeaQuerySet":
        """Those that reached the town hall."""
        return self.exclude(stage=IdeaStage.DRAFT)

    def open(self) -> "IdeaQuerySet":
        """Those that wait for the commune's answer."""
        return self.filter(stage__in=IdeaStage.open())

    def overdue(self, today: dt.date) -> "IdeaQuerySet":
        """Those that should have had their answer before `today`."""
        return self.filter(stage__in=IdeaStage.in_hand(), answer_due_on__lt=today)

    def public(self) -> "IdeaQuerySet":
        """Those that staff made public."""
        return self.submitted().filter(public_at__isnull=False)

    def speaking_of(self, words: str) -> "IdeaQuerySet":
        """Those that hold all of these folded words, by French stems; the title weighs most."""
        return speaking.of_or_near(self, words, then=["-received_at", "-pk"])

    def with_support(self) -> "IdeaQuerySet":
        """With `supported`, how many said yes to it, and `joining`, how many of them would take part."""
        sure = Q(supports__confirmed_at__isnull=False)
        return self.annotate(
            supported=models.Count("supports", filter=sure),
            joining=models.Count("supports", filter=sure & Q(supports__joins=True)),
        )


class Idea(models.Model):
    """An idea that improves the living environment, and the hands of those who propose it.

    A draft may lack anything. Once sent (`sent_at`), it waits for the button of a letter and keeps its words. What the
    town hall received has a date by which it answers.
    """

    kind = models.CharField(_("who proposes"), max_length=16, choices=HolderKind.choices, default=HolderKind.PERSON)
    resident = models.ForeignKey(
        Resident, verbose_name=_("who speaks for it"), on_delete=models.PROTECT, related_name="ideas"
    )
    organisation = models.CharField(_("name of the group, association or school"), max_length=160, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    what = models.TextField(_("the idea"), max_length=4000, blank=True)
    place = models.CharField(_("where"), max_length=255, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
    )
    point_x = thousandths(_("point on the map, from the left"))
    point_y = thousandths(_("point on the map, from the top"))
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    who = models.TextField(_("who would do it"), max_length=2000, blank=True)
    commits = models.TextField(_("what they commit to"), max_length=2000, blank=True)
    asks = models.TextField(_("what they ask of the town"), max_length=2000, blank=True)
    shown_as = models.CharField(
        _("name shown on the site"),
        max_length=80,
        blank=True,
        help_text=_("Only with their consent: a first name and an initial, say. Empty: no name is shown."),
    )
    given_name = models.CharField(_("name given"), max_length=80, blank=True)
    of_age = models.BooleanField(_("15 or older, or an adult sends it"), default=False)

    stage = models.CharField(_("stage"), max_length=16, choices=IdeaStage.choices, default=IdeaStage.DRAFT)
    created_at = models.DateTimeField(_("begun on"))
    changed_at = models.DateTimeField(_("last written on"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True, editable=False)
    times_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    addresses_before = models.PositiveSmallIntegerField(default=0, editable=False)
    received_at = models.DateTimeField(_("received on"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    public_at = models.DateTimeField(_("public since"), null=True, blank=True)
    faded_at = models.DateTimeField(_("its words went on"), null=True, blank=True, editable=False)
    typed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("typed in at the desk by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    liaison = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("elected liaison"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    technical_opinion = models.TextField(_("technical opinion"), max_length=4000, blank=True)
    general_interest = criterion(_("of general interest"))
    feasible = criterion(_("feasible"))
    lasting = criterion(_("made to last"))
    affordable = criterion(_("within the budget"))
    merged_into = models.ForeignKey(
        "self", verbose_name=_("joined to"), on_delete=models.PROTECT, null=True, blank=True, related_name="twins"
    )

    speech = speaking.kept(A=["title"], C=["what", "place"])

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["-received_at", "-pk"]
        permissions = [("decide_idea", _("Can support, refuse and join ideas"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=IdeaStage.DRAFT)
                | (Q(received_at__isnull=False, answer_due_on__isnull=False) & ~Q(title="") & ~Q(what="")),
                name="a_received_idea_says_what_it_is_and_when_it_is_answered",
            ),
            models.CheckConstraint(
                condition=(Q(stage=IdeaStage.MERGED) & Q(merged_into__isnull=False))
                | (~Q(stage=IdeaStage.MERGED) & Q(merged_into__isnull=True)),
                name="a_joined_idea_says_to_which",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="an_idea_is_not_joined_to_itself",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=IdeaStage.answered(), decided_at__isnull=False)
                | (~Q(stage__in=IdeaStage.answered()) & Q(decided_at__isnull=True)),
                name="an_answered_idea_says_when",
            ),
            on_the_map(name="a_point_of_an_idea_lies_on_the_map"),
        ]
        indexes = [
            models.Index(fields=["stage", "answer_due_on"], name="ideas_by_stage"),
            GinIndex(fields=["speech"], name="ideas_by_their_words"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("untitled idea"))

    def get_absolute_url(self) -> str:
        return reverse("engagement:idea", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.stage == IdeaStage.DRAFT

    @property
    def is_open(self) -> bool:
        return self.stage in IdeaStage.open()

    @property
    def is_supported(self) -> bool:
        return self.stage == IdeaStage.SUPPORTED

    @property
    def is_refused(self) -> bool:
        return self.stage == IdeaStage.REFUSED

    @property
    def is_merged(self) -> bool:
        return self.stage == IdeaStage.MERGED

    @property
    def waits_for_its_holders(self) -> bool:
        return self.stage == IdeaStage.ASKED

    @property
    def is_public(self) -> bool:
        return self.public_at is not None and not self.is_draft

    def is_overdue(self, today: dt.date) -> bool:
        return self.stage in IdeaStage.in_hand() and self.answer_due_on is not None and self.answer_due_on < today

    def days_since_received(self, now: dt.datetime) -> int:
        """Whole days on the town's calendar; 0 for a draft."""
        if self.received_at is None:
            return 0
        return (timezone.localdate(now) - timezone.localdate(self.received_at)).days
