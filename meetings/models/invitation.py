"""Who was asked to a meeting, and what they said."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communities.models import ReadInNumbers, Resident, SignUp

from .meeting import MeetingPage


class InvitationOrigin(models.TextChoices):
    """How a resident came to be invited."""

    AUDIENCE = "audience", _("invited")
    REGISTRATION = "registration", _("came by themselves")
    STAFF = "staff", _("written down at the town hall")


class Choice(models.TextChoices):
    """What a resident answers."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    MAYBE = "maybe", _("maybe")

    @property
    def is_yes(self) -> bool:
        return self is Choice.YES

    @property
    def is_no(self) -> bool:
        return self is Choice.NO


class AnswerChannel(models.TextChoices):
    """By which means an answer came."""

    WEB = "web", _("the site")
    MAIL = "mail", _("the link in a letter")
    CALENDAR = "calendar", _("a calendar program")
    PHONE = "phone", _("telephone")
    PAPER = "paper", _("paper slip")


class Invitation(ReadInNumbers):
    """One per meeting and resident: why they were asked, and the announcement they were last told.

    `sequence` names it, whatever told it: a letter, the telephone, the desk. `withdrawn_at` is when they were told that
    the meeting is no longer for them, under that same sequence.
    """

    meeting = models.ForeignKey(
        MeetingPage,
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        related_name="invitations",
        db_index=False,  # the unique constraint's serves
    )
    resident = models.ForeignKey(
        Resident,
        verbose_name=_("resident"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    origin = models.CharField(
        _("origin"),
        max_length=16,
        choices=InvitationOrigin.choices,
        default=InvitationOrigin.AUDIENCE,
    )
    because = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("because of"),
        default=list,
        blank=True,
    )
    sequence = models.PositiveIntegerField(_("sequence sent"), null=True, blank=True)
    created_at = models.DateTimeField(_("invited on"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    # Filled where a calendar's answer is read: the SEQUENCE that told the meeting's residents last.
    told_sequence: int | None

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "resident"],
                name="one_invitation_per_meeting_and_resident",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident} → {self.meeting}"


class JoinedInvitation(models.Model):
    """The number of an invitation that became one with another, as two records of a person did: links still say it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="joined")

    class Meta:
        verbose_name = _("invitation joined to another")
        verbose_name_plural = _("invitations joined to others")

    def __str__(self) -> str:
        return f"{self.number} → {self.invitation_id}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Which answers?"""

    def current(self) -> "AnswerQuerySet":
        """The last word of each resident; the others are history."""
        return self.filter(is_current=True)

    def coming(self) -> "AnswerQuerySet":
        return self.current().filter(choice=Choice.YES)

    def for_an_earlier_date(self) -> "AnswerQuerySet":
        """The last word of residents who were asked again since: kept, and not counted."""
        later = Answer.objects.filter(invitation=models.OuterRef("invitation"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later), outdated_by__isnull=False)

    def people(self) -> int:
        """Seats these answers take: the residents and those they bring."""
        total = self.aggregate(people=Coalesce(models.Sum(models.F("guests") + 1), 0))["people"]
        return int(total)


class Answer(models.Model):
    """What one resident said, by which means, when. The last one wins and the others are kept.

    `outdated_by` is the SEQUENCE that told another date or place and asked again: until then it was their last word.
    """

    invitation = models.ForeignKey(
        Invitation,
        verbose_name=_("invitation"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    choice = models.CharField(_("answer"), max_length=8, choices=Choice.choices)
    guests = models.PositiveSmallIntegerField(_("people they bring"), default=0)
    channel = models.CharField(_("by"), max_length=8, choices=AnswerChannel.choices)
    answered_at = models.DateTimeField(_("on"))
    is_current = models.BooleanField(default=True)
    let_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("let in by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who seated them beyond the seats or before those who wait; nobody, as a rule."),
    )
    outdated_by = models.PositiveIntegerField(_("asked again by sequence"), null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["invitation"],
                condition=models.Q(is_current=True),
                name="one_current_answer_per_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(choice=Choice.YES) | models.Q(guests=0),
                name="only_those_who_come_bring_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(is_current=False) | models.Q(outdated_by=None),
                name="an_answer_for_an_earlier_date_does_not_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_choice_display()}"

    @property
    def is_coming(self) -> bool:
        return self.choice == Choice.YES


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Which seats wait for their button?"""

    def held(self, now: dt.datetime) -> "RegistrationQuerySet":
        """Not confirmed, and still within their time; who asked to wait holds no seat."""
        return self.filter(confirmed_at__isnull=True, waits=False, held_until__gt=now)


class Registration(models.Model):
    """Someone who was not invited and wants to come: a seat held until the button in the letter is pressed.

    When there was none, and they chose to wait: a place on the waiting list, once the button is pressed.
    """

    meeting = models.ForeignKey(
        MeetingPage,
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    resident = models.ForeignKey(
        Resident,
        verbose_name=_("resident"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    given_name = models.CharField(_("name given"), max_length=160)
    guests = models.PositiveSmallIntegerField(_("people they bring"), default=0)
    waits = models.BooleanField(_("asks for a place on the waiting list"), default=False)
    sequence = models.PositiveIntegerField(_("sequence sent"), null=True, blank=True)
    sign_up = models.OneToOneField(
        SignUp,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registration",
    )
    created_at = models.DateTimeField(_("asked on"))
    held_until = models.DateTimeField(_("seat held until"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "resident"],
                condition=models.Q(confirmed_at__isnull=True),
                name="one_open_registration_per_meeting_and_resident",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident} → {self.meeting}"
