"""Who comes, as a spreadsheet."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from communities.models import Resident
from meetings.models import Answer, MeetingPage
from tests.factories import StaffFactory
from tests.meetings.conftest import at
from tests.meetings.factories import AnswerFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db: None) -> MeetingPage:
    """Ada comes with two others, Basile does not."""
    meeting = MeetingPageFactory()
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Ada Terril", guests=2)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Basile Coron", no=True)
    return meeting


def test_the_exported_names_hold_no_formula_and_count_people(desk: Client, meeting: MeetingPage):
    Resident.objects.filter(name="Ada Terril").update(name="=cmd()")

    content = desk.get(at("answers", meeting), {"export": "csv", "choice": "yes"}).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(content), delimiter=";")

    assert row["resident"] == "'=cmd()"
    assert row["people who come"] == "3"


def test_the_exported_hour_of_an_answer_stops_at_the_second(desk: Client, meeting: MeetingPage):
    Answer.objects.update(answered_at=dt.datetime(2026, 11, 26, 9, 0, 12, 345678, tzinfo=dt.UTC))

    content = desk.get(at("answers", meeting), {"export": "csv", "choice": "yes"}).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(content), delimiter=";")

    assert row["answered on"] == "2026-11-26 10:00:12"


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize(("group", "sees"), [("communication", False), ("participation", True)])
def test_the_exported_names_have_their_addresses_for_whoever_may_see_residents(
    client: Client, meeting: MeetingPage, format: str, group: str, sees: bool
):
    client.force_login(StaffFactory(**{group: True}))

    response = client.get(at("answers", meeting), {"export": format})
    headings = first_line(b"".join(response) if response.streaming else response.content, format)

    assert headings[0] == "resident"
    assert ("telephone" in headings, "e-mail" in headings) == (sees, sees)


def first_line(content: bytes, format: str) -> list[str]:
    if format == "csv":
        return content.decode("utf-8-sig").splitlines()[0].split(";")
    return [cell.value for cell in next(load_workbook(io.BytesIO(content)).active.iter_rows())]
