"""What must staff hear of before residents do? Each part of the program registers what it watches; silence is good."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from .permissions import Anyone, may_follow_mailings
from .registry import Registry


@dataclass(frozen=True)
class Alert:
    """What is wrong, what to do next, and where that is done; `where` and `way` (its address) may be empty.

    Everyone who hears of it reads the words; only whom `opens_to` lets in is shown the way.
    """

    trouble: str | Promise
    advice: str | Promise = ""
    where: str | Promise = ""
    way: str = ""
    opens_to: Callable[[Anyone], bool] = may_follow_mailings


Watch = Callable[[datetime], "Alert | str | None"]
"""Asked each time the staff's first page opens: a few fixed queries, no network. None while all is well."""

alerts: Registry[Watch] = Registry("alerts")


def standing(*, now: datetime) -> list[Alert]:
    """What is wrong now, in the order of the names; a bare sentence is an alert that says all itself."""
    said = [watch(now) for _name, watch in alerts.items()]
    return [Alert(words) if isinstance(words, str) else words for words in said if words]
