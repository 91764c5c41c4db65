"""What did a coordinator write about a work day, to whom, and how many got it?"""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Mailing, Resident

from .shift import Shift
from .work_day import WorkDay


class Readers(models.TextChoices):
    """Who gets a coordinator's letter."""

    COMING = "coming", _("all who come")
    SHIFT = "shift", _("those of one shift")
    BRINGING = "bringing", _("those who bring something")
    WAITING = "waiting", _("those who wait for a place")
    MEMBERS = "members", _("all members of the community")
    CALLED = "called", _("members called for help")


class CoordinatorLetterQuerySet(models.QuerySet["CoordinatorLetter"]):
    """Which letters?"""

    def calls(self) -> "CoordinatorLetterQuerySet":
        return self.filter(readers=Readers.CALLED)

    def besides_calls(self) -> "CoordinatorLetterQuerySet":
        return self.exclude(readers=Readers.CALLED)

    def since(self, moment: dt.datetime) -> "CoordinatorLetterQuerySet":
        return self.filter(written_at__gt=moment)


class CoordinatorLetter(models.Model):
    """One text about a work day, a call for help too; its mailing knows who got it.

    `key` is made by the page that sends, so that the same press sent twice is one letter. `signed` is the name its
    readers see.
    """

    work_day = models.ForeignKey(
        WorkDay, verbose_name=_("work day"), on_delete=models.CASCADE, related_name="coordinator_letters"
    )
    by = models.ForeignKey(
        Resident,
        verbose_name=_("written by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="letters_to_volunteers",
    )
    signed = models.CharField(_("signed as"), max_length=160)
    readers = models.CharField(_("to"), max_length=8, choices=Readers.choices)
    shift = models.ForeignKey(
        Shift, verbose_name=_("shift"), on_delete=models.SET_NULL, null=True, related_name="coordinator_letters"
    )
    subject = models.CharField(_("subject"), max_length=120)
    words = models.TextField(_("words"), max_length=3000)
    key = models.UUIDField(_("key"), unique=True, editable=False)
    mailing = models.OneToOneField(
        Mailing, on_delete=models.PROTECT, null=True, related_name="coordinator_letter", editable=False
    )
    written_at = models.DateTimeField(_("written on"))

    objects = CoordinatorLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter of a coordinator")
        verbose_name_plural = _("letters of coordinators")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shift__isnull=True) | Q(readers=Readers.SHIFT), name="only_a_letter_to_a_shift_names_one"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
