"""What exactly goes over the line? From a worker's deliveries to addresses and bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from communities import links, own_links, preferences, unsubscribing
from communities.models import Delivery, Mailing, Town

from . import composing, quoting, texting
from .kinds import letter_kinds

BOUNCE = "bounce"
UNSUBSCRIBE = "desinscription"


@dataclass(frozen=True, slots=True)
class Ready:
    """One letter in its envelope."""

    delivery: Delivery
    sender: str
    recipient: str
    message_id: str
    data: bytes


class Workshop:
    """Letters compiled during one worker's shift: once for each mailing and language."""

    def __init__(self) -> None:
        self._envelopes: dict[tuple[int, str], composing.Envelope] = {}

    def prepare(
        self, *, mailing: Mailing, language: str, deliveries: Sequence[Delivery], now: datetime
    ) -> tuple[list[Ready], list[Delivery]]:
        """One mailing's letters in one language, and those whose address cannot be written; nothing from nothing.

        Raise whatever the letter kind raises, KeyError when it gives no value for a placeholder.
        """
        if not deliveries:
            return [], []
        if deliveries[0].is_by_sms:
            return self._texts(mailing, language, deliveries, now), []
        with translation.override(language):
            envelope = self._envelope(mailing, language)
            personal = letter_kinds[mailing.kind].personal(mailing=mailing, deliveries=deliveries)
        date = format_datetime(now)
        ready, unaddressable = [], []
        for delivery in deliveries:
            values = {**self._values(mailing, delivery, date), **personal[delivery.pk]}
            try:
                ready.append(self._ready(envelope, delivery, values))
            except quoting.Unaddressable:
                unaddressable.append(delivery)
        return ready, unaddressable

    def _texts(self, mailing: Mailing, language: str, deliveries: Sequence[Delivery], now: datetime) -> list[Ready]:
        """Text messages are few: each is built by itself."""
        kind, date = letter_kinds[mailing.kind], format_datetime(now)
        with translation.override(language):
            words = kind.short_text(mailing=mailing, deliveries=deliveries)
        return [self._text(mailing, delivery, words[delivery.pk], date) for delivery in deliveries]

    def _text(self, mailing: Mailing, delivery: Delivery, words: str, date: str) -> Ready:
        message_id = f"<{mailing.kind}-{mailing.pk}-{delivery.pk}@{domain()}>"
        recipient = quoting.address(texting.address_of(delivery.resident.phone if delivery.resident else ""))
        data = texting.message(text=words, recipient=recipient, sender=self._sender, message_id=message_id, date=date)
        sender = self._return_path(delivery)
        return Ready(delivery=delivery, sender=sender, recipient=recipient, message_id=message_id, data=data)

    def _envelope(self, mailing: Mailing, language: str) -> composing.Envelope:
        key = (mailing.pk, language)
        if key not in self._envelopes:
            kind = letter_kinds[mailing.kind]
            letter = kind.compose(mailing=mailing, language=language)
            self._envelopes[key] = composing.compile_letter(
                replace(
                    letter,
                    from_name=letter.from_name or str(self._town),
                    from_address=letter.from_address or self._sender,
                ),
                seed=f"{mailing.kind}-{mailing.pk}-{language}",
                domain=domain(),
                list_name=(kind.topic or mailing.kind) if kind.purpose else "",
            )
        return self._envelopes[key]

    def _ready(self, envelope: composing.Envelope, delivery: Delivery, values: composing.Values) -> Ready:
        return Ready(
            delivery=delivery,
            sender=self._return_path(delivery),
            recipient=quoting.address(delivery.address),
            message_id=envelope.message_id(values),
            data=envelope.splice(values),
        )

    def _values(self, mailing: Mailing, delivery: Delivery, date: str) -> dict[str, str]:
        """What the post itself fills in; the pages of a test know nobody."""
        reader, name = delivery.resident, str(delivery.resident or "")
        token = own_links.sign(unsubscribing.purpose_of(letter_kinds[mailing.kind].topic), reader)
        return {
            composing.TO_NAME: name,
            composing.AFTER_HELLO: composing.after_hello(name),
            composing.TO_ADDRESS: delivery.address,
            composing.UNSUBSCRIBE_URL: token.join(self._unsubscribe_url),
            composing.UNSUBSCRIBE_ADDRESS: token.join(self._unsubscribe_address),
            composing.PREFERENCES_URL: own_links.sign(preferences.PURPOSE, reader).join(self._preferences_url),
            composing.MESSAGE_ID: f"{mailing.kind}-{mailing.pk}-{delivery.pk}",
            composing.DATE: date,
        }

    def _return_path(self, delivery: Delivery) -> str:
        """VERP where we read the mailbox, so that a bounce names its delivery; else the town hall's own."""
        if settings.INBOUND_DOMAIN:
            return f"rebond+{links.sign(BOUNCE, delivery.pk)}@{settings.INBOUND_DOMAIN}"
        return self._sender

    @cached_property
    def _town(self) -> Town:
        town: Town = Town.load()
        return town

    @cached_property
    def _sender(self) -> str:
        return quoting.address(self._town.email or settings.DEFAULT_FROM_EMAIL)

    @cached_property
    def _unsubscribe_url(self) -> tuple[str, str]:
        return around_the_token("communities:unsubscribe")

    @cached_property
    def _preferences_url(self) -> tuple[str, str]:
        return around_the_token("communities:preferences")

    @cached_property
    def _unsubscribe_address(self) -> list[str]:
        """Nothing on both sides of nothing where nobody reads the mailbox."""
        domain = settings.INBOUND_DOMAIN
        return [f"{UNSUBSCRIBE}+", f"@{domain}"] if domain else [""]


def domain() -> str:
    """What stands behind the @ in the identifier of each of our letters."""
    return settings.INBOUND_DOMAIN or urlsplit(settings.SITE_URL).hostname or "localhost"


def around_the_token(page: str) -> tuple[str, str]:
    """What stands before and after a token in the address of a page."""
    before, after = links.around(page)
    return settings.SITE_URL + before, after


def by_mailing_and_language(deliveries: Iterable[Delivery]) -> dict[tuple[Mailing, str], list[Delivery]]:
    """Letters that are composed together."""
    groups: dict[tuple[Mailing, str], list[Delivery]] = {}
    for delivery in deliveries:
        groups.setdefault((delivery.mailing, delivery.language), []).append(delivery)
    return groups
