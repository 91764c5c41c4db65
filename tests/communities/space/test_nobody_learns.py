"""Nobody learns whose address is known: the same words, the same work and the same time for anybody."""

import re
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities import blocking, erasing, tasks, throttling
from communities.models import Mailing, Resident, SpaceEntry, SpaceSession
from communities.space import entering
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import ENTER, ask, letters, link_of, sent_page

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _first_of_march() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ada() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org")


def known() -> str:
    return str(ResidentFactory().email)


def unknown() -> str:
    return "personne@example.org"


def blocked() -> str:
    resident = ResidentFactory()
    blocking.block(address=resident.email, reason="550 unknown", now=NOW)
    return str(resident.email)


def erased() -> str:
    resident = ResidentFactory()
    address = resident.email
    erasing.erase(resident=resident, by=None, now=NOW)
    return str(address)


def unconfirmed() -> str:
    return str(ResidentFactory(unconfirmed=True).email)


ANYBODY = [known, unknown, blocked, erased, unconfirmed]


def queries_of(client: Client, path: str, asked: dict[str, str]) -> list[str]:
    """What the database is asked while this form is answered."""
    with CaptureQueriesContext(connection) as said:
        client.post(path, asked)
    return [re.sub(r"'[^']*'|\d+", "?", str(query["sql"])) for query in said.captured_queries]


@pytest.mark.parametrize("anybody", ANYBODY)
def test_asking_looks_the_same_for_anybody(client: Client, anybody: Callable[[], str]) -> None:
    address = anybody()

    answer = ask(client, address)
    tasks.open_doors()
    page = client.get(answer.headers["Location"])

    assert (answer.status_code, page.status_code) == (302, 200)
    handle = answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    assert b"If we write to this address" in page.content
    assert address.encode() not in page.content
    assert len(handle) == 24


def test_asking_does_the_same_work_for_anybody(client: Client) -> None:
    addresses = [anybody() for anybody in ANYBODY]
    opened = client.get(ENTER).context["form"]["opened"].value()

    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        work = [queries_of(client, ENTER, {"email": email, "opened": opened}) for email in addresses]

    assert len(work[0]) == 1
    assert all(each == work[0] for each in work)


def test_refusing_figures_does_the_same_work_for_anybody(client: Client) -> None:
    entries = [entering.ask(email=anybody(), now=NOW) for anybody in ANYBODY]
    entering.answer_all(now=NOW)
    client.post(sent_page(entries[0]), {"code": "0"})

    work = [queries_of(client, sent_page(entry), {"code": "0"}) for entry in entries]

    assert all(each == work[0] for each in work)


@pytest.mark.parametrize("anybody", ANYBODY)
def test_wrong_figures_are_refused_with_the_same_words_for_anybody(client: Client, anybody: Callable[[], str]) -> None:
    entry = entering.ask(email=anybody(), now=NOW)
    entering.answer_all(now=NOW)
    entry.refresh_from_db()
    wrong = f"{(int(entering.code_of(entry)) + 1) % 10**6:06}"

    answer = client.post(sent_page(entry), {"code": wrong})

    assert answer.status_code == 422
    assert "These are not the figures of our last letter" in answer.content.decode()


def test_the_right_figures_of_nobody_open_nothing(client: Client) -> None:
    entry = entering.ask(email="personne@example.org", now=NOW)
    entering.answer_all(now=NOW)

    answer = client.post(sent_page(entry), {"code": entering.code_of(entry)})

    assert answer.status_code == 422
    assert client.post(link_of(entry)).status_code == 410
    assert not SpaceSession.objects.exists()


def test_asking_twice_looks_the_same_for_an_address_of_nobody(client: Client, ada: Resident) -> None:
    pages = []
    for address in (ada.email, "personne@example.org"):
        first = entering.ask(email=address, now=NOW)
        entering.ask(email=address.upper(), now=NOW)
        entering.answer_all(now=NOW)
        pages.append(client.get(sent_page(first)).context["may_try"])

    assert pages == [False, False]


def test_an_address_of_nobody_is_forgotten_as_soon_as_it_was_looked_up() -> None:
    entering.ask(email="personne@example.org", now=NOW)

    entering.answer_all(now=NOW)

    entry = SpaceEntry.objects.get()
    assert (entry.address, entry.resident) == ("", None)
    assert not Mailing.objects.exists()


def test_a_robot_reads_the_same_and_gets_nothing(client: Client, ada: Resident) -> None:
    answer = ask(client, ada.email, website="https://achetez.example")
    tasks.open_doors()

    assert answer.status_code == 302
    assert letters() == []


def test_the_answer_takes_as_long_for_an_address_of_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is the same, as above; the clock agrees, within what a busy machine does to it."""
    monkeypatch.setattr(throttling, "too_often", lambda **_asked: False)
    opened = client.get(ENTER).context["form"]["opened"].value()
    took: dict[str, list[float]] = {str(ResidentFactory().email): [], "personne@example.org": []}

    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        for _time in range(25):
            for email, seconds in took.items():
                begun = time.perf_counter_ns()
                client.post(ENTER, {"email": email, "opened": opened})
                seconds.append(time.perf_counter_ns() - begun)

    known, nobody = (statistics.median(seconds) for seconds in took.values())
    assert 0.4 < known / nobody < 2.5
