"""What was posted to whom, and what became of it. PostgreSQL remembers; the broker only rings."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .lean import ReadInNumbers
from .mailing import Mailing
from .probing import Probed
from .resident import Channel, Resident
from .status import DeliveryState, MailingState, Priority

# When a letter that waits will have left, for all we know: later than any that did.
NOT_YET = models.Value(datetime(9999, 1, 1, tzinfo=UTC))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which letters?"""

    def pending(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.PENDING)

    def held(self) -> "DeliveryQuerySet":
        """Put aside for the weekly letter."""
        return self.filter(state=DeliveryState.HELD)

    def unasked(self, *, since: datetime) -> "DeliveryQuerySet":
        """Letters that nobody asked for, sent since then or about to be; those a weekly letter told do not count."""
        by_themselves = self.order_by().filter(counts_as_unasked=True, digest__isnull=True)
        told = by_themselves.filter(state__in=[DeliveryState.PENDING, DeliveryState.SENT])
        return told.alias(left_at=Coalesce("ended_at", NOT_YET)).filter(left_at__gt=since)

    def unclaimed(self, now: datetime) -> "DeliveryQuerySet":
        """In nobody's hands: never taken, or taken by a worker whose lease is over."""
        return self.filter(models.Q(claimed_until__isnull=True) | models.Q(claimed_until__lt=now))

    def due(self, now: datetime, *, channel: Channel = Channel.EMAIL) -> "DeliveryQuerySet":
        """Letters that a worker may take now, the most pressing first; paper that nobody ticked holds none back."""
        # "Not ended" rather than "pending", whose index a planner takes for a short list.
        earlier = Delivery.objects.filter(
            ~models.Q(thread=""),
            ended_at__isnull=True,
            mailing__state=MailingState.OPEN,
            thread=models.OuterRef("thread"),
            resident=models.OuterRef("resident"),
            channel=models.OuterRef("channel"),
            order__lt=models.OuterRef("order"),
        )
        return (
            self.pending()
            .unclaimed(now)
            .filter(~Probed(earlier), channel=channel, mailing__state=MailingState.OPEN)
            .filter(next_attempt_at__lte=now)
            .order_by("priority", "next_attempt_at", "pk")
        )

    def with_overtaken(self) -> "DeliveryQuerySet":
        """With `overtaken`: whether a later letter of the same thread has already left."""
        later = Delivery.objects.filter(
            ~models.Q(thread=""),
            state=DeliveryState.SENT,
            thread=models.OuterRef("thread"),
            resident=models.OuterRef("resident"),
            order__gt=models.OuterRef("order"),
        )
        return self.annotate(overtaken=Probed(later))

    def to_post(self) -> "DeliveryQuerySet":
        """Letters on paper that nobody has put into the post yet."""
        return self.pending().filter(channel=Channel.LETTER)

    def by_reader(self) -> "DeliveryQuerySet":
        """In an order that an index of one mailing's or one thread's letters has, so that a page of them is read at
        once among those of six years.
        """
        return self.order_by("resident_id", "pk")

    def with_recipients(self) -> "DeliveryQuerySet":
        """With what a list of recipients shows, in one query."""
        return self.select_related("resident")


