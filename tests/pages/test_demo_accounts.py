"""Do the farmers' paths come out of the accounts as the founding sheet tells them?"""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from engagement.ledger import balance, means, showing, totals
from engagement.models import HourRate, LedgerEntry, ProjectPage, Side, YearMeans
from meetings.models import Mandate
from pages.demo import apports
from tests.engagement.factories import ProjectPageFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


@pytest.fixture
def paths() -> ProjectPage:
    page = ProjectPageFactory(slug="chemins-ruraux", title="Les chemins ruraux")
    apports.tell(by=StaffFactory(participation=True), now=NOW)
    return page


def test_the_farmers_paths_cost_the_town_thirty_thousand_euros_and_seventy_percent_are_saved(paths):
    found = balance.of(project=paths.project)

    assert found.done(Side.COMMUNE) == 30_000
    assert found.done(Side.RESIDENTS) == 70_000
    assert (found.cost_alone, found.saved_share) == (100_000, Decimal("0.7"))


def test_everyone_reads_so(paths):
    page = Client().get(reverse("engagement:accounts", args=[paths.project_id])).content.decode()

    for words in ("30\u202f000\u202f€", "100\u202f000\u202f€", "70\u202f%", "SMIC horaire brut au 1er janvier 2026"):
        assert words in page


def test_every_line_says_that_it_is_invented(paths):
    assert all("invent" in entry.what for entry in LedgerEntry.objects.all())


def test_the_picture_and_the_totals_agree(paths):
    shown, whole = showing.of(paths.project), totals.altogether()

    assert (shown.residents.share, shown.commune.share, shown.saved_share) == (70, 30, 70)
    assert whole.cost_alone == shown.total
    [mandate] = totals.by_mandate()
    assert mandate.balance.cost_alone == 100_000


def test_what_was_spent_is_taken_from_this_years_envelope(paths):
    this_year = next(found for found in means.by_year() if found.year == 2026)

    assert (this_year.euros.available, this_year.euros.done, this_year.euros.left) == (60_000, 30_000, 30_000)


def test_an_entry_that_was_undone_is_part_of_the_demonstration():
    ProjectPageFactory(slug="skate-park")

    apports.tell(by=StaffFactory(participation=True), now=NOW)

    assert LedgerEntry.objects.filter(reverses__isnull=False).count() == 1


def test_what_the_town_settled_already_stays_and_projects_not_shown_are_passed_over():
    YearMeans.objects.create(year=2026, euros=1, hours=1, source="la nôtre")

    apports.tell(by=StaffFactory(participation=True), now=NOW)
    apports.tell(by=StaffFactory(participation=True), now=NOW)

    assert YearMeans.objects.get(year=2026).source == "la nôtre"
    assert (Mandate.objects.count(), HourRate.objects.count(), LedgerEntry.objects.count()) == (1, 6, 0)
