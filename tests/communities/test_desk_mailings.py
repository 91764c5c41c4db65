"""The staff's list of mailings: how far each is, what became of each letter, and the brake."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Delivery, Mailing, Priority
from communities.post import mailings
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(communication=True, first_name="Nora", last_name="Chevalet"))
    return client


def at(name: str, *more: object) -> str:
    return reverse(f"mailings:{name}", args=more)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def titles(desk: Client, **asked: str) -> list[str]:
    return [mailing.title for mailing in desk.get(at("index"), asked).context["object_list"]]


def test_announcements_are_listed_the_latest_first_with_how_far_they_are(desk: Client):
    mailing = MailingFactory(title="La première")
    MailingFactory(title="La seconde")
    DeliveryFactory(mailing=mailing, sent=True)
    DeliveryFactory(mailing=mailing)

    assert titles(desk) == ["La seconde", "La première"]
    assert "1 sent of 2" in words(desk.get(at("index")))


@pytest.mark.parametrize(("sort", "found"), [("", ["À tous"]), ("one", ["À une personne"]), ("tests", ["Un essai"])])
def test_letters_to_one_person_and_tests_are_shown_when_asked_for(desk: Client, sort: str, found: list[str]):
    MailingFactory(title="À tous")
    MailingFactory(title="À une personne", priority=Priority.TRANSACTIONAL)
    MailingFactory(title="Un essai", priority=Priority.TRANSACTIONAL, is_test=True)

    assert titles(desk, sort=sort) == found


def test_a_cancellation_to_two_people_is_listed_however_pressing(desk: Client):
    pressing = MailingFactory(title="Annulée : le grand rangement", priority=Priority.TRANSACTIONAL)
    DeliveryFactory.create_batch(2, mailing=pressing, sent=True)

    assert titles(desk) == ["Annulée : le grand rangement"]
    assert titles(desk, sort="one") == []


def test_a_mailing_shows_each_letter_with_its_state_its_reason_and_its_time(desk: Client):
    mailing = MailingFactory()
    DeliveryFactory(mailing=mailing, resident__name="Ada Terril", sent=True)
    DeliveryFactory(mailing=mailing, resident__name="Basile Coron", state="failed", reason="550 no", ended_at=NOW)

    shown = words(desk.get(at("inspect", mailing.pk)))

    assert "Ada Terril" in shown
    assert "550 no" in shown


@pytest.mark.parametrize(
    ("asked", "found"), [({"state": "sent"}, {"Ada Terril"}), ({"channel": "phone"}, {"Inès Briquette"})]
)
def test_the_letters_of_a_mailing_are_narrowed(desk: Client, asked: dict[str, str], found: set[str]):
    mailing = MailingFactory()
    DeliveryFactory(mailing=mailing, resident__name="Ada Terril", sent=True)
    DeliveryFactory(mailing=mailing, resident__name="Inès Briquette", channel="phone")

    rows = desk.get(at("inspect_results", mailing.pk), asked).context["object_list"]

    assert {row.resident.name for row in rows} == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "under-way"}, {"Qui part"}),
        ({"state": "ended"}, {"Finie", "Malheureuse"}),
        ({"state": "troubled"}, {"Malheureuse"}),
        ({"state": "paused"}, {"Retenue"}),
        ({"created_at_from": "2026-11-23"}, {"Retenue"}),
        ({"created_at_to": "2026-11-22"}, {"Qui part", "Finie", "Malheureuse"}),
        ({"kind": "invitation"}, {"Finie"}),
    ],
)
def test_mailings_are_narrowed_by_state_by_date_and_by_kind(desk: Client, asked: dict[str, str], found: set[str]):
    DeliveryFactory(mailing=MailingFactory(title="Qui part"))
    DeliveryFactory(mailing=MailingFactory(title="Finie", kind="invitation"), sent=True)
    DeliveryFactory(mailing=MailingFactory(title="Malheureuse"), state="failed", reason="550", ended_at=NOW)
    later = MailingFactory(title="Retenue", paused=True, created_at=NOW + timedelta(days=3))
    DeliveryFactory(mailing=later)

    assert set(titles(desk, **asked)) == found


def test_letters_that_came_back_are_counted_apart_and_found(desk: Client):
    mailing = MailingFactory()
    DeliveryFactory(mailing=mailing, sent=True)
    DeliveryFactory(mailing=mailing, sent=True, resident__name="Ada Terril", bounced_at=NOW, bounce_reason="550")

    shown = desk.get(at("inspect", mailing.pk), {"state": "bounced"})

    assert "1 came back" in words(desk.get(at("index")))
    assert "<strong>1</strong> came back" in words(shown)
    assert [row.resident.name for row in shown.context["object_list"]] == ["Ada Terril"]


def test_reasons_are_grouped_with_how_many_letters_share_them(desk: Client):
    mailing = MailingFactory()
    DeliveryFactory.create_batch(3, mailing=mailing, state="skipped", reason="This address is blocked.", ended_at=NOW)

    assert "<strong>3 ×</strong> This address is blocked." in words(desk.get(at("inspect", mailing.pk)))


def test_refusals_that_quote_each_address_are_one_reason_in_words(desk: Client):
    mailing = MailingFactory()
    for name in ("ada", "basile"):
        reason = f"550 5.1.1 <{name}@example.org>: User unknown"
        DeliveryFactory(mailing=mailing, state="failed", reason=reason, ended_at=NOW)

    shown = words(desk.get(at("inspect", mailing.pk)))

    assert "<strong>2 ×</strong> This address does not exist, or does not exist any more. (550 5.1.1 …: User" in shown
    assert "(550 5.1.1 &lt;ada@example.org&gt;: User unknown)" in shown, "in the list, beside its addressee"


def test_the_bar_asks_for_itself_until_all_letters_have_ended(desk: Client):
    letter = DeliveryFactory()
    moving = desk.get(at("progress", letter.mailing_id))
    assert "every 2s" in words(moving)
    assert "HX-Refresh" not in moving

    Delivery.objects.update(state="sent", ended_at=NOW)
    ended = desk.get(at("progress", letter.mailing_id))

    assert ended["HX-Refresh"] == "true"
    assert "1 letter sent of 1" in words(ended)
    assert "hx-get" not in words(desk.get(at("inspect", letter.mailing_id)))


@pytest.mark.parametrize(("group", "sees"), [("communication", False), ("participation", True)])
def test_a_mailing_leaves_as_a_spreadsheet_with_addresses_for_those_who_may_see_them(
    client: Client, group: str, sees: bool
):
    client.force_login(StaffFactory(**{group: True}))
    letter = DeliveryFactory(resident__name="=1+1", resident__email="ada@example.org", sent=True)

    sheet = client.get(at("inspect", letter.mailing_id), {"export": "csv"}).content.decode()

    assert ("ada@example.org" in sheet) is sees
    assert "'=1+1" in sheet
    assert client.get(at("inspect", letter.mailing_id), {"export": "xlsx"}).status_code == 200


def test_the_list_leaves_as_a_spreadsheet_with_its_figures(desk: Client):
    mailing = MailingFactory(title="Les bancs")
    DeliveryFactory.create_batch(2, mailing=mailing, sent=True)

    (row,) = desk.get(at("index"), {"export": "csv"}).content.decode().splitlines()[1:]

    assert row.startswith("Les bancs;")
    assert row.endswith(";2;2;0;0;0;0")


def test_a_letter_is_found_by_its_addressee(desk: Client):
    mailing = MailingFactory()
    DeliveryFactory(mailing=mailing, resident__name="Inès Briquette")
    DeliveryFactory(mailing=mailing, resident__name="Ada Terril")

    rows = desk.get(at("inspect", mailing.pk), {"q": "ines"}).context["object_list"]

    assert [row.resident.name for row in rows] == ["Inès Briquette"]


def test_the_brake_holds_the_letters_says_who_pulled_it_and_lets_them_go_again(desk: Client):
    mailing = DeliveryFactory().mailing

    held = desk.post(at("pause", mailing.pk), follow=True)
    mailing.refresh_from_db()
    assert mailing.is_paused
    assert "Paused by Nora Chevalet." in words(held)

    desk.post(at("resume", mailing.pk))
    mailing.refresh_from_db()
    assert not mailing.is_paused


def test_a_pause_for_the_relay_says_that_paper_goes_on(desk: Client):
    letter = DeliveryFactory(channel="letter", mailing__paused=True, mailing__only_what_travels=True)
    said = "Letters on paper and calls do not wait for it."

    assert said in words(desk.get(at("inspect", letter.mailing.pk)))

    mailings.pause(mailing=letter.mailing, reason="Wrong date.")
    assert said not in words(desk.get(at("inspect", letter.mailing.pk)))


def test_looking_at_the_brake_does_not_pull_it(desk: Client):
    mailing = DeliveryFactory().mailing

    assert desk.get(at("pause", mailing.pk)).status_code == 405
    assert not Mailing.objects.get().is_paused


def test_lists_ask_as_many_questions_for_many_as_for_few(desk: Client):
    mailing = MailingFactory()
    DeliveryFactory(mailing=mailing)
    for_few = {name: queries(desk, name, mailing) for name in ("index", "inspect")}

    MailingFactory.create_batch(10)
    DeliveryFactory.create_batch(20, mailing=mailing)

    assert {name: queries(desk, name, mailing) for name in ("index", "inspect")} == for_few


@pytest.mark.parametrize("kind", ["visitor", "someone else of the staff"])
def test_nobody_else_sees_or_holds_the_post(client: Client, kind: str):
    mailing = DeliveryFactory().mailing
    if kind != "visitor":
        stranger = StaffFactory(communication=True)
        stranger.groups.get().permissions.exclude(codename="access_admin").delete()
        client.force_login(stranger)

    for name in ("index", "results"):
        assert client.get(at(name)).status_code == 302
    for name in ("inspect", "inspect_results", "pause", "resume"):
        assert client.get(at(name, mailing.pk)).status_code == 302
        assert client.post(at(name, mailing.pk)).status_code == 302
    assert not Mailing.objects.get().is_paused


def queries(desk: Client, name: str, mailing: Mailing) -> int:
    address = at("index") if name == "index" else at(name, mailing.pk)
    desk.get(address)
    with CaptureQueriesContext(connection) as asked:
        desk.get(address)
    return len(asked)
