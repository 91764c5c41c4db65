"""Which records look like one person, and who is believed that they are two?"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities.doubles import finding, merging, telling_apart
from communities.doubles.finding import Reason
from communities.models import Resident, ToldApart
from tests.communities.factories import MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ADA: dict[str, Any] = {"name": "Ada Terril", "email": "ada@example.org"}


def reasons(one: dict[str, Any], other: dict[str, Any]) -> set[Reason]:
    blank = dict.fromkeys(("name", "second_name", "email", "phone", "street"), "") | {"neighbourhood_id": None}
    found = finding.alike([blank | one | {"pk": 1}, blank | other | {"pk": 2}])
    return found.get((1, 2), set())


@pytest.mark.parametrize(
    ("names", "shared", "why"),
    [
        (("Ada Terril", "ADA TERRIL"), {"phone": ("0199000102", "01 99 00 01 02")}, "phone"),
        (("Félix Gaillette", "Gaillette Felix"), {"street": ("3 rue du Coron", "3, RUE du coron")}, "street"),
        (("Ada Terril", "Ada Terril"), {"email": ("ada.terril@a.example", "adaterril62@b.example")}, "mailbox"),
        (("Ada Terril", "Ada Terril"), {"neighbourhood_id": (1, 1)}, "quarter"),
        (("Ada", "Basile"), {"phone": ("1", "1"), "street": ("3 rue", "3 rue")}, "household"),
        (("Ada", "Basile Coron"), {"second_name": ("Basile Coron", ""), "phone": ("1", "1")}, "phone"),
        (("Ada", "A. T."), {"email": ("terril@a.example", "terril@b.example")}, "alike"),
    ],
)
def test_a_pair_says_why_it_is_proposed(names: tuple[str, str], shared: dict[str, tuple[Any, Any]], why: str) -> None:
    one, other = ({"name": name} | {key: both[side] for key, both in shared.items()} for side, name in enumerate(names))

    assert Reason(why) in reasons(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Ada Terril"}, {"name": "Ada Terril"}),
        ({"name": "Ada Terril", "neighbourhood_id": 1}, {"name": "Ada Terril", "neighbourhood_id": 2}),
        ({"name": "Ada Terril", "phone": "1"}, {"name": "Nora Chevalet", "phone": "1"}),
        ({"name": "", "phone": "1"}, {"name": "", "phone": "1"}),
        ({"name": "A", "email": "contact@a.example"}, {"name": "B", "email": "contact@b.example"}),
        ({"name": "A", "email": "li@a.example"}, {"name": "B", "email": "li@b.example"}),
    ],
)
def test_what_many_people_share_makes_nobody_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not reasons(one, other)


def test_what_a_crowd_shares_says_nothing_of_two() -> None:
    for _each in range(finding.CROWD + 1):
        ResidentFactory(name="Ada Terril", phone="0199000102")

    assert finding.find() == []


def test_the_surest_pair_comes_first() -> None:
    quarter = NeighbourhoodFactory()
    for number in range(2):
        ResidentFactory(name="Nora Chevalet", email="", street=f"{number} rue", neighbourhood=quarter)
    for _each in range(2):
        ResidentFactory(name="Ada Terril", email="", phone="0199000102", street="3 rue du Coron")

    sure, likely = finding.find()

    assert (sure.words, likely.words) == ("almost certain", "likely")
    assert sure.reasons == (Reason.PHONE, Reason.STREET, Reason.HOUSEHOLD)


def test_two_people_told_apart_are_not_proposed_again(django_assert_num_queries: Any) -> None:
    pair = [ResidentFactory(name="Ada Terril", phone="0199000102") for _each in range(2)]
    assert finding.find()

    for one, other in (pair, pair[::-1]):
        telling_apart.tell_apart(one=one, other=other, by=StaffFactory(), now=NOW)

    assert ToldApart.objects.count() == 1
    with django_assert_num_queries(2):
        assert finding.find() == []


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True))
    return client


@pytest.fixture
def pair() -> tuple[Resident, Resident]:
    one = ResidentFactory(name="Ada Terril", email="ada@example.org", phone="0199000102")
    other = ResidentFactory(name="Terril Ada", email="terril@example.org", phone="0199000102", street="3 rue du Coron")
    return one, other


def test_the_list_names_both_and_says_why(officer: Client, pair: tuple[Resident, Resident]) -> None:
    page = officer.get(reverse("doubles:index")).content.decode()

    assert all(words in page for words in ("ada@example.org", "terril@example.org", "same name and same telephone"))


def test_the_list_costs_the_same_for_many_pairs(officer: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        ResidentFactory(name=f"Ada {number}", phone=f"01990{number:05}", neighbourhood=NeighbourhoodFactory())
        ResidentFactory(name=f"Ada {number}", phone=f"01990{number:05}")

    with django_assert_max_num_queries(20):
        page = officer.get(reverse("doubles:index")).content.decode()

    assert "Next page" in page


def test_an_empty_list_says_what_will_be_there(officer: Client) -> None:
    assert "Nobody seems to be written down twice." in officer.get(reverse("doubles:index")).content.decode()


def test_the_page_of_two_proposes_what_only_one_says_and_joins_by_one_button(
    officer: Client, pair: tuple[Resident, Resident]
) -> None:
    kept, gone = pair
    MembershipFactory(resident=gone)
    address = reverse("doubles:compare", args=[gone.pk, kept.pk])

    page = officer.get(address)
    form = page.context["form"]
    chosen = {name: form[name].value() for name in form.fields}
    answer = officer.post(address, chosen | {"email": "gone"}, follow=True)

    assert "It cannot be undone." in page.content.decode()
    assert chosen["street"] == "gone"
    assert answer.request["PATH_INFO"] == reverse("residents:inspect", args=[kept.pk])
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.street) == ("Ada Terril", "terril@example.org", "3 rue du Coron")
    assert kept.memberships.count() == 1
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("saw", ["", "x\x00", "x" * 10_000, "0" * 32])
def test_a_page_that_is_stale_or_forged_joins_nothing(
    officer: Client, pair: tuple[Resident, Resident], saw: str
) -> None:
    kept, gone = pair
    address = reverse("doubles:compare", args=[kept.pk, gone.pk])
    choices = dict.fromkeys(merging.CHOICES, "kept")

    page = officer.post(address, choices | {"saw": saw}, follow=True).content.decode()

    assert "was changed while you were reading" in page
    assert Resident.objects.known().count() == 2


def test_one_record_is_not_compared_with_itself(officer: Client, pair: tuple[Resident, Resident]) -> None:
    assert officer.get(reverse("doubles:compare", args=[pair[0].pk, pair[0].pk])).status_code == 404


def test_the_button_that_tells_them_apart_keeps_both(officer: Client, pair: tuple[Resident, Resident]) -> None:
    kept, gone = pair

    page = officer.post(reverse("doubles:tell_apart", args=[kept.pk, gone.pk]), follow=True).content.decode()

    assert "They are two people: this pair is not proposed again." in page
    assert Resident.objects.known().count() == 2
    assert officer.get(reverse("doubles:tell_apart", args=[kept.pk, gone.pk])).status_code == 405
