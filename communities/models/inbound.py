"""What came in by mail, and what became of it. Stored first, as it came; read afterwards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .resident import Resident


class InboundState(models.TextChoices):
    """Where one message stands."""

    WAITING = "waiting", _("waiting to be read")
    HANDLED = "handled", _("taken into account")
    FORWARDED = "forwarded", _("passed on")
    HELD = "held", _("waits for a decision")
    QUARANTINED = "quarantined", _("set apart")
    NOTHING = "nothing", _("nothing to do")

    @classmethod
    def undecided(cls) -> list["InboundState"]:
        """States that a person may still change."""
        return [cls.HELD, cls.QUARANTINED]


class InboundSource(models.TextChoices):
    """By which door it came."""

    PIPE = "pipe", _("the mail server")
    MAILBOX = "mailbox", _("the mailbox")
    WEBHOOK = "webhook", _("the mail provider")


class InboundQuerySet(models.QuerySet["InboundMessage"]):
    """Which messages?"""

    def waiting(self) -> "InboundQuerySet":
        return self.filter(state=InboundState.WAITING)

    def to_decide(self) -> "InboundQuerySet":
        """Those that wait for a person."""
        return self.filter(state=InboundState.HELD)

    def to_decide_first(self) -> "InboundQuerySet":
        """Those that wait for a person, then the others, the latest first."""
        is_held = models.Case(models.When(state=InboundState.HELD, then=0), default=1)
        return self.order_by(is_held, "-pk")


class InboundMessage(models.Model):
    """One message as it was received. `fingerprint` makes a second arrival of it the same row.

    `recipients` are those of the envelope; `raw` is empty once its time is over. `handler` and `token` say whose it is
    by its address, so that a person may have a held one done.
    """

    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    raw = models.BinaryField(_("as it came"), default=b"")
    recipients = ArrayField(models.CharField(max_length=320), verbose_name=_("to"), default=list, blank=True)
    source = models.CharField(_("came by"), max_length=8, choices=InboundSource.choices)
    received_at = models.DateTimeField(_("received on"))
    sender = models.CharField(_("from"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    handler = models.CharField(max_length=40, blank=True)
    token = models.CharField(max_length=80, blank=True)
    resident = models.ForeignKey(
        Resident,
        verbose_name=_("resident"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inbound_messages",
    )
    state = models.CharField(_("state"), max_length=12, choices=InboundState.choices, default=InboundState.WAITING)
    outcome = models.CharField(_("what became of it"), max_length=255, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    ended_at = models.DateTimeField(_("on"), null=True, blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        verbose_name = _("received message")
        verbose_name_plural = _("received messages")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=InboundState.WAITING)
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="a_message_that_was_read_says_what_became_of_it",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state=InboundState.WAITING), name="mail_that_waits"),
            models.Index(fields=["state", "-id"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("without a subject"))

    @property
    def is_waiting(self) -> bool:
        return self.state == InboundState.WAITING

    @property
    def is_held(self) -> bool:
        return self.state == InboundState.HELD

    @property
    def is_undecided(self) -> bool:
        return self.state in InboundState.undecided()


class Mailbox(models.Model):
    """How far a mailbox has been read (RFC 3501: UIDs count within one UIDVALIDITY), and since when it cannot be."""

    name = models.CharField(max_length=320, unique=True)
    uid_validity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=255, blank=True)
    trouble_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trouble="", trouble_since__isnull=True)
                | (~models.Q(trouble="") & models.Q(trouble_since__isnull=False)),
                name="a_mailbox_in_trouble_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name
