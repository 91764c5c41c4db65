"""A letter that tells what was held, and fails: nothing that it told is lost, and nobody is tried at each tick."""

import pytest

from communities.post import digesting
from tests.communities.post.summaries import Hold, fail, november, summaries, told_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsletter")]


def test_a_letter_that_failed_is_told_again_in_the_next_round_and_not_before(hold: Hold) -> None:
    letter = hold(at=november(23, 8), of=november(25, 18))
    digesting.keep(now=november(23, 9))
    fail(november(23, 9))

    digesting.keep(now=november(23, 9, 5))
    before = told_in(letter)
    digesting.keep(now=november(23, 17))

    assert before is None
    assert told_in(letter)


def test_a_letter_that_cannot_wait_and_is_refused_is_not_tried_at_each_tick(hold: Hold) -> None:
    hold(at=november(23, 18), of=november(24, 8, 30))
    for minute in range(0, 60, 5):
        digesting.keep(now=november(23, 18, minute))
        fail(november(23, 18, minute))

    assert len(summaries()) == 1


def test_a_weekly_letter_that_failed_is_told_again_before_it_takes_place(hold: Hold) -> None:
    letter = hold(at=november(25, 8), of=november(28, 18))
    digesting.keep(now=november(26, 9))
    fail(november(26, 9))

    digesting.keep(now=november(26, 17))

    assert told_in(letter)
