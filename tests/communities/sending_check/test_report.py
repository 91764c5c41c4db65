"""The report of a town whose mail is in order, and of towns where one thing is wrong."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from communities.sending_check import report
from communities.sending_check.findings import Finding
from communities.sending_check.sender import Sender
from tests.communities.sending_check.test_keys import LONG, SHORT
from tests.communities.sending_check.zones import KnownNames

pytestmark = pytest.mark.usefixtures("in_english")

US = "198.51.100.7"
SENDER = Sender(domains=("town.example",), return_path="town.example", relay="mail.host.example", selectors=("s1",))
IN_ORDER: dict[str, dict[str, list[str]]] = {
    "town.example": {"TXT": ["v=spf1 include:host.example -all"], "MX": ["mx.host.example"]},
    "host.example": {"TXT": [f"v=spf1 ip4:{US} -all"]},
    "s1._domainkey.town.example": {"TXT": [f"v=DKIM1; p={LONG}"]},
    "_dmarc.town.example": {"TXT": ["v=DMARC1; p=quarantine"]},
    "mail.host.example": {"A": [US]},
    US: {"PTR": ["mail.host.example"]},
}


@pytest.fixture(autouse=True)
def _addresses_of_examples_are_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those reserved for examples are not, to Python."""
    monkeypatch.setattr("communities.sending_check.sender.is_public", lambda address: not address.startswith("127."))


def found(zone: dict[str, Any], sender: Sender = SENDER, silent: set[str] | None = None) -> list[Finding]:
    sections = report.of(sender=sender, names=KnownNames(zone, silent or set()))
    return [finding for section in sections for finding in section.findings]


def changed(name: str, **records: list[str]) -> dict[str, dict[str, list[str]]]:
    zone = copy.deepcopy(IN_ORDER)
    zone[name] = {**zone.get(name, {}), **records}
    return zone


def test_a_town_in_order_has_nothing_to_ask() -> None:
    findings = found(IN_ORDER)

    assert [finding.level for finding in findings] == ["good"] * 6
    assert not any(finding.request for finding in findings)


@pytest.mark.parametrize(
    ("zone", "subject", "level", "said"),
    [
        (changed("town.example", MX=[]), "MX", "bad", "No server takes the mail"),
        (changed("town.example", TXT=[]), "SPF", "bad", "There is no SPF record."),
        (changed("town.example", TXT=["v=spf1 -all", "v=spf1 mx -all"]), "SPF", "bad", "several SPF records"),
        (changed("town.example", TXT=["v=spf1 bogus -all"]), "SPF", "bad", "“bogus”"),
        (changed("host.example", TXT=["v=spf1 " + "mx " * 11]), "SPF", "bad", "more than ten"),
        (changed("town.example", TXT=[f"v=spf1 ip4:{US} +all"]), "SPF", "bad", "any machine in the world"),
        (changed("town.example", TXT=[f"v=spf1 ip4:{US}"]), "SPF", "doubt", "forbids nothing"),
        (changed("town.example", TXT=["v=spf1 ip4:192.0.2.1 -all"]), "SPF", "doubt", f"does not name {US}"),
        (changed("s1._domainkey.town.example", TXT=[]), "DKIM", "bad", "No key is published"),
        (changed("s1._domainkey.town.example", TXT=["p="]), "DKIM", "bad", "was revoked"),
        (changed("s1._domainkey.town.example", TXT=["p=*"]), "DKIM", "bad", "cannot be read"),
        (changed("s1._domainkey.town.example", TXT=[f"p={SHORT}"]), "DKIM", "doubt", "only 1024 bits"),
        (changed("_dmarc.town.example", TXT=[]), "DMARC", "bad", "There is no DMARC record."),
        (changed("_dmarc.town.example", TXT=["v=DMARC1; rua=x"]), "DMARC", "bad", "cannot be read"),
        (changed(US, PTR=[]), "PTR", "doubt", "has no name"),
        (changed(US, PTR=["other.example"]), "PTR", "doubt", "does not lead back"),
    ],
)
def test_one_thing_wrong_is_told_with_the_sentence_to_send(
    zone: dict[str, Any], subject: str, level: str, said: str
) -> None:
    wrong = [finding for finding in found(zone) if not finding.is_good]

    assert [(subject in finding.subject, finding.level) for finding in wrong] == [(True, level)]
    assert said in wrong[0].found
    assert wrong[0].request


def test_no_policy_yet_is_in_order_and_says_what_comes_next() -> None:
    dmarc = found(changed("_dmarc.town.example", TXT=["v=DMARC1; p=none"]))[3]

    assert dmarc.is_good
    assert "quarantine" in dmarc.found


def test_an_unknown_selector_is_asked_for() -> None:
    dkim = found(IN_ORDER, replace(SENDER, selectors=()))[2]

    assert dkim.level == "doubt"
    assert "with which selector" in dkim.request


def test_a_relay_on_this_machine_has_no_address_to_look_for() -> None:
    findings = found(IN_ORDER, replace(SENDER, relay="127.0.0.1"))

    assert [finding.level for finding in findings if "SPF" in finding.subject or "PTR" in finding.subject] == [
        "doubt"
    ] * 2
    assert "From which IP addresses" in findings[-1].request


def test_an_address_of_our_own_without_a_name_is_wrong_for_sure() -> None:
    findings = found(changed(US, PTR=[]), replace(SENDER, relay="127.0.0.1", own_addresses=(US,)))

    assert findings[-1].is_bad


def test_a_return_path_of_another_domain_proves_nothing() -> None:
    path = found(IN_ORDER, replace(SENDER, return_path="elsewhere.example"))[4]

    assert path.level == "doubt"
    assert "elsewhere.example" in path.request


@pytest.mark.parametrize(("host", "level"), [("aspmx.l.google.com", "bad"), ("mx.host.example", "good")])
def test_the_mailbox_where_calendars_answer_is_not_at_google(host: str, level: str) -> None:
    zone = IN_ORDER | {"agora.town.example": {"MX": [host]}}
    sender = replace(SENDER, domains=("agora.town.example",), inbound="agora.town.example")

    assert found(zone, sender)[0].level == level


def test_what_is_not_answered_is_a_doubt_and_the_rest_is_told() -> None:
    findings = found(IN_ORDER, silent={"town.example"})

    assert [finding.level for finding in findings] == ["doubt", "doubt", "good", "good", "good", "good"]
    assert "No answer in time" in findings[0].found
