"""Who saw residents, or took them away? Noted once a minute, changed by nobody, told without names to who asks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import forgetting, personal_data
from communities.doubles import merging
from communities.looks import noting, watched
from communities.models import AccessKind, AccessLog, Resident
from tests.communities.factories import ResidentFactory
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, 12, 40, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def ada() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org")


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True, username="basile"))
    return client


@pytest.fixture
def master(client: Client) -> Client:
    client.force_login(StaffFactory(administration=True, username="felix"))
    return client


def look(**facts: Any) -> None:
    told = {"who": facts.pop("who", None) or StaffFactory(), "kind": AccessKind.LIST, "what": "residents:index"}
    noting.note(**told | {"now": NOW} | facts)


def looks() -> list[tuple[str, str, str]]:
    return list(AccessLog.objects.order_by("pk").values_list("who_name", "kind", "what"))


def test_opening_the_list_one_record_and_a_file_is_noted(officer: Client, ada: Resident) -> None:
    officer.get(reverse("residents:index"))
    officer.get(reverse("residents:inspect", args=[ada.pk]))
    officer.post(reverse("residents:held", args=[ada.pk]))

    assert looks() == [
        ("basile", AccessKind.LIST, "residents:index"),
        ("basile", AccessKind.RECORD, "residents:inspect"),
        ("basile", AccessKind.EXPORT, "residents:held"),
    ]
    assert set(AccessLog.objects.of_record(ada.pk).values_list("what", flat=True)) == {
        *("residents:inspect", "residents:held")
    }


def test_a_search_keeps_the_fingerprint_of_its_words_and_not_the_words(officer: Client, ada: Resident) -> None:
    officer.get(reverse("residents:index"), {"q": "Ada Terril"})

    noted = AccessLog.objects.get()
    assert (noted.kind, noted.words) == (AccessKind.SEARCH, noting.fingerprint("  ADA TERRIL"))
    assert "terril" not in str(vars(noted)).lower()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_list_that_leaves_says_how_many_were_in_it(officer: Client, ada: Resident, format: str) -> None:
    ResidentFactory()

    officer.get(reverse("residents:index"), {"export": format})

    assert AccessLog.objects.values_list("kind", "count").get() == (AccessKind.EXPORT, 2)


@pytest.mark.parametrize("query", ["", "?q=%00", "?q=" + "a" * 5000, "?p=2", "?export=csv&q=ada"])
def test_whatever_is_asked_of_the_list_is_noted_in_one_row(officer: Client, ada: Resident, query: str) -> None:
    officer.get(reverse("residents:index") + query)

    assert AccessLog.objects.count() == 1


def test_turning_pages_within_a_minute_is_one_look() -> None:
    who = StaffFactory()
    for seconds in (0, 5, 19):
        look(who=who, now=NOW + timedelta(seconds=seconds))
    look(who=who, now=NOW + timedelta(seconds=20))
    look(who=StaffFactory())

    assert AccessLog.objects.count() == 3


def test_noting_is_one_query(django_assert_num_queries: Any) -> None:
    who = StaffFactory()

    with django_assert_num_queries(1):
        look(who=who)


def test_who_is_sent_away_and_what_shows_nobody_are_not_noted(client: Client, officer: Client, ada: Resident) -> None:
    officer.get(reverse("neighbourhoods:index"))
    officer.get(reverse("residents:inspect", args=[ada.pk + 1000]))
    client.logout()
    client.get(reverse("residents:index"))

    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("change", [{"who_name": "x"}, {"kind": "list"}, {"seen_at": NOW}, {"count": 1}])
def test_nobody_changes_what_is_noted(change: dict[str, Any]) -> None:
    look(kind=AccessKind.EXPORT)

    with pytest.raises(IntegrityError, match="added to, never changed"), transaction.atomic():
        AccessLog.objects.update(**change)


def test_nobody_removes_what_is_young() -> None:
    look(now=timezone.now() - timedelta(days=100))

    with pytest.raises(IntegrityError, match="kept for half a year"), transaction.atomic():
        AccessLog.objects.all().delete()


def test_whoever_leaves_the_town_hall_stays_named() -> None:
    who = StaffFactory(username="nora")
    look(who=who)

    who.delete()

    assert AccessLog.objects.values_list("who", "who_name").get() == (None, "nora")


def test_a_year_later_it_is_gone() -> None:
    now = timezone.now()
    look(now=now - noting.KEPT - timedelta(days=1))
    look(now=now - noting.KEPT + timedelta(days=1))

    forgetting.forget(now=now)

    assert AccessLog.objects.count() == 1


def test_the_person_is_told_how_often_and_when_and_not_by_whom(ada: Resident) -> None:
    who = StaffFactory(username="nora")
    for day in (0, 0, 3):
        look(who=who, resident_key=ada.pk, kind=AccessKind.RECORD, now=NOW + timedelta(days=day, minutes=day))
    look(resident_key=ResidentFactory().pk)

    held = personal_data.held_on(resident=ada)

    assert held["When the town hall looked at your record"] == {"times": 2, "on": ["2027-03-01", "2027-03-04"]}
    assert "nora" not in str(held)


def test_looks_at_a_record_that_was_joined_are_looks_at_the_person(ada: Resident) -> None:
    other = ResidentFactory()
    look(resident_key=other.pk)

    merging.merge(kept=ada, gone=other, take=[], saw=merging.seen(ada, other), by=StaffFactory(), now=NOW)

    assert noting.of(ada).count() == 1


def test_the_report_says_who_what_and_whom_and_notes_that_it_was_read(master: Client, ada: Resident) -> None:
    look(who=StaffFactory(username="nora"), resident_key=ada.pk, what="residents:inspect", kind=AccessKind.RECORD)

    page = master.get(reverse("looks:index")).content.decode()

    for words in ("nora", "opened one record", "A resident’s record", "Ada Terril"):
        assert words in page
    assert AccessLog.objects.filter(who_name="felix", what="looks:index").exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"resident": "terril"}, ["nora"]),
        ({"kind": "export"}, ["basile"]),
        ({"seen_at_from": "2027-03-02"}, []),
        ({"seen_at_from": "2027-03-01", "seen_at_to": "2027-03-01"}, ["basile", "nora"]),
        ({"resident": "\x00"}, ["basile", "nora"]),
    ],
)
def test_the_report_is_filtered(master: Client, ada: Resident, asked: dict[str, str], found: list[str]) -> None:
    look(who=StaffFactory(username="nora"), resident_key=ada.pk)
    look(who=StaffFactory(username="basile"), kind=AccessKind.EXPORT)

    page = master.get(reverse("looks:results"), asked)

    assert sorted(row.who_name for row in page.context["object_list"]) == found


def test_the_report_costs_the_same_for_many(master: Client, django_assert_max_num_queries: Any) -> None:
    who = StaffFactory()
    for number in range(60):
        look(who=who, resident_key=ResidentFactory().pk, now=NOW + timedelta(minutes=number))

    with django_assert_max_num_queries(16):
        master.get(reverse("looks:index"))


def test_taking_the_report_away_is_noted_as_well_and_holds_no_formula(master: Client) -> None:
    look(who=StaffFactory(username="@SUM(A1)"))

    answer: HttpResponse = master.get(reverse("looks:index"), {"export": "csv"})

    assert "'@SUM(A1)" in answer.content.decode()
    assert AccessLog.objects.filter(kind=AccessKind.EXPORT, what="looks:index").exists()


def test_a_record_says_who_opened_it_to_administrators_alone(client: Client, master: Client, ada: Resident) -> None:
    look(who=StaffFactory(username="nora"), resident_key=ada.pk)
    address = reverse("residents:inspect", args=[ada.pk])

    assert "Who opened this record" in master.get(address).content.decode()
    client.force_login(StaffFactory(participation=True))
    assert "Who opened this record" not in client.get(address).content.decode()


def test_a_page_that_is_gone_is_still_called_by_its_address() -> None:
    assert watched.called("old:page") == "old:page"
