"""Do answers, access facts and letters say of themselves what templates ask?"""

import pytest

from communities.models import Channel, Delivery, DeliveryState
from meetings.models import Access, Choice
from meetings.templatetags.meetings import as_choice


@pytest.mark.parametrize(
    ("choice", "is_yes", "is_no"),
    [(Choice.YES, True, False), (Choice.NO, False, True), (Choice.MAYBE, False, False)],
)
def test_an_answer_is_a_yes_a_no_or_neither(choice: Choice, is_yes: bool, is_no: bool) -> None:
    assert (choice.is_yes, choice.is_no) == (is_yes, is_no)


@pytest.mark.parametrize("value", [*Choice.values, None, ""])
def test_what_a_list_read_is_the_answer_it_is(value: str | None) -> None:
    assert as_choice(value) == (value or None)


@pytest.mark.parametrize(
    ("access", "is_there", "is_missing"),
    [(Access.YES, True, False), (Access.NO, False, True), (Access.UNKNOWN, False, False)],
)
def test_what_was_not_checked_is_neither_there_nor_missing(access: Access, is_there: bool, is_missing: bool) -> None:
    assert (access.is_there, access.is_missing) == (is_there, is_missing)


def test_a_letter_says_where_it_stands_and_how_it_travels() -> None:
    waiting = Delivery(state=DeliveryState.PENDING, channel=Channel.PHONE)
    left = Delivery(state=DeliveryState.SENT, channel=Channel.EMAIL)

    assert [(letter.is_pending, letter.is_sent, letter.is_by_phone) for letter in (waiting, left)] == [
        (True, False, True),
        (False, True, False),
    ]
