"""The letters of a space, and the one to somebody of whom nothing was heard for long."""

import datetime as dt

from django.utils import timezone

from communities.models import Resident
from communities.post import mailings
from communities.retention import contacts
from communities.retention.rules import Reach
from communities.space import addressing, entering
from tests.communities.factories import (
    ResidentFactory,
)


def post_one_of_each(*, now: dt.datetime) -> None:
    """Whether to keep someone, the way in, an address that changes."""
    contacts.ask([silent().pk], Reach(before=now - dt.timedelta(days=730), now=now))
    come_into_a_space(now=now)


def silent() -> Resident:
    """Someone of whom nothing was heard for three years."""
    long_ago = timezone.now() - dt.timedelta(days=1100)
    return ResidentFactory(created_at=long_ago, confirmed_at=long_ago)


def come_into_a_space(*, now: dt.datetime) -> None:
    """The way in, and the two letters of a changed address."""
    resident = ResidentFactory()
    entering.ask(email=resident.email, now=now)
    entering.answer_all(now=now)
    change = addressing.ask(resident=resident, email="nouvelle@example.org", now=now)
    told = {"kind": addressing.TOLD_KIND, "key": str(change.pk), "title": "Adresse", "address": "ada@example.org"}
    mailings.post_to_address(**told, now=now)
