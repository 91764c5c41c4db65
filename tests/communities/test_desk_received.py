"""Did she get it? Staff type a name, or an address when they may see addresses."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.templatetags.french import clock, short_day
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ADDRESS = "ines.briquette@example.org"


def signed_in(client: Client, **group: bool) -> Client:
    client.force_login(StaffFactory(**group))
    return client


def look(client: Client, words: str = "") -> str:
    page = client.get(reverse("received:index"), {"q": words} if words else {})
    return " ".join(page.content.decode().split())


def a_letter(**facts: object) -> None:
    DeliveryFactory(
        mailing__title="Invitation : les bancs", resident__name="Inès Briquette", resident__email=ADDRESS, **facts
    )


def test_nothing_is_listed_before_someone_is_named(client: Client) -> None:
    a_letter(sent=True)

    shown = look(signed_in(client, participation=True))

    assert "Inès" not in shown
    assert "Every letter to that person appears here" in shown


@pytest.mark.parametrize("typed", ["ines", "Briquette Inès", ADDRESS.upper(), "ines.briq"])
def test_every_letter_to_a_person_is_found_with_its_date_its_way_and_its_end(client: Client, typed: str) -> None:
    a_letter(state="failed", reason="The mail relay says: 550 5.1.1 no such user", ended_at=NOW)
    DeliveryFactory(resident__name="Basile Coron", sent=True)

    shown = look(signed_in(client, participation=True), typed)

    assert "Invitation : les bancs" in shown
    assert "550 5.1.1 no such user" in shown
    assert " ".join(f"{short_day(NOW)}, {clock(NOW)}".split()) in shown
    assert "Basile Coron" not in shown


def test_whoever_may_not_see_addresses_cannot_guess_one(client: Client) -> None:
    a_letter(sent=True)
    desk = signed_in(client, communication=True)

    assert "Inès Briquette" in look(desk, "briquette")
    assert "Inès Briquette" not in look(desk, ADDRESS)
    assert ADDRESS not in look(desk, "briquette")


def test_a_letter_that_waits_says_how_often_it_was_tried_and_when_it_will_be(client: Client) -> None:
    a_letter(attempts=2, reason="The mail relay says: 451 try later")

    assert "2 attempts so far; the next at" in look(signed_in(client, participation=True), "ines")


def test_a_letter_that_came_back_says_so(client: Client) -> None:
    a_letter(sent=True, bounced_at=NOW, bounce_reason="550")

    assert "came back" in look(signed_in(client, participation=True), "ines")


def test_nobody_of_that_name_is_said_plainly(client: Client) -> None:
    assert "No letter was posted to anyone of that name" in look(signed_in(client, participation=True), "zzz")


def test_a_long_history_costs_as_many_questions_as_a_short_one(client: Client) -> None:
    desk = signed_in(client, participation=True)
    resident = ResidentFactory(name="Inès Briquette")
    DeliveryFactory(resident=resident)
    for_few = questions(desk)

    for mailing in MailingFactory.create_batch(20):
        DeliveryFactory(resident=resident, mailing=mailing)

    assert questions(desk) == for_few


def questions(desk: Client) -> int:
    look(desk, "ines")
    with CaptureQueriesContext(connection) as asked:
        look(desk, "ines")
    return len(asked)
