"""Coming into one's space: every row of what must hold of the letter, its button and its six figures."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from communities import erasing, own_links, tasks
from communities.models import Resident, SpaceEntry, SpaceSession
from communities.space import entering, guard
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import ENTER, ask, asked, letters, link_of, sent_page, signed_in

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _first_of_march() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ada() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org")


def is_in(client: Client) -> bool:
    return client.get("/mon-espace/").status_code == 200


# --- From the address to the space -----------------------------------------------------------------------------------


def test_an_address_a_letter_a_button_and_one_is_in(client: Client, ada: Resident) -> None:
    sent = ask(client, "Ada@Example.org")
    tasks.open_doors()
    (entry,) = SpaceEntry.objects.all()

    assert sent.headers["Location"] == sent_page(entry)
    assert letters() == ["ada@example.org"]
    shown = client.get(link_of(entry)).content.decode()
    assert "Ada Terril, is it you?" in shown
    answer = client.post(link_of(entry), headers={"User-Agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/130.0"})

    assert answer.headers["Location"] == "/mon-espace/"
    assert "Hello Ada Terril" in client.get("/mon-espace/").content.decode()
    assert SpaceSession.objects.get().device == "Firefox on Android"


def test_the_six_figures_open_the_same_door_on_the_device_that_asked(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW)

    figures = entering.code_of(entry)
    answer = client.post(sent_page(entry), {"code": f" {figures[:3]} {figures[3:]} "})

    assert answer.status_code == 302
    assert is_in(client)


def test_one_goes_on_to_the_page_one_wanted(client: Client, ada: Resident) -> None:
    refused = client.get("/mon-espace/appareils/")
    assert refused.headers["Location"] == f"{ENTER}?next=%2Fmon-espace%2Fappareils%2F"

    ask(client, ada.email, way_on="/mon-espace/appareils/")
    tasks.open_doors()
    answer = client.post(link_of(SpaceEntry.objects.get()))

    assert answer.headers["Location"] == "/mon-espace/appareils/"


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs", "x" * 300, "\x00"]
)
def test_nobody_is_led_to_another_site(client: Client, ada: Resident, elsewhere: str) -> None:
    assert guard.safe(elsewhere) == ""
    assert client.get(ENTER, {"next": elsewhere}).context["form"]["way_on"].value() == ""


# --- When it no longer works -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_uses_nothing_up(client: Client, ada: Resident, method: str) -> None:
    entry = asked(ada, now=NOW)

    for _time in range(3):
        answer = getattr(client, method)(link_of(entry))
        assert answer.status_code == 200

    assert not SpaceSession.objects.exists()
    assert client.post(link_of(entry)).status_code == 302


def test_a_link_works_once_and_the_second_browser_reads_why(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW)
    client.post(link_of(entry))

    for answer in (Client().get(link_of(entry)), Client().post(link_of(entry))):
        assert answer.status_code == 410
        assert "It has served once already" in answer.content.decode()
    assert SpaceSession.objects.count() == 1


def test_pressing_twice_or_going_back_leaves_one_in(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW)

    for _time in range(2):
        assert client.post(link_of(entry)).headers["Location"] == "/mon-espace/"

    assert client.get(link_of(entry)).headers["Location"] == "/mon-espace/"
    assert client.get(sent_page(entry)).headers["Location"] == "/mon-espace/"
    assert SpaceSession.objects.count() == 1


def test_another_device_may_press_the_button(ada: Resident) -> None:
    entry, telephone, computer = asked(ada, now=NOW), Client(), Client()
    computer.get(sent_page(entry))

    telephone.post(link_of(entry))

    assert is_in(telephone)
    assert not is_in(computer)


def test_after_a_quarter_of_an_hour_neither_link_nor_figures_work(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW - entering.GOOD_FOR)

    answers = [client.get(link_of(entry)), client.post(link_of(entry))]
    answers.append(client.post(sent_page(entry), {"code": entering.code_of(entry)}))

    assert [answer.status_code for answer in answers] == [410, 410, 422]
    assert "It is older than a quarter of an hour" in answers[1].content.decode()
    assert reverse("communities:space_enter") in answers[1].content.decode()


def test_a_newer_letter_makes_the_older_one_say_so(client: Client, ada: Resident) -> None:
    first, second = asked(ada, now=NOW), asked(ada, now=NOW)

    answer = client.get(link_of(first))

    assert answer.status_code == 410
    assert "only the last letter counts" in answer.content.decode()
    assert client.post(sent_page(first), {"code": entering.code_of(first)}).status_code == 422
    assert client.post(link_of(second)).status_code == 302


def test_an_address_put_right_meanwhile_opens_nothing(client: Client, ada: Resident) -> None:
    entry, former = asked(ada, now=NOW), ada.email
    ada.email = "ada.terril@example.org"
    own_links.let_go_of(former, resident=ada)
    ada.save()

    assert client.post(link_of(entry)).status_code == 410
    assert client.post(sent_page(entry), {"code": entering.code_of(entry)}).status_code == 422


def test_an_erased_person_comes_in_no_more(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW)
    signed_in(client, ada, now=NOW)

    erasing.erase(resident=ada, by=None, now=NOW)

    assert not is_in(client)
    assert client.get(link_of(entry)).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 24, "A" * 24, "é" * 24, "a" * 10_000])
def test_a_forged_link_is_answered_kindly(client: Client, token: str) -> None:
    for name in ("space_come_in", "space_sent"):
        for method in (client.get, client.post):
            assert method(reverse(f"communities:{name}", args=[token])).status_code == 410


def test_a_handle_is_no_link_and_a_link_no_handle(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW)

    assert entering.find(token=entering.handle_of(entry)) is None
    assert entering.find_asked(handle=entering.token_of(entry)) is None


def test_five_wrong_figures_close_the_request_even_for_the_right_ones(client: Client, ada: Resident) -> None:
    entry = asked(ada, now=NOW)
    for _time in range(entering.TRIES):
        client.post(sent_page(entry), {"code": "0"})

    answer = client.post(sent_page(entry), {"code": entering.code_of(entry)})

    assert answer.status_code == 422
    assert "Figures can no longer be typed on this page" in answer.content.decode()
    assert client.post(link_of(entry)).status_code == 302


def test_new_figures_give_a_guesser_no_more_than_twenty_tries_a_day(client: Client, ada: Resident) -> None:
    at = NOW - timedelta(minutes=10)
    for number in range(entering.MOST_TRIES // entering.TRIES):
        entry = asked(ada, now=at + timedelta(minutes=number))
        for _time in range(entering.TRIES):
            entering.try_code(entry=entry, code="x", now=NOW)

    last = asked(ada, now=NOW)

    assert not entering.try_code(entry=last, code=entering.code_of(last), now=NOW)
    assert "too often" in client.get(sent_page(last)).content.decode()
    assert client.post(link_of(last)).status_code == 302
    tomorrow = NOW + entering.KEPT
    entering.forget(now=tomorrow)
    another = asked(ada, now=tomorrow)
    assert entering.try_code(entry=another, code=entering.code_of(another), now=tomorrow)


@pytest.mark.parametrize("code", ["", "\x00", "²" * 6, "1" * 10_000, "١٢٣٤٥٦", "é"])
def test_whatever_is_typed_as_figures_is_answered(client: Client, ada: Resident, code: str) -> None:
    assert client.post(sent_page(asked(ada, now=NOW)), {"code": code}).status_code == 422


@pytest.mark.parametrize("email", ["", "ada", "a\x00@example.org", "a" * 10_000 + "@example.org"])
def test_whatever_is_typed_as_an_address_is_answered(client: Client, email: str) -> None:
    assert ask(client, email).status_code == 422
    assert not SpaceEntry.objects.exists()


def test_a_hundred_requests_in_a_minute_make_five_letters_and_a_kind_page(client: Client, ada: Resident) -> None:
    opened = client.get(ENTER).context["form"]["opened"].value()
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        answers = [client.post(ENTER, {"email": ada.email, "opened": opened}) for _time in range(100)]
        tasks.open_doors()

    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(302), statuses.count(429)) == (5, 95)
    assert "Please wait a quarter of an hour" in answers[-1].content.decode()
    assert len(letters()) <= 5
    assert client.post(link_of(SpaceEntry.objects.latest("pk"))).status_code == 302


def test_many_addresses_from_one_connection_are_too_many(client: Client) -> None:
    opened = client.get(ENTER).context["form"]["opened"].value()
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        answers = [
            client.post(ENTER, {"email": f"{number}@example.org", "opened": opened}).status_code for number in range(31)
        ]

    assert (answers[29], answers[30]) == (302, 429)


# --- Whose address is it? --------------------------------------------------------------------------------------------


def test_an_address_nobody_confirmed_is_proven_by_coming_in(client: Client) -> None:
    resident = ResidentFactory(unconfirmed=True)
    entry = asked(resident, now=NOW)

    shown = client.get(link_of(entry)).content.decode()
    client.post(link_of(entry))

    assert "nobody has confirmed it yet" in shown
    resident.refresh_from_db()
    assert resident.confirmed_at == NOW
    assert not resident.consent_events.exists()


def test_figures_of_an_unconfirmed_address_lead_to_the_question_whether_it_is_them(client: Client) -> None:
    entry = asked(ResidentFactory(unconfirmed=True), now=NOW)

    answer = client.post(sent_page(entry), {"code": entering.code_of(entry)})

    assert answer.headers["Location"] == link_of(entry)
    assert not SpaceSession.objects.exists()


def test_a_letter_asked_for_a_quarter_of_an_hour_ago_is_not_written_any_more(ada: Resident) -> None:
    entering.ask(email=ada.email, now=NOW)

    entering.answer_all(now=NOW + entering.GOOD_FOR)

    assert letters() == []
    assert SpaceEntry.objects.get().address == ""


def test_two_workers_write_one_letter(ada: Resident) -> None:
    entry = entering.ask(email=ada.email, now=NOW)

    entering.answer(pk=entry.pk, now=NOW)
    entering.answer(pk=entry.pk, now=NOW)

    assert len(letters()) == 1


def test_nobody_is_let_into_anothers_space_by_a_form_elsewhere(ada: Resident) -> None:
    strict = Client(enforce_csrf_checks=True)
    entry = asked(ada, now=NOW)

    assert strict.post(link_of(entry)).status_code == 403
    assert not SpaceSession.objects.exists()
