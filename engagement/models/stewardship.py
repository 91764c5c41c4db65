"""Who looks after what was built, and how does it stand?"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Recognisable, Resident

from .contribution import Side
from .kept_file import KeptFile
from .project import Project
from .stages import Stage


class Duty(models.Model):
    """Something done again and again: who waters what, when."""

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="duties")
    side = models.CharField(_("side"), max_length=16, choices=Side.choices, default=Side.RESIDENTS)
    what = models.CharField(_("what"), max_length=255)
    who = models.CharField(_("who"), max_length=160, blank=True, help_text=_("A role or a group, never a name."))
    when = models.CharField(_("when"), max_length=160, help_text=_("“Every Saturday from May to September”, say."))

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} ({self.when})"


class CheckKind(models.TextChoices):
    """Why somebody looks."""

    CHECK = "check", _("check")
    REVIEW = "review", _("yearly review")


class CheckState(models.TextChoices):
    """How it stands."""

    PLANNED = "planned", _("to come")
    GOOD = "good", _("in good condition")
    NEEDS_WORK = "needs_work", _("needs work")
    CANCELLED = "cancelled", _("called off")

    @classmethod
    def done(cls) -> list["CheckState"]:
        """Those at which somebody looked."""
        return [cls.GOOD, cls.NEEDS_WORK]


class Conclusion(models.TextChoices):
    """What both sides made of a yearly review."""

    GOES_ON = "goes_on", _("it goes on")
    RENEWED = "renewed", _("the convention is renewed")
    ENDED = "ended", _("it ends")


class CheckQuerySet(models.QuerySet["StewardshipCheck"]):
    """Which checks?"""

    def to_come(self) -> "CheckQuerySet":
        return self.filter(state=CheckState.PLANNED)

    def cared_for(self) -> "CheckQuerySet":
        """Those of what stands, and is in the residents' hands."""
        return self.filter(project__stage__in=Stage.in_their_hands())

    def vain(self) -> "CheckQuerySet":
        """Those that are to come of what the commune took back, or of what is over."""
        return self.to_come().filter(project__stage__in=[Stage.TAKEN_BACK, *Stage.over()])

    def overdue(self, today: dt.date) -> "CheckQuerySet":
        """Those that nobody did by their day."""
        return self.to_come().cared_for().filter(due_on__lt=today)

    def done(self) -> "CheckQuerySet":
        return self.filter(state__in=CheckState.done())

    def troubles(self) -> "CheckQuerySet":
        """Where work is needed, and nobody found it put right since."""
        moment = models.OuterRef("answered_at")
        later = Q(answered_at__gt=moment) | Q(answered_at=moment, pk__gt=models.OuterRef("pk"))
        well = self.model.objects.filter(later, state=CheckState.GOOD, project=models.OuterRef("project"))
        open_ones = self.filter(state=CheckState.NEEDS_WORK).exclude(project__stage__in=Stage.over())
        return open_ones.filter(~models.Exists(well))

    def to_conclude(self, today: dt.date) -> "CheckQuerySet":
        """Reviews whose day has come, or that residents answered, and about which nobody has decided."""
        reviews = self.cared_for().filter(kind=CheckKind.REVIEW, conclusion="").exclude(state=CheckState.CANCELLED)
        return reviews.filter(Q(due_on__lte=today) | Q(state__in=CheckState.done()))


class StewardshipCheck(models.Model):
    """A day by which somebody looks how what was built stands, and what they found.

    `resident` is asked by letter; without one, each who carries the project; without any, the officer sees it on the
    desk. `words` are what was found, or why it was called off. Nobody but staff sees the photo, unless they show it; it
    may be older than the answer, and somebody else's (`photo_by`).
    """

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(_("why"), max_length=16, choices=CheckKind.choices, default=CheckKind.CHECK)
    what = models.CharField(_("what to look at"), max_length=255)
    due_on = models.DateField(_("no later than"))
    resident = models.ForeignKey(
        Resident, verbose_name=_("who looks"), on_delete=models.SET_NULL, null=True, blank=True, related_name="checks"
    )
    state = models.CharField(_("state"), max_length=16, choices=CheckState.choices, default=CheckState.PLANNED)
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        Resident, verbose_name=_("answered by"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    words = models.TextField(_("what was found"), max_length=2000, blank=True)
    photo = models.ForeignKey(
        KeptFile, verbose_name=_("photo"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    photo_by = models.ForeignKey(
        Resident, verbose_name=_("photo taken by"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recognisable = models.CharField(
        _("who is recognised on the photo"), max_length=8, choices=Recognisable.choices, default=Recognisable.UNKNOWN
    )
    is_photo_public = models.BooleanField(_("photo shown on the site"), default=False)
    conclusion = models.CharField(_("conclusion"), max_length=8, choices=Conclusion.choices, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CheckState.done(), answered_at__isnull=False)
                | (~Q(state__in=CheckState.done()) & Q(answered_at__isnull=True)),
                name="a_check_that_was_done_says_when",
            ),
            models.CheckConstraint(
                condition=Q(photo__isnull=False) | Q(is_photo_public=False), name="only_a_photo_there_is_is_shown"
            ),
            models.CheckConstraint(
                condition=Q(conclusion="") | Q(kind=CheckKind.REVIEW), name="only_a_review_is_concluded"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="checks_by_day")]

    def __str__(self) -> str:
        return f"{self.project} – {self.what}"

    @property
    def is_to_come(self) -> bool:
        return self.state == CheckState.PLANNED

    @property
    def is_done(self) -> bool:
        return self.state in CheckState.done()

    @property
    def is_good(self) -> bool:
        return self.state == CheckState.GOOD

    @property
    def needs_work(self) -> bool:
        return self.state == CheckState.NEEDS_WORK

    @property
    def is_called_off(self) -> bool:
        return self.state == CheckState.CANCELLED

    @property
    def is_review(self) -> bool:
        return self.kind == CheckKind.REVIEW

    def is_overdue(self, today: dt.date) -> bool:
        return self.is_to_come and self.due_on < today
