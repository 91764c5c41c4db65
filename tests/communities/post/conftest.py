"""A letter kind for tests, a relay with moods, and a moment."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from communities.models import Delivery, Mailing, Purpose, Resident, Topic
from communities.models.delivery import DeliveryQuerySet
from communities.post import delivery
from communities.post.composing import Letter, placeholder
from communities.post.delivery import Shift
from communities.post.kinds import LetterKind, letter_kinds
from communities.post.relay import Relay
from tests.communities.post import relays
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory
from tests.communities.post.summaries import Hold, reader


@dataclass
class Postcard(LetterKind):
    """A letter kind that does what a test tells it to."""

    purpose: Purpose | None = None
    topic: Topic | None = None
    is_unasked: bool = False
    asked_for: set[int] = field(default_factory=set)
    no_longer_true: dict[int, str] = field(default_factory=dict)
    takes_place: dict[int, datetime] = field(default_factory=dict)
    broken: bool = False
    composed: list[tuple[int, str]] = field(default_factory=list)

    def owed(self, *, mailing: Mailing, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> Collection[int]:
        """Those of these deliveries whose residents asked for it."""
        return {delivery.pk for delivery in deliveries if delivery.resident_id in self.asked_for}

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        self.composed.append((mailing.pk, language))
        if self.broken:
            raise ValueError(mailing.title)
        greeting = {"fr": "Bonjour", "en": "Hello"}[language]
        words = f"{greeting} {placeholder('to_name')}, {placeholder('number')}"
        return Letter(subject=mailing.title, text=words, html=f"<p>{words}</p>")

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {"number": f"no {delivery.pk}"} for delivery in deliveries}

    def happens_at(self, *, mailing: Mailing) -> datetime | None:
        return self.takes_place.get(mailing.pk)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return {each.pk: self.no_longer_true[each.pk] for each in deliveries if each.pk in self.no_longer_true}

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return ["town", "community:1"]


@pytest.fixture
def postcard(monkeypatch: pytest.MonkeyPatch) -> Postcard:
    """The kind of letters "postcard", as an answer to something that the person did."""
    kind = Postcard()
    monkeypatch.setitem(letter_kinds._things, "postcard", kind)
    return kind


@pytest.fixture
def circular(monkeypatch: pytest.MonkeyPatch) -> Postcard:
    """The kind of letters "circular", which needs a consent."""
    kind = Postcard(purpose=Purpose.ANNOUNCEMENTS)
    monkeypatch.setitem(letter_kinds._things, "circular", kind)
    return kind


@pytest.fixture
def newsletter(monkeypatch: pytest.MonkeyPatch) -> Postcard:
    """The kind of letters "newsletter": nobody asked for it, and it can be muted."""
    kind = Postcard(purpose=Purpose.ANNOUNCEMENTS, topic=Topic.NEWS, is_unasked=True)
    monkeypatch.setitem(letter_kinds._things, "newsletter", kind)
    return kind


@pytest.fixture
def cranky(settings: Settings) -> Iterator[relays.Relay]:
    """A relay with moods; the post sends to it."""
    with relays.listening() as cranky:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", cranky.port, 5
        yield cranky


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def shift(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shift]:
    """A worker's shift without an end, on a machine that may have much else to do."""
    monkeypatch.setattr(delivery, "PATIENCE", timedelta(minutes=1))
    with Relay() as relay:
        yield Shift(until=float("inf"), relay=relay)


@pytest.fixture
def hold(newsletter: Postcard) -> Hold:
    """A letter put aside `at` that moment, for what takes place on `of`; its reader, unless given, is another each
    time.
    """

    def hold(*, at: datetime, of: datetime | None = None, to: Resident | None = None) -> Delivery:
        mailing = MailingFactory(kind="newsletter")
        if of:
            newsletter.takes_place[mailing.pk] = of
        return DeliveryFactory(mailing=mailing, resident=to or reader(), state="held", reason="-", ended_at=at)

    return hold
