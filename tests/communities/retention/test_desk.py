"""What staff see before anything goes, and who decides."""

import html
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from communities.models import ArchivedRecord, RetentionDecision, RetentionPeriod, RetentionRun, SignUp
from communities.retention.rules import retained
from communities.templatetags import french
from tests.communities.factories import MembershipFactory, SignUpFactory
from tests.factories import StaffFactory

NOW = datetime(2030, 3, 1, 9, tzinfo=UTC)
SIGN_UPS, SILENT = "communities.sign_ups", "communities.contacts_asked"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "on_a_morning")]


@pytest.fixture
def on_a_morning() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    def as_one_of(group: str) -> Client:
        client.force_login(StaffFactory(**{group: True}))
        return client

    return as_one_of


def at(view: str, *args: Any) -> str:
    address: str = reverse(f"retention:{view}", args=args)
    return address


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_every_rule_is_listed_those_that_wait_for_a_yes_first(sign_in: Callable[..., Client]) -> None:
    page = read(sign_in("participation"), at("index"))

    assert all(str(rule.label) in page for _name, rule in retained.items())
    waiting, _heading, running = page.partition("Goes each night")
    assert "Ideas that the commune refused" in waiting
    assert "Sign-ups that nobody confirmed" in running


def test_a_rule_says_how_many_would_go_since_when_and_by_which_words(sign_in: Callable[..., Client]) -> None:
    for days in (40, 35, 10):
        SignUpFactory(created_at=NOW - timedelta(days=days))

    page = read(sign_in("participation"), at("rule", SIGN_UPS))

    assert "2 would go tonight" in page
    assert french.short_day(NOW.date() - timedelta(days=40)) in page
    assert "30 days" in page
    assert "Change the period" not in page
    assert SignUp.objects.count() == 3


def test_an_administrator_says_yes_with_the_number_that_stood_there(sign_in: Callable[..., Client]) -> None:
    client = sign_in("administration")
    assert "Yes, let it go each night" in read(client, at("rule", SILENT))

    client.post(at("decide_rule", SILENT), {"runs": "on", "number_seen": "3"})

    decision = RetentionDecision.objects.get()
    assert (decision.runs, decision.number_seen, decision.decided_at) == (True, 3, NOW)
    assert "Stop" in read(client, at("rule", SILENT))


def test_pressing_twice_writes_what_was_said_and_no_more(sign_in: Callable[..., Client]) -> None:
    client = sign_in("administration")

    for _again in range(2):
        client.post(at("decide_rule", SIGN_UPS), {"number_seen": "0"})

    assert {decision.runs for decision in RetentionDecision.objects.all()} == {False}


@pytest.mark.parametrize("posted", [{}, {"runs": "on"}, {"number_seen": "x\0"}, {"number_seen": "9" * 10_000}])
def test_a_button_without_its_number_decides_nothing(sign_in: Callable[..., Client], posted: dict[str, str]) -> None:
    assert sign_in("administration").post(at("decide_rule", SILENT), posted).status_code == 302

    assert not RetentionDecision.objects.exists()


def test_a_new_period_is_written_down_and_the_one_before_stays_to_be_read(sign_in: Callable[..., Client]) -> None:
    client = sign_in("administration")
    said = {"length": "45", "unit": "days", "from_on": "2030-03-01", "source": "Council of 12 February"}

    client.post(at("change_period", SIGN_UPS), said)

    page = read(client, at("rule", SIGN_UPS))
    assert RetentionPeriod.objects.get().length == 45
    assert "Council of 12 February" in page
    assert "From the start: 30 days" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"length": "0"}, "Between 30 days and 90 days"),
        ({"length": "900"}, "Between 30 days and 90 days"),
        ({"from_on": "2030-02-28"}, "from today on"),
        ({"source": ""}, "This field is required"),
        ({"source": "a\0b"}, "Null characters"),
        ({"unit": "years"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form(
    sign_in: Callable[..., Client], wrong: dict[str, str], words: str
) -> None:
    said = {"length": "45", "unit": "days", "from_on": "2030-03-01", "source": "x"} | wrong

    answer = sign_in("administration").post(at("change_period", SIGN_UPS), said)

    assert words in html.unescape(answer.content.decode())
    assert not RetentionPeriod.objects.exists()


@pytest.mark.parametrize("view", ["rule", "change_period", "decide_rule"])
def test_there_is_no_page_of_no_rule(sign_in: Callable[..., Client], view: str) -> None:
    client = sign_in("administration")

    assert client.post(at(view, "meetings.nothing"), {"number_seen": "0"}).status_code in {404, 405}


def test_who_carries_something_is_named_to_those_who_may_see_names(sign_in: Callable[..., Client]) -> None:
    long_ago = NOW - timedelta(days=900)
    MembershipFactory(
        coordinator=True,
        consenting=False,
        joined_at=long_ago,
        resident__name="Zoé Du Chantier",
        resident__created_at=long_ago,
        resident__confirmed_at=long_ago,
    )

    assert "Zoé Du Chantier" in read(sign_in("participation"), at("rule", SILENT))


def test_a_file_for_the_archives_is_taken_and_handed_over(sign_in: Callable[..., Client]) -> None:
    night = RetentionRun.objects.create(rule="meetings.answers", ran_on=NOW.date(), last_at=NOW, number=1)
    ArchivedRecord.objects.create(run=night, facts={"title": "Le budget"})
    client = sign_in("administration")
    assert at("archive", night.pk) in read(client, at("index"))

    answer = client.get(at("archive", night.pk))
    assert answer.content.startswith(b"PK")
    assert answer["Content-Disposition"] == 'attachment; filename="meetings-answers-2030-03-01.zip"'
    client.post(at("hand_over_file", night.pk))

    assert client.get(at("archive", night.pk)).status_code == 404
    assert "No file waits" in read(client, at("index"))


def test_the_list_costs_a_query_or_two_a_rule(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = sign_in("participation")
    client.get(at("index"))

    with django_assert_max_num_queries(90):
        client.get(at("index"))