class Delivery(ReadInNumbers):
    """One mailing to one resident on one channel, with its true state.

    `thread` and `order` say which letters must not overtake each other (one meeting and one resident, say); the post
    does not know what a thread is about. `claim` is the fence: a mark counts only under the claim that sent it.

    A held letter ended on the day it was put aside; the weekly letter (`digest`, another delivery; sooner, if it does
    not wait) tells it instead, and then it counts as sent.
    `provider_id` is what a provider that is no SMTP relay calls the letter in what it tells us later.
    """

    mailing = models.ForeignKey(
        Mailing,
        verbose_name=_("mailing"),
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,  # the unique constraint's serves
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    test_address = models.EmailField(_("address of a test"), blank=True)
    thread = models.CharField(max_length=64, blank=True)
    order = models.PositiveIntegerField(default=0)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.BULK)
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    counts_as_unasked = models.BooleanField(_("not asked for"), default=False, editable=False)
    digest = models.ForeignKey(
        "self",
        verbose_name=_("told by the weekly letter"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tells",
        editable=False,
        db_index=False,  # most letters have none: see letters_of_weekly_ones
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    claim = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    message_id = models.CharField(max_length=255, blank=True, editable=False)
    printed_at = models.DateTimeField(_("printed on"), null=True, blank=True, editable=False)
    provider_id = models.CharField(max_length=255, blank=True, editable=False)
    ended_at = models.DateTimeField(_("on"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back on"), null=True, blank=True, editable=False)
    delayed_at = models.DateTimeField(_("could not be handed over on"), null=True, blank=True, editable=False)
    bounce_reason = models.CharField(_("why it came back"), max_length=255, blank=True, editable=False)

    # Filled by with_overtaken().
    overtaken: bool

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "resident", "channel"], name="one_delivery_per_mailing_resident_and_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(resident__isnull=False) | ~models.Q(test_address=""),
                name="a_delivery_has_a_resident_unless_it_is_a_test",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DeliveryState.PENDING, ended_at__isnull=True)
                | (~models.Q(state=DeliveryState.PENDING) & models.Q(ended_at__isnull=False)),
                name="an_ended_delivery_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.SKIPPED])
                | ~models.Q(reason=""),
                name="a_letter_that_did_not_leave_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(bounced_at__isnull=True, delayed_at__isnull=True) | ~models.Q(bounce_reason=""),
                name="a_letter_that_came_back_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "priority", "next_attempt_at", "id"],
                condition=models.Q(state=DeliveryState.PENDING),
                name="letters_that_wait",
            ),
            models.Index(
                fields=["thread", "resident", "order"],
                condition=~models.Q(thread=""),
                name="letters_of_a_thread",
            ),
            # What left in thirty days is found at once among what left in six years.
            models.Index(
                "resident",
                Coalesce("ended_at", NOT_YET),
                condition=models.Q(
                    counts_as_unasked=True,
                    digest__isnull=True,
                    state__in=[DeliveryState.PENDING, DeliveryState.SENT],
                ),
                name="letters_nobody_asked_for",
            ),
            # Each partial index costs every mark a little, whether or not the letter is in it: so few, and shared.
            models.Index(
                fields=["digest", "resident"],
                condition=models.Q(state=DeliveryState.HELD) | models.Q(digest__isnull=False),
                name="letters_of_weekly_ones",
            ),
            models.Index(
                fields=["provider_id"],
                condition=~models.Q(provider_id=""),
                name="letters_named_by_a_provider",
            ),
            models.Index(
                fields=["mailing", "resident"],
                condition=models.Q(bounced_at__isnull=False),
                name="letters_that_came_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailing} → {self.resident or self.test_address}"

    @property
    def is_pending(self) -> bool:
        return self.state == DeliveryState.PENDING

    @property
    def is_held(self) -> bool:
        return self.state == DeliveryState.HELD

    @property
    def is_sent(self) -> bool:
        return self.state == DeliveryState.SENT

    @property
    def has_failed(self) -> bool:
        return self.state == DeliveryState.FAILED

    @property
    def has_come_back(self) -> bool:
        return self.bounced_at is not None

    @property
    def is_by_hand(self) -> bool:
        """Told by people, on paper or by telephone."""
        return self.channel in (Channel.LETTER, Channel.PHONE)

    @property
    def is_by_sms(self) -> bool:
        return self.channel == Channel.SMS

    @property
    def is_by_phone(self) -> bool:
        return self.channel == Channel.PHONE

    @property
    def address(self) -> str:
        """Where the letter goes: the resident's e-mail address of today, or a test's; may be empty."""
        return self.resident.email if self.resident else self.test_address

    @property
    def language(self) -> str:
        return self.resident.language if self.resident else settings.LANGUAGE_CODE
