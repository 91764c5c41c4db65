"""What is held in a week of November 2026, and the letters that tell it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from communities.models import Delivery, DeliveryState, Mailing, Resident
from communities.post import digesting
from tests.communities.factories import ConsentEventFactory

PARIS = ZoneInfo("Europe/Paris")
Hold = Callable[..., Delivery]


def november(day: int, hour: int, minute: int = 0) -> datetime:
    """Of 2026, by the town's clock: the 23rd and the 30th are Mondays, the 26th is a Thursday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


def reader(**facts: object) -> Resident:
    return ConsentEventFactory(**facts).resident


def told_in(letter: Delivery) -> Delivery | None:
    letter.refresh_from_db()
    return letter.digest


def summaries() -> list[Mailing]:
    return list(Mailing.objects.filter(kind=digesting.KIND).order_by("pk"))


def fail(at: datetime) -> None:
    """The relay refuses every one of them."""
    letters = Delivery.objects.filter(mailing__kind=digesting.KIND)
    letters.update(state=DeliveryState.FAILED, reason="-", ended_at=at)
