"""The work days of the demonstration: somebody can try each thing on them."""

import pytest
from django.test import Client
from django.utils import timezone

from communities.belonging.answering import ROLE_LETTER
from communities.models import Delivery, Resident
from engagement.models import Need, NeedKind, Volunteer, WorkDay
from engagement.volunteering import counting
from engagement.volunteering.coordinating import roles
from pages.demo import loading, work_days
from tests.communities.space.coming_in import signed_in

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def ada() -> Resident:
    loading.load(site_url="http://localhost:8000", language="fr", now=NOW)
    resident: Resident = Resident.objects.with_email(work_days.COORDINATOR).get()
    return resident


def test_there_is_one_to_come_a_series_one_gone_by_and_one_proposed(ada: Resident) -> None:
    to_come = WorkDay.objects.to_come(NOW).filter(meeting__live=True)

    assert to_come.filter(series=None).count() == 1
    assert to_come.exclude(series=None).count() == 4
    assert WorkDay.objects.gone_by(NOW).count() == 1
    assert WorkDay.objects.awaiting_approval().count() == 1
    assert set(roles.run_by(ada)) == set(WorkDay.objects.all())


def test_a_letter_tells_her_that_she_coordinates_and_where(ada: Resident) -> None:
    told = Delivery.objects.pending().filter(resident=ada, mailing__kind=ROLE_LETTER)

    assert told.count() == 2


def test_food_is_not_a_tool(ada: Resident) -> None:
    assert {need.item for need in Need.objects.filter(kind=NeedKind.FOOD)} == {"Soupe pour midi", "Gâteaux"}


def test_people_come_and_something_is_still_missing(ada: Resident) -> None:
    next_one = WorkDay.objects.to_come(NOW).filter(meeting__live=True, series=None).get()

    assert Volunteer.objects.coming().filter(work_day=next_one).count() == 4
    assert counting.of(next_one, now=NOW).has_gaps


def test_its_coordinator_opens_her_list_and_each_of_them(ada: Resident, client: Client) -> None:
    browser = signed_in(client, ada, now=timezone.now())

    assert browser.get("/mon-espace/chantiers/").status_code == 200
    for work_day in WorkDay.objects.all():
        assert browser.get(f"/mon-espace/chantiers/{work_day.pk}/").status_code == 200
