"""Two records of one person, and what joins them in a test."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from communities.doubles import merging
from communities.models import (
    Delivery,
    Mailing,
    Resident,
)
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def merge(kept: Resident, gone: Resident, *, take: Iterable[str] = ()) -> Resident:
    kept.refresh_from_db()
    gone.refresh_from_db()
    saw = merging.seen(kept, gone)
    joined = merging.merge(kept=kept, gone=gone, take=set(take), saw=saw, by=StaffFactory(), now=NOW)
    gone.refresh_from_db()
    return joined


def letter(resident: Resident, mailing: Mailing, **facts: Any) -> Delivery:
    return Delivery.objects.create(mailing=mailing, resident=resident, next_attempt_at=NOW, **facts)


def a_mailing(key: str = "1") -> Mailing:
    return Mailing.objects.create(kind="invitation", key=key, title="Invitation", created_at=NOW)
