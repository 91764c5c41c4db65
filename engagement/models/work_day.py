"""When do residents work together on a project, and what must they know beforehand?"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Resident
from meetings.models import MeetingKind, MeetingPage


class WorkDayQuerySet(models.QuerySet["WorkDay"]):
    """Which work days?"""

    def open_to_all(self) -> "WorkDayQuerySet":
        """Those whose meeting everyone may read."""
        return self.filter(meeting__in=MeetingPage.objects.open_to_all())

    def to_come(self, now: dt.datetime) -> "WorkDayQuerySet":
        """Not over yet, the nearest first; drafts too."""
        return self.filter(meeting__ends_at__gte=now).order_by("meeting__starts_at", "pk")

    def gone_by(self, now: dt.datetime) -> "WorkDayQuerySet":
        return self.filter(meeting__ends_at__lt=now).order_by("-meeting__starts_at", "-pk")

    def awaiting_approval(self) -> "WorkDayQuerySet":
        """Those that a coordinator proposed, and about which nobody at the town hall decided yet."""
        return self.filter(asked_at__isnull=False, decided_at__isnull=True)


class WorkDay(models.Model):
    """What a meeting of this kind has besides: who leads, what to bring, another day for bad weather.

    Its meeting says when and where; shifts and needs hang on it. `proposed_by` is the coordinator who made it; when
    the community's work days need a yes of the town hall, `asked_at` and `decided_at` say since when.
    """

    KIND: ClassVar[MeetingKind] = MeetingKind.WORK_DAY

    meeting = models.OneToOneField(
        MeetingPage, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="work_day"
    )
    leader = models.ForeignKey(
        Resident,
        verbose_name=_("site leader"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="work_days_led",
    )
    leader_shown_as = models.CharField(
        _("site leader, as everyone reads it"),
        max_length=80,
        blank=True,
        help_text=_("A first name is enough. Left empty, nobody is named."),
    )
    practical = models.TextField(
        _("to know before coming"),
        blank=True,
        max_length=1000,
        help_text=_("Clothes, shoes, the meal, where to park, what the town hall brings."),
    )
    fallback_on = models.DateField(
        _("other day, in bad weather"),
        null=True,
        blank=True,
        help_text=_("At the same hours. Everyone who comes is told if it is needed."),
    )
    series = models.UUIDField(_("series"), null=True, blank=True, editable=False, db_index=True)
    proposed_by = models.ForeignKey(
        Resident,
        verbose_name=_("proposed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="work_days_proposed",
        editable=False,
    )
    asked_at = models.DateTimeField(_("approval asked on"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True, editable=False)
    refusal = models.TextField(_("why not"), blank=True, editable=False)
    advice = models.TextField(_("word with the yes"), blank=True, editable=False)
    closed_at = models.DateTimeField(_("presence confirmed on"), null=True, blank=True, editable=False)
    thanked_at = models.DateTimeField(_("thanked on"), null=True, blank=True, editable=False)

    objects = WorkDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("work day")
        verbose_name_plural = _("work days")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(asked_at__isnull=False),
                name="what_is_decided_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(decided_at__isnull=False),
                name="a_refused_work_day_was_decided_on",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def day(self) -> dt.date | None:
        """The town's day on which it takes place; None for a draft without a date."""
        return timezone.localdate(self.meeting.starts_at) if self.meeting.starts_at else None

    @property
    def awaits_approval(self) -> bool:
        return self.asked_at is not None and self.decided_at is None

    @property
    def is_refused(self) -> bool:
        return bool(self.refusal)

    @property
    def is_closed(self) -> bool:
        """Whether presence was confirmed, and hours went to the accounts."""
        return self.closed_at is not None
