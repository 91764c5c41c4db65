"""The line to the relay: what it carries, and what each of the relay's moods becomes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django import Settings

from communities.post.relay import AnswerLost, ConnectionLost, Postponed, Refused, Relay, SenderRefused, Trouble
from tests.communities.post import relays

DATA = b"Subject: Bonjour\r\n\r\nBonjour\r\n"


@dataclass(frozen=True)
class Letter:
    recipient: str = "ada@example.org"
    sender: str = "mairie@example.org"
    data: bytes = DATA


@pytest.fixture
def relay(cranky: relays.Relay) -> Iterator[Relay]:
    with Relay() as relay:
        yield relay


def deliver(relay: Relay, recipient: str = "ada@example.org") -> None:
    relay.deliver(letter=Letter(recipient), before_content=lambda: None)


def test_letters_go_over_one_line(cranky: relays.Relay, relay: Relay) -> None:
    for recipient in ["ada@example.org", "nora@example.org", "basile@example.org"]:
        deliver(relay, recipient)

    assert cranky.recipients == ["ada@example.org", "nora@example.org", "basile@example.org"]
    assert cranky.letters[0] == ("mairie@example.org", "ada@example.org", DATA)
    assert cranky.lines == 1


def test_a_relay_that_takes_one_command_at_a_time_is_given_one_at_a_time(cranky: relays.Relay, relay: Relay) -> None:
    cranky.extensions = ()

    deliver(relay)

    assert cranky.recipients == ["ada@example.org"]


@pytest.mark.parametrize("extensions", [("PIPELINING",), ()], ids=["pipelined", "one by one"])
@pytest.mark.parametrize(
    ("command", "reply", "trouble"),
    [
        ("MAIL", "550 not from here", SenderRefused),
        ("MAIL", "451 later", Postponed),
        ("RCPT", "550 5.1.1 no such user", Refused),
        ("RCPT", "450 greylisted", Postponed),
        ("DATA", "451 busy", Postponed),
        ("DATA", "554 no", Refused),
        ("DATA", "250 what?", Postponed),
        ("final dot", "552 too big", Refused),
        ("final dot", "452 full", Postponed),
        ("final dot", "421 closing", ConnectionLost),
        ("RCPT", "421 too many", ConnectionLost),
    ],
)
def test_what_the_relay_says_is_understood(
    cranky: relays.Relay, relay: Relay, extensions: tuple[str, ...], command: str, reply: str, trouble: type[Trouble]
) -> None:
    cranky.extensions, cranky.replies = extensions, {command: reply}

    with pytest.raises(Trouble) as caught:
        deliver(relay)

    assert type(caught.value) is trouble
    assert (caught.value.code, str(caught.value)) == (int(reply[:3]), reply[4:])
    assert cranky.letters == []


def test_after_a_refusal_the_next_letter_goes_over_the_same_line(cranky: relays.Relay, relay: Relay) -> None:
    cranky.replies = {"RCPT TO:<nobody": "550 no such user"}

    with pytest.raises(Refused):
        deliver(relay, "nobody@example.org")
    deliver(relay)

    assert cranky.recipients == ["ada@example.org"]
    assert cranky.lines == 1


def test_a_relay_that_wants_a_letter_for_nobody_gets_an_empty_one(cranky: relays.Relay, relay: Relay) -> None:
    """RFC 2920 §3.1: DATA may be answered by 354 although every recipient was refused."""
    cranky.replies = {"RCPT": "550 no such user", "DATA": "354 go"}

    with pytest.raises(Refused, match="no such user"):
        deliver(relay)
    cranky.replies = {}
    deliver(relay)

    assert cranky.recipients == ["ada@example.org"]
    assert cranky.lines == 1


def test_a_letter_that_must_not_leave_after_all_is_stopped_before_its_content(
    cranky: relays.Relay, relay: Relay
) -> None:
    def stop() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        relay.deliver(letter=Letter(), before_content=stop)
    deliver(relay, "nora@example.org")

    assert cranky.recipients == ["nora@example.org"]


def test_a_line_that_breaks_before_the_final_dot_has_sent_nothing(cranky: relays.Relay, relay: Relay) -> None:
    cranky.hangs_up_before_dot = {1}

    with pytest.raises(ConnectionLost) as caught:
        deliver(relay)

    assert type(caught.value) in {ConnectionLost, AnswerLost}
    assert cranky.letters == []


def test_a_line_that_breaks_after_the_final_dot_leaves_us_in_doubt(cranky: relays.Relay, relay: Relay) -> None:
    cranky.hangs_up_after_dot = {2}
    deliver(relay)

    with pytest.raises(AnswerLost):
        deliver(relay, "nora@example.org")

    assert cranky.lines == 1


def test_a_relay_that_closes_the_line_after_some_letters_is_dialled_again(cranky: relays.Relay, relay: Relay) -> None:
    cranky.hangs_up_at_mail = {3, 6}

    for number in range(5):
        deliver(relay, f"resident-{number}@example.org")

    assert cranky.recipients == [f"resident-{number}@example.org" for number in range(5)]
    assert cranky.lines == 3


def test_a_relay_that_is_not_there_is_a_lost_connection(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with Relay() as relay, pytest.raises(ConnectionLost) as caught:
        relay.connect()

    assert caught.value.words.startswith("La liaison avec le serveur de courriel a échoué\u00a0: personne n’y répond (")


def test_a_relay_that_does_not_know_us_blames_no_recipient(cranky: relays.Relay, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "town", "wrong"
    cranky.extensions, cranky.replies = ("PIPELINING", "AUTH PLAIN"), {"AUTH": "535 authentication failed"}

    with Relay() as relay, pytest.raises(SenderRefused, match="authentication failed"):
        relay.connect()


def test_what_the_relay_says_is_told_on_one_line_of_a_page() -> None:
    trouble = Refused("5.1.1 No\x00 such\r\nuser " + "é" * 500, 550)

    assert "550 5.1.1 No such user ééé" in trouble.words
    assert len(trouble.words) == 255
