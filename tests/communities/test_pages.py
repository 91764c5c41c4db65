"""What happens when a visitor signs up."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from communities import consent, scopes, signing_up
from communities.models import Delivery, Resident, SignUp
from communities.robots import SECONDS_TO_READ
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    ResidentFactory,
)

DONE = "/inscription/merci/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_other_rooms")]


@pytest.fixture
def send(client: Client) -> Callable[..., object]:
    """Open a page with a sign-up form, take the time to read it, fill it in and send it."""

    def fill_in(path: str, **answers: object) -> object:
        page = client.get(path)
        opened = page.context["form"]["opened"].value()
        with time_machine.travel(timezone.now() + timedelta(seconds=SECONDS_TO_READ), tick=False):
            return client.post(path, {"opened": opened, "name": "Ada Terril", "email": "ada@example.org", **answers})

    return fill_in


def test_signing_up_on_its_page_asks_to_join_the_community(send: Callable[..., object]) -> None:
    community = CommunityFactory()

    answer = send(community.get_absolute_url())

    assert answer.status_code == 302
    assert answer.headers["Location"] == DONE
    sign_up = SignUp.objects.get()
    assert (list(sign_up.communities.all()), sign_up.joins, sign_up.whole_town) == ([community], True, False)


def test_further_announcements_are_boxes_ticked_by_nobody_but_the_visitor(
    client: Client, send: Callable[..., object]
) -> None:
    community = CommunityFactory(around_a_neighbourhood=True)
    page = client.get(community.get_absolute_url()).content.decode()
    assert not re.search(r"<input[^>]*checkbox[^>]*checked", page)

    send(community.get_absolute_url(), neighbourhoods=[community.neighbourhood.pk], whole_town="on")

    sign_up = SignUp.objects.get()
    assert list(sign_up.neighbourhoods.all()) == [community.neighbourhood]
    assert sign_up.whole_town


def test_the_general_form_wants_at_least_one_box(send: Callable[..., object]) -> None:
    CommunityFactory()

    answer = send("/inscription/")

    assert answer.context["form"].has_error("__all__", "no_box")
    assert not SignUp.objects.exists()


def test_a_page_that_knows_what_interests_the_visitor_offers_those_boxes_first(
    client: Client, send: Callable[..., object]
) -> None:
    garden, centre = CommunityFactory(name="Le verger"), NeighbourhoodFactory(name="Centre")
    CommunityFactory(name="La chorale")
    path = reverse("communities:sign_up", query={"about": [scopes.scope_of(garden), scopes.scope_of(centre)]})

    page = client.get(path).content.decode()
    send(path, communities=[garden.pk], neighbourhoods=[centre.pk])

    assert "Le verger" in page
    assert "Centre" in page
    assert "La chorale" not in page
    assert not re.search(r"<input[^>]*checkbox[^>]*checked", page)
    assert f'href="{reverse("communities:sign_up")}"' in page.partition("<main")[2].partition("</main")[0]
    sign_up = SignUp.objects.get()
    assert (list(sign_up.communities.all()), list(sign_up.neighbourhoods.all())) == ([garden], [centre])


@pytest.mark.parametrize("about", ["", "town", "community:999999", f"community:{'9' * 5000}", "community:x\0", "é:1"])
def test_an_address_that_names_nothing_offers_every_box(client: Client, about: str) -> None:
    CommunityFactory(name="Le verger")

    page = client.get("/inscription/", {"about": about})

    assert "Le verger" in page.content.decode()


def test_nobody_learns_whether_an_address_is_known(send: Callable[..., object]) -> None:
    community = CommunityFactory()
    member = ResidentFactory(email="known@example.org", allows=[consent.TOWN])
    MembershipFactory(community=community, resident=member)

    known = send(community.get_absolute_url(), email="Known@example.org")
    unknown = send(community.get_absolute_url(), email="unknown@example.org")

    assert known.status_code == unknown.status_code == 302
    assert known.content == unknown.content
    assert dict(known.headers) == dict(unknown.headers)
    assert Delivery.objects.count() == 2


def test_a_known_and_an_unknown_address_cost_about_the_same_work(
    send: Callable[..., object], django_assert_max_num_queries
) -> None:
    community = CommunityFactory()
    ResidentFactory(email="known@example.org")

    with django_assert_max_num_queries(40) as known:
        send(community.get_absolute_url(), email="known@example.org")
    with django_assert_max_num_queries(40) as unknown:
        send(community.get_absolute_url(), email="unknown@example.org")

    assert len(unknown.captured_queries) - len(known.captured_queries) <= 3


def test_the_page_says_for_how_long_the_button_works(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_up, "GOOD_FOR", timedelta(days=7))

    assert "valable 7 jours" in client.get(DONE).content.decode()


def test_a_robot_that_fills_the_hidden_box_is_thanked_and_ignored(send: Callable[..., object]) -> None:
    answer = send(CommunityFactory().get_absolute_url(), website="https://example.org")

    assert answer.headers["Location"] == DONE
    assert not Resident.objects.exists()


def test_a_form_sent_back_at_once_asks_for_one_more_press(client: Client) -> None:
    path = CommunityFactory().get_absolute_url()
    opened = client.get(path).context["form"]["opened"].value()
    answers = {"opened": opened, "name": "Ada Terril", "email": "ada@example.org"}

    quick = client.post(path, answers)
    with time_machine.travel(timezone.now() + timedelta(seconds=SECONDS_TO_READ), tick=False):
        again = client.post(path, answers | {"opened": quick.context["form"]["opened"].value()})

    assert quick.context["form"].has_error("__all__", "too_quick")
    assert again.headers["Location"] == DONE


@pytest.mark.parametrize("opened", ["", "garbage", "1:forged"])
def test_a_form_nobody_opened_is_opened_now(client: Client, opened: str) -> None:
    path = CommunityFactory().get_absolute_url()
    answers = {"name": "Ada Terril", "email": "ada@example.org"}

    first = client.post(path, answers | {"opened": opened})
    with time_machine.travel(timezone.now() + timedelta(seconds=SECONDS_TO_READ), tick=False):
        again = client.post(path, answers | {"opened": first.context["form"]["opened"].value()})

    assert first.context["form"].has_error("__all__", "too_quick")
    assert first.context["form"]["name"].value() == "Ada Terril"
    assert again.headers["Location"] == DONE


@pytest.mark.parametrize("name", ["see www.example.org", "https://example.org", "a@example.org", "<b>Ada</b>"])
def test_a_name_that_is_an_advertisement_is_refused(send: Callable[..., object], name: str) -> None:
    answer = send(CommunityFactory().get_absolute_url(), name=name)

    assert answer.context["form"].has_error("name", "not_a_name")


def test_one_address_gets_three_letters_an_hour_and_the_answer_stays_the_same(send: Callable[..., object]) -> None:
    path = CommunityFactory().get_absolute_url()

    answers = [send(path) for _time in range(5)]

    assert {answer.headers["Location"] for answer in answers} == {DONE}
    assert Delivery.objects.count() == 3


def test_one_connection_signs_up_twenty_people_an_hour(send: Callable[..., object]) -> None:
    path = CommunityFactory().get_absolute_url()

    answers = [send(path, email=f"ada-{number}@example.org") for number in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert Delivery.objects.count() == 20


def test_signing_up_works_while_redis_is_away(send: Callable[..., object]) -> None:
    nowhere = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}}

    with override_settings(CACHES=nowhere):
        answer = send(CommunityFactory().get_absolute_url())

    assert answer.headers["Location"] == DONE
    assert Delivery.objects.count() == 1


def test_a_sign_up_sets_no_cookie(client: Client, send: Callable[..., object]) -> None:
    send(CommunityFactory().get_absolute_url())

    assert not client.cookies
