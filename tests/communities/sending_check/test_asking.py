"""What is asked of a real name server on this machine, and what happens when it keeps silent."""

import time

import pytest

from communities.sending_check import asking
from tests.communities.sending_check.zones import served

ZONE = {
    "commune.example": {
        "MX": ["20 second.example.", "10 First.example."],
        "TXT": ['"v=spf1 " "-all"', '"other"'],
        "A": ["192.0.2.1"],
        "AAAA": ["2001:db8::1"],
    },
    "1.2.0.192.in-addr.arpa": {"PTR": ["mail.commune.example."]},
}


def test_answers_are_plain_texts_the_preferred_host_first() -> None:
    with served(ZONE) as resolver:
        names = asking.AskedNames(resolver)

        assert names.mx("commune.example") == ["first.example", "second.example"]
        assert sorted(names.txt("commune.example")) == ["other", "v=spf1 -all"]
        assert names.addresses("commune.example") == ["192.0.2.1", "2001:db8::1"]
        assert names.names_of("192.0.2.1") == ["mail.commune.example"]


def test_what_is_not_there_is_an_empty_answer() -> None:
    with served(ZONE) as resolver:
        names = asking.AskedNames(resolver)

        assert names.txt("nowhere.example") == []
        assert names.txt("1.2.0.192.in-addr.arpa") == []


@pytest.mark.parametrize("name", ["silent.example", "broken.example", "a..b", "x" * 300])
def test_what_is_not_answered_is_not_taken_for_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.3)
    with served(ZONE) as resolver, pytest.raises(asking.Unanswered):
        asking.AskedNames(resolver).txt(name)


def test_the_whole_page_has_one_patience() -> None:
    seconds = iter([0.0, 7.9, 8.1])
    with served(ZONE) as resolver:
        names = asking.AskedNames(resolver, clock=lambda: next(seconds))

        assert names.mx("commune.example")
        began = time.monotonic()
        with pytest.raises(asking.Unanswered):
            names.txt("silent.example")
    assert time.monotonic() - began < 1


def test_a_question_is_asked_once() -> None:
    with served(ZONE) as resolver:
        names = asking.AskedNames(resolver)
        first = names.txt("commune.example")

    assert names.txt("Commune.example.") is first
