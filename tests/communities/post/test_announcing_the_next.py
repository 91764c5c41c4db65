"""A letter is announced with the final dot of the one before it: what becomes of both on a bad day?"""

import pytest
from pytest_django import Settings

from communities.post.relay import AnswerLost, Postponed, Refused, Relay
from tests.communities.post import relays
from tests.communities.post.test_relay import Letter

ADA, NORA, BASILE = (Letter(f"{name}@example.org") for name in ("ada", "nora", "basile"))


def nothing() -> None:
    """Before the content."""


@pytest.fixture
def relay(cranky: relays.Relay):
    with Relay() as relay:
        yield relay


def deliver(relay: Relay, letter: Letter, *, then: Letter | None = None) -> None:
    relay.deliver(letter=letter, before_content=nothing, then=then)


def deliver_all(relay: Relay, *letters: Letter) -> None:
    for letter, then in zip(letters, [*letters[1:], None], strict=True):
        deliver(relay, letter, then=then)


def test_every_letter_arrives_once_and_in_order(cranky: relays.Relay, relay: Relay) -> None:
    deliver_all(relay, ADA, NORA, BASILE)

    assert cranky.recipients == [ADA.recipient, NORA.recipient, BASILE.recipient]
    assert cranky.lines == 1


def test_the_next_is_announced_before_anybody_asks_for_it(cranky: relays.Relay, relay: Relay) -> None:
    deliver(relay, ADA, then=NORA)
    deliver(relay, NORA)

    assert cranky.commands.count("DATA") == 2
    assert [command for command in cranky.commands if "nora" in command] == ["RCPT TO:<nora@example.org>"]


def test_a_relay_that_takes_one_command_at_a_time_hears_of_the_next_in_its_turn(
    cranky: relays.Relay, relay: Relay
) -> None:
    cranky.extensions = ()

    deliver(relay, ADA, then=NORA)

    assert not any("nora" in command for command in cranky.commands)
    deliver(relay, NORA)
    assert cranky.recipients == [ADA.recipient, NORA.recipient]


def test_a_relay_that_does_not_hear_what_follows_the_dot_is_told_of_the_next_in_its_turn(
    cranky: relays.Relay, relay: Relay, settings: Settings
) -> None:
    """Or each letter would wait until the line is given up."""
    settings.EMAIL_TIMEOUT = 0.5
    cranky.deaf_after_dot = {1}

    deliver(relay, ADA, then=NORA)
    deliver(relay, NORA, then=BASILE)

    assert not any("basile" in command for command in cranky.commands)
    deliver(relay, BASILE)
    assert cranky.recipients == [ADA.recipient, NORA.recipient, BASILE.recipient]
    assert cranky.lines == 2


def test_a_letter_that_is_too_big_takes_nothing_from_the_next(cranky: relays.Relay, relay: Relay) -> None:
    cranky.replies = {"final dot": "552 too big"}
    with pytest.raises(Refused, match="too big"):
        deliver(relay, ADA, then=NORA)

    cranky.replies = {}
    deliver(relay, NORA)

    assert cranky.recipients == [NORA.recipient]
    assert cranky.lines == 1


def test_a_relay_that_wants_to_be_told_to_forget_what_it_refused_is_asked_again_for_the_next(
    cranky: relays.Relay, relay: Relay
) -> None:
    cranky.wants_rset, cranky.replies = True, {"final dot": "552 too big"}
    with pytest.raises(Refused, match="too big"):
        deliver(relay, ADA, then=NORA)

    cranky.replies = {}
    deliver(relay, NORA)

    assert cranky.recipients == [NORA.recipient]


def test_a_next_that_is_refused_takes_nothing_from_the_one_before_and_the_one_after(
    cranky: relays.Relay, relay: Relay
) -> None:
    cranky.replies = {"RCPT TO:<nora": "450 greylisted"}

    deliver(relay, ADA, then=NORA)
    with pytest.raises(Postponed, match="greylisted"):
        deliver(relay, NORA, then=BASILE)
    deliver(relay, BASILE)

    assert cranky.recipients == [ADA.recipient, BASILE.recipient]
    assert cranky.lines == 1


def test_a_line_that_ends_while_the_next_is_announced_is_dialled_again(cranky: relays.Relay, relay: Relay) -> None:
    cranky.hangs_up_at_mail = {2}

    deliver_all(relay, ADA, NORA, BASILE)

    assert cranky.recipients == [ADA.recipient, NORA.recipient, BASILE.recipient]
    assert cranky.lines == 2


def test_a_relay_that_closes_after_postponing_the_first_is_dialled_again_for_the_next(
    cranky: relays.Relay, relay: Relay
) -> None:
    cranky.replies, cranky.hangs_up_at_mail = {"final dot": "451 too busy"}, {2}
    with pytest.raises(Postponed, match="too busy"):
        deliver(relay, ADA, then=NORA)

    cranky.replies = {}
    deliver(relay, NORA)

    assert cranky.recipients == [NORA.recipient]
    assert cranky.lines == 2


def test_a_line_that_breaks_after_the_dot_leaves_one_letter_in_doubt_and_not_the_next(
    cranky: relays.Relay, relay: Relay
) -> None:
    cranky.hangs_up_after_dot = {1}

    with pytest.raises(AnswerLost):
        deliver(relay, ADA, then=NORA)
    deliver(relay, NORA)

    assert cranky.recipients == [ADA.recipient, NORA.recipient]


def test_a_next_that_must_not_leave_after_all_leaves_the_line_with_it(cranky: relays.Relay, relay: Relay) -> None:
    def stop() -> None:
        raise ZeroDivisionError

    deliver(relay, ADA, then=NORA)
    with pytest.raises(ZeroDivisionError):
        relay.deliver(letter=NORA, before_content=stop)
    deliver(relay, BASILE)

    assert cranky.recipients == [ADA.recipient, BASILE.recipient]
    assert cranky.lines == 2


def test_a_next_that_nobody_delivers_is_forgotten(cranky: relays.Relay, relay: Relay) -> None:
    """The lease was over, say: the worker goes on with other letters."""
    deliver(relay, ADA, then=NORA)
    deliver(relay, BASILE)

    assert cranky.recipients == [ADA.recipient, BASILE.recipient]


def test_a_worker_leaves_without_waiting_for_the_letter_that_it_announced(cranky: relays.Relay, relay: Relay) -> None:
    deliver(relay, ADA, then=NORA)
    relay.hang_up()

    assert "QUIT" not in cranky.commands
    assert cranky.recipients == [ADA.recipient]
