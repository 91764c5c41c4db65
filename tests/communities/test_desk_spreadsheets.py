"""What leaves the desk for the town hall's spreadsheet."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.communities.factories import MembershipFactory, ResidentFactory, SuppressionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def spreadsheet(page: Any) -> list[list[str]]:
    text = page.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def rows_of(page: Any, format: str) -> list[Any]:
    if format == "csv":
        return spreadsheet(page)
    return list(load_workbook(io.BytesIO(page.getvalue())).active.iter_rows(values_only=True))


def test_a_list_leaves_as_a_spreadsheet_without_a_formula(desk: Client) -> None:
    resident = ResidentFactory(name="=HYPERLINK(1)", second_name="@SUM(A1)", phone="+32 2 555 12 12")
    MembershipFactory(resident=resident, community__name="Les bancs")

    _headings, row = spreadsheet(desk.get(reverse("residents:index"), {"export": "csv"}))

    assert row[:4] == ["'=HYPERLINK(1)", "'@SUM(A1)", resident.email, "'+32 2 555 12 12"]
    assert row[10] == "Les bancs"


def test_a_workbook_leaves_without_a_formula(desk: Client) -> None:
    ResidentFactory(name="=1+1")

    page = desk.get(reverse("residents:index"), {"export": "xlsx"})

    sheet = load_workbook(io.BytesIO(page.getvalue())).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("'=1+1", "s")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_spreadsheet_tells_the_hour_of_the_town(desk: Client, format: str) -> None:
    SuppressionFactory(created_at=datetime(2027, 7, 1, 22, 30, tzinfo=UTC))

    page = desk.get(reverse("suppressions:index"), {"export": format})

    since = rows_of(page, format)[1][2]
    assert str(since) == "2027-07-02 00:30:00"


def test_someone_written_down_after_midnight_is_known_since_that_day(desk: Client) -> None:
    ResidentFactory(created_at=datetime(2027, 7, 1, 22, 30, tzinfo=UTC))

    _headings, row = spreadsheet(desk.get(reverse("residents:index"), {"export": "csv"}))

    assert row[-1] == "2027-07-02"
