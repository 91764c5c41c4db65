"""A browser in a space: its secret, its thirty days, its devices, the way out, and the first page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities import forgetting, own_links, panels
from communities.models import Resident, SpaceEntry, SpaceSession
from communities.retention import activity
from communities.space import devices, guard, sessions
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.communities.space.coming_in import asked, link_of, signed_in

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
HOME, DEVICES = "/mon-espace/", "/mon-espace/appareils/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _first_of_march() -> Iterator[object]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ada() -> Resident:
    return ResidentFactory(name="Ada Terril")


@pytest.fixture
def hers(client: Client, ada: Resident) -> Client:
    return signed_in(client, ada, now=NOW)


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_the_cookie_is_for_the_browser_alone_and_only_its_hash_is_kept(
    client: Client, ada: Resident, settings: LazySettings
) -> None:
    settings.SESSION_COOKIE_SECURE = True

    cookie = client.post(link_of(asked(ada, now=NOW))).cookies[guard.COOKIE]

    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
    assert cookie["max-age"] == 30 * 24 * 3600
    assert len(cookie.value) >= 43
    assert SpaceSession.objects.get().secret_hash == sessions.hash_of(cookie.value) != cookie.value


def test_a_session_ends_after_thirty_days(hers: Client) -> None:
    with time_machine.travel(NOW + timedelta(days=29, hours=23), tick=False):
        assert is_in(hers)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert not is_in(hers)


def test_only_the_day_on_which_it_was_seen_is_kept(hers: Client) -> None:
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        is_in(hers)

    assert SpaceSession.objects.get().last_seen_on.isoformat() == "2027-03-03"


def test_the_guard_asks_the_database_once(ada: Resident, django_assert_num_queries: Any) -> None:
    _session, secret = sessions.begin(resident=ada, device="Firefox", now=NOW)

    with django_assert_num_queries(1):
        assert sessions.find(secret=secret, now=NOW).resident.name == "Ada Terril"


@pytest.mark.parametrize("secret", ["", "x", "é", "x" * 10_000])
def test_no_other_secret_opens_anything(client: Client, ada: Resident, secret: str) -> None:
    sessions.begin(resident=ada, device="Firefox", now=NOW)
    client.cookies[guard.COOKIE] = secret

    assert not is_in(client)


def test_an_address_put_right_by_the_town_hall_ends_it(hers: Client, ada: Resident) -> None:
    former, ada.email = ada.email, "autre@example.org"
    own_links.let_go_of(former, resident=ada)
    ada.save()

    assert not is_in(hers)


def test_one_signs_out_of_this_browser_and_no_other(hers: Client, ada: Resident) -> None:
    elsewhere = signed_in(Client(), ada, now=NOW)

    answer = hers.post(reverse("communities:space_leave"))

    assert "You are signed out" in answer.content.decode()
    assert not is_in(hers)
    assert is_in(elsewhere)
    assert hers.post(reverse("communities:space_leave")).status_code == 200


def test_one_signs_out_everywhere(hers: Client, ada: Resident) -> None:
    elsewhere, another = signed_in(Client(), ada, now=NOW), signed_in(Client(), ResidentFactory(), now=NOW)

    hers.post(reverse("communities:space_leave_all"))

    assert not is_in(hers)
    assert not is_in(elsewhere)
    assert is_in(another)


def test_the_devices_are_told_apart_and_a_lost_one_is_signed_out(hers: Client, ada: Resident) -> None:
    lost = Client()
    session, secret = sessions.begin(resident=ada, device="Chrome on Android", now=NOW)
    lost.cookies[guard.COOKIE] = secret

    page = hers.get(DEVICES).content.decode()
    assert "Sign out of Chrome on Android" in page
    assert page.count("this device") == 1
    hers.post(DEVICES, {"device": session.pk})

    assert not is_in(lost)
    assert is_in(hers)


@pytest.mark.parametrize("device", ["", "x", "-1", "9" * 40, "\x00"])
def test_no_device_but_ones_own_is_signed_out(hers: Client, device: str) -> None:
    session, _secret = sessions.begin(resident=ResidentFactory(), device="Firefox", now=NOW)

    hers.post(DEVICES, {"device": session.pk})
    assert hers.post(DEVICES, {"device": device}).status_code == 200

    assert SpaceSession.objects.filter(pk=session.pk).exists()


@pytest.mark.parametrize("path", [HOME, "/mon-espace/sortir/", "/mon-espace/sortir/partout/"])
def test_a_method_that_does_not_belong_is_refused(hers: Client, path: str) -> None:
    assert (hers.post if path == HOME else hers.get)(path).status_code == 405


def test_forms_need_their_own_token(ada: Resident) -> None:
    strict = signed_in(Client(enforce_csrf_checks=True), ada, now=NOW)

    for path in ("sortir/", "sortir/partout/", "appareils/", "mes-donnees/effacer/", "mes-donnees/corriger/"):
        assert strict.post(HOME + path, {"understood": "on"}).status_code == 403
    assert is_in(strict)


def test_what_is_over_is_forgotten_at_night(ada: Resident) -> None:
    asked(ada, now=NOW)
    sessions.begin(resident=ada, device="Firefox", now=NOW)

    forgetting.forget(now=NOW + timedelta(days=29))
    assert SpaceSession.objects.exists()
    assert not SpaceEntry.objects.exists()
    forgetting.forget(now=NOW + timedelta(days=31))

    assert not SpaceSession.objects.exists()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18.0 Mobile Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/130.0 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit Version/18 Safari/605", "Safari on Mac"),
        ("curl/8", "A browser"),
        ("", "A browser"),
        ("Firefox" * 1000, "Firefox"),
    ],
)
def test_a_browser_is_called_in_plain_words(said: str, name: str) -> None:
    assert devices.named(said) == name


# --- The first page --------------------------------------------------------------------------------------------------


def test_panels_of_every_room_stand_in_the_order_of_their_names(hers: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def saying(words: str) -> panels.SpacePanel:
        return lambda request, resident, now: ("components/notice.html", {"text": f"{words} {resident}"})

    registered = {"20-b": saying("second"), "10-a": saying("first"), "30-c": lambda *_asked: None}
    monkeypatch.setattr(panels.space_panels, "_things", registered)

    page = hers.get(HOME).content.decode()

    assert page.index("first Ada Terril") < page.index("second Ada Terril")


def test_ones_communities_and_roles_are_there_and_nobody_elses(hers: Client, ada: Resident) -> None:
    MembershipFactory(resident=ada, community__name="Le verger", role="coordinator")
    MembershipFactory(community__name="Les bancs")

    page = hers.get(HOME).content.decode()

    assert "Le verger" in page
    assert "Coordinator, since" in page
    assert "Les bancs" not in page


def test_the_first_page_costs_the_same_however_many_communities(
    hers: Client, ada: Resident, django_assert_num_queries: Any
) -> None:
    MembershipFactory(resident=ada)
    hers.get(HOME)
    with CaptureQueriesContext(connection) as with_one:
        hers.get(HOME)
    for _each in range(6):
        MembershipFactory(resident=ada)

    with django_assert_num_queries(len(with_one)):
        page = hers.get(HOME)

    assert len(page.content) < 60_000


def test_coming_in_is_a_sign_of_life_for_longer_than_the_session(ada: Resident, hers: Client) -> None:
    Resident.objects.update(created_at=NOW - timedelta(days=2000), confirmed_at=None)
    hers.post("/mon-espace/sortir/")

    assert not SpaceSession.objects.exists()
    assert ada not in activity.silent_since(NOW - timedelta(days=1))
    assert ada in activity.silent_since(NOW + timedelta(days=1))
