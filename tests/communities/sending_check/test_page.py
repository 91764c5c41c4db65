"""The page that checks the sending: it looks when asked to, and never makes anyone wait."""

import socket

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from communities.sending_check import asking
from tests.communities.factories import a_mailbox
from tests.communities.sending_check.zones import served
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

ZONE = {
    "example.org": {"MX": ["10 mx.example.org."], "TXT": ['"v=spf1 -all"']},
    "_dmarc.example.org": {"TXT": ['"v=DMARC1; p=none"']},
}


@pytest.fixture
def desk(client: Client, settings: Settings) -> Client:
    a_mailbox()
    settings.EMAIL_HOST, settings.INBOUND_DOMAIN = "127.0.0.1", ""
    client.force_login(StaffFactory(communication=True))
    return client


def words(desk: Client, **asked: str) -> str:
    return " ".join(desk.get(reverse("sending_check:index"), asked).content.decode().split())


def test_opening_the_page_asks_nobody_anything(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError(args)

    monkeypatch.setattr(asking, "resolver", refuse)

    shown = words(desk)

    assert "example.org" in shown
    assert "Check now" in shown


def test_asked_to_it_tells_each_line_in_words_and_what_to_send(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(ZONE) as resolver:
        monkeypatch.setattr(asking, "resolver", lambda: resolver)
        shown = words(desk, now="1", selector="s1")

    for line in ("Mailbox (MX)", "in order", "No key is published under s1._domainkey.example.org", "to put right"):
        assert line in shown
    assert "Please sign our letters with DKIM for example.org" in shown


@pytest.mark.parametrize("typed", ["s1 or 1=1", "../..", "<script>", "é"])
def test_a_selector_that_cannot_be_one_is_refused_before_anyone_is_asked(desk: Client, typed: str) -> None:
    assert "A selector is made of letters" in words(desk, now="1", selector=typed)


def test_without_a_name_server_it_says_so(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise asking.Unanswered

    monkeypatch.setattr(asking, "resolver", none)

    assert "no name server to ask" in words(desk, now="1")


def test_a_server_that_never_answers_costs_the_page_a_bounded_time(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    monkeypatch.setattr(asking, "WHOLE_PATIENCE", 0.5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf, served(ZONE) as resolver:
        deaf.bind(("127.0.0.1", 0))
        resolver.port = deaf.getsockname()[1]
        monkeypatch.setattr(asking, "resolver", lambda: resolver)
        shown = words(desk, now="1", selector="s1")

    assert "No answer in time" in shown
