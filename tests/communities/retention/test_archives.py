"""What the public archives get: the same bytes each time, readable by people and by machines, until they have it."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest

from communities.models import ArchivedRecord, RetentionRun
from communities.retention import archives
from communities.retention.refusals import MayNot
from communities.retention.rules import Reach
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 2, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> RetentionRun:
    run = RetentionRun.objects.create(rule="meetings.answers", ran_on=date(2027, 3, 1), number=2, last_at=NOW)
    for facts in (
        {"title": "Le budget", "people": 12, "by_neighbourhood": {"Cité 5": 7, "": 5}},
        {"title": "=1+1", "people": 3, "venue": "Foyer"},
    ):
        ArchivedRecord.objects.create(run=run, facts=facts)
    return run


def opened(run: RetentionRun) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archives.file_of(run))) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_the_file_holds_json_lines_and_a_table(night: RetentionRun) -> None:
    found = opened(night)

    lines = [json.loads(line) for line in found["meetings-answers-2027-03-01.jsonl"].splitlines()]
    assert [line["title"] for line in lines] == ["Le budget", "=1+1"]
    table = found["meetings-answers-2027-03-01.csv"].splitlines()
    assert table[0].split(";")[0] == "titre"
    assert len(table) == 3


def test_nothing_in_the_table_is_a_formula(night: RetentionRun) -> None:
    assert "'=1+1" in opened(night)["meetings-answers-2027-03-01.csv"]


def test_the_same_records_make_the_same_bytes(night: RetentionRun) -> None:
    assert archives.file_of(night) == archives.file_of(night)


def test_once_the_archives_have_it_it_goes_and_the_night_stays(night: RetentionRun) -> None:
    someone = StaffFactory(administration=True)

    for now in (NOW, NOW.replace(hour=9)):
        archives.hand_over(run=night, by=someone, now=now)

    night.refresh_from_db()
    assert (night.handed_over_at, night.handed_over_by, night.number) == (NOW, someone, 2)
    assert not ArchivedRecord.objects.exists()
    assert not archives.files().exists()


@pytest.mark.parametrize("group", ["communication", "participation", "elected"])
def test_only_administrators_say_so(night: RetentionRun, group: str) -> None:
    with pytest.raises(MayNot):
        archives.hand_over(run=night, by=StaffFactory(**{group: True}), now=NOW)


def test_what_nobody_collects_goes_at_last(night: RetentionRun) -> None:
    archives.drop([night.pk], Reach(before=NOW, now=NOW))

    assert RetentionRun.objects.get() == night
    assert not ArchivedRecord.objects.exists()


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (3, "3"), ({"Centre": 5, "": 6}, "Centre 5, ailleurs ou inconnu 6")]
)
def test_a_cell_says_what_a_person_reads(value: Any, shown: str) -> None:
    assert archives.cell(value) == shown
