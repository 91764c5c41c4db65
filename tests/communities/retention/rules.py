"""A rule of no room, on sign-ups, so that tests run the night as it is and nothing else with it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from communities.models import RetentionRun, SignUp
from communities.retention.lengths import days, months
from communities.retention.rules import Facts, Reach, RetentionRule, deleting
from tests.communities.factories import SignUpFactory

NOW = datetime(2027, 3, 1, 2, 30, tzinfo=UTC)
NAME = "tests.wishes"


def told(keys: Sequence[Any]) -> list[Facts]:
    return [{"wish": pk} for pk in keys]


def a_rule(**facts: Any) -> RetentionRule:
    """Wishes go after ten days; `runs` unless a test says otherwise."""
    said: dict[str, Any] = {
        "label": "Wishes",
        "what_goes": "The wish.",
        "length": days(10),
        "least": days(5),
        "most": months(2),
        "source": "nobody",
        "due": lambda reach: SignUp.objects.filter(created_at__lt=reach.before),
        "moment": "created_at",
        "let_go": deleting(SignUp),
        "runs": True,
        "batch": 4,
    }
    return RetentionRule(**said | facts)


def wishes(number: int, *, days_ago: int) -> None:
    created = days_ago_from_now(days_ago)
    for _each in range(number):
        SignUpFactory(created_at=created)


def days_ago_from_now(number: int) -> datetime:
    return days(number).before(NOW)


def nights() -> list[int]:
    """How many went in each night, the first one first."""
    return list(RetentionRun.objects.filter(rule=NAME).order_by("ran_on").values_list("number", flat=True))


class Killed(Exception):
    """As if the worker were gone in the middle of a batch."""


def dying(*, after: int) -> Any:
    """Lets that many batches go, then dies with the next one half done."""
    calls = iter(range(after))

    def let_go(keys: Sequence[Any], reach: Reach) -> int:
        SignUp.objects.filter(pk__in=keys).delete()
        if next(calls, None) is None:
            raise Killed
        return len(keys)

    return let_go
