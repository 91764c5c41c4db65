"""When is a letter tried again, and when do we give up?"""

from datetime import timedelta

import pytest

from communities.post import retrying
from communities.post.relay import AnswerLost, ConnectionLost, Postponed, Refused, Trouble
from communities.post.retrying import Fail, Retry

GREYLISTED = Postponed("greylisted", 450)
NO_SUCH_USER = Refused("5.1.1 no such user", 550)


@pytest.mark.parametrize(
    ("attempts", "outcome", "decision"),
    [
        (1, GREYLISTED, Retry(timedelta(minutes=1))),
        (2, GREYLISTED, Retry(timedelta(minutes=5))),
        (3, GREYLISTED, Retry(timedelta(minutes=15))),
        (4, GREYLISTED, Retry(timedelta(hours=1))),
        (5, GREYLISTED, Retry(timedelta(hours=4))),
        (9, GREYLISTED, Retry(timedelta(hours=12))),
        (10, GREYLISTED, Fail(GREYLISTED.words)),
        (1, ConnectionLost("broken pipe"), Retry(timedelta(minutes=1))),
        (1, AnswerLost("timed out"), Retry(timedelta(minutes=1))),
        (1, ConnectionLost("too many connections", 421), Retry(timedelta(minutes=2))),
        (1, Postponed("insufficient storage", 452), Retry(timedelta(hours=1))),
        (1, Postponed("4.2.2 mailbox full", 450), Retry(timedelta(hours=1))),
        (7, Postponed("insufficient storage", 452), Fail(Postponed("insufficient storage", 452).words)),
        (1, NO_SUCH_USER, Fail(NO_SUCH_USER.words)),
        (5, NO_SUCH_USER, Fail(NO_SUCH_USER.words)),
    ],
)
def test_each_attempt_has_its_decision(attempts: int, outcome: Trouble, decision: Retry | Fail) -> None:
    assert retrying.after(attempts=attempts, outcome=outcome) == decision


def test_patience_lasts_about_two_days() -> None:
    assert timedelta(days=1, hours=12) < sum(retrying.DELAYS, timedelta()) < timedelta(days=2, hours=12)
