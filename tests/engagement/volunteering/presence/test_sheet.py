"""The sheet of the day: what whoever runs it holds in their hand, and nothing that is nobody's business."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.volunteering.presence import sheet_facts, sheet_printing
from engagement.volunteering.presence.sheet_printing import SheetFacts, SheetLine, SheetShift
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.printed import HOSTILE, can_be_heard, read, said
from tests.engagement.volunteering.presence.days import a_day, who_runs


def facts(**more):
    lines = [SheetLine("Ada Terril", people=2, things=["2 Brouettes"], remark="Mal au dos", phone="06 00 00 00 00")]
    shift = SheetShift(title="Désherber, 9 h – 12 h", lines=lines, places="2 places sur 6")
    known = {"language": "fr", "title": "Chantier des bancs", "when": "samedi", "where": "La cité", "shifts": [shift]}
    return SheetFacts(**(known | more))


def test_it_can_be_heard_by_whoever_does_not_see_it():
    assert can_be_heard(sheet_printing.sheet(facts=facts()), title="Feuille du jour – Chantier des bancs")


def test_it_has_all_that_the_day_needs():
    words = said(sheet_printing.sheet(facts=facts(missing=["Pelles (3)"])))

    for expected in ("Ada Terril", "2 Brouettes", "Mal au dos", "06 00 00 00 00", "Pelles (3)", "112", "☐"):
        assert expected in words
    assert "détruisez cette feuille" in words


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_printed_and_never_run(typed):
    shown = typed if '"' not in typed else typed.replace('("', "(«").replace('")', "»)")
    line = SheetLine(typed, things=[typed], remark=typed, phone=typed)

    words = said(
        sheet_printing.sheet(
            facts=facts(title=typed, practical=typed, missing=[typed], shifts=[SheetShift(typed, lines=[line])])
        )
    )

    assert words.replace(" ", "").count(shown.replace(" ", "")) == 8


def test_a_long_list_goes_on_over_the_page():
    lines = [SheetLine(f"Félix Gaillette {number}") for number in range(60)]

    content = sheet_printing.sheet(facts=facts(shifts=[SheetShift(title="Planter", lines=lines)]))

    assert len(read(content).pages) > 2
    assert "Félix Gaillette 59" in said(content)


@pytest.mark.django_db
def test_only_the_telephone_given_for_the_day_is_on_it():
    work_day = a_day()
    shift = ShiftFactory(work_day=work_day, minimum=4)
    need = NeedFactory(work_day=work_day)
    ada = ResidentFactory(name="Ada Terril", phone="03 21 00 00 01", email="ada@example.org")
    VolunteerFactory(work_day=work_day, resident=ada, shifts=[shift], items={need: 2}, guests=1, seats_offered=2)
    VolunteerFactory(work_day=work_day, resident__name="Basile Coron", phone="06 00 00 00 02", seats_wanted=1)

    told = sheet_facts.of(work_day, now=timezone.now())
    words = said(sheet_printing.sheet(facts=told))

    assert "03 21" not in words
    assert "example.org" not in words
    assert "06 00 00 00 02" in words
    assert told.missing == ["2 personnes pour\u00a0: Désherber", "Brouettes (3)"]
    assert [line.name for shift in told.shifts for line in shift.lines] == ["Ada Terril", "Basile Coron"]


@pytest.mark.django_db
def test_whoever_runs_the_day_prints_it_and_nobody_else(client):
    work_day = a_day()
    address = reverse("engagement:run_sheet", args=[work_day.pk])
    now = timezone.now() - dt.timedelta(minutes=1)
    runs = signed_in(client, who_runs(work_day), now=now).get(address)

    assert runs["Content-Type"] == "application/pdf"
    assert "no-store" in runs["Cache-Control"]
    assert signed_in(Client(), ResidentFactory(), now=now).get(address).status_code == 404
    assert Client().get(address).status_code == 302
