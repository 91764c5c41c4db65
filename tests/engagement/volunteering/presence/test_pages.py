"""The list on a telephone: what is posted, what comes back, who may open it."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Role
from engagement.models import Attendance, Pledge, ThingBrought, WorkDay
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.presence.days import a_day, came, closed, project_of, who_runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    return ShiftFactory(work_day=a_day())


@pytest.fixture
def volunteer(shift):
    return VolunteerFactory(work_day=shift.work_day, shifts=[shift], guests=1, resident__name="Ada Terril")


def in_space(resident):
    return signed_in(Client(), resident, now=timezone.now() - dt.timedelta(minutes=1))


@pytest.fixture
def runs(shift):
    return in_space(who_runs(shift.work_day))


def address(work_day, page="run_presence"):
    return reverse(f"engagement:{page}", args=[work_day.pk])


def line(volunteer, shift, there="yes", people="1", hours="3", was=""):
    prefix = f"v{volunteer.pk}s{shift.pk}"
    return {
        f"{prefix}-{name}": value for name, value in locals().items() if name in {"there", "people", "hours", "was"}
    }


def newcomer(name, key=None, **more):
    prefix = f"k{(key or uuid.uuid4()).hex}"
    said = {"name": name, "there": "yes", "people": "1", "hours": "2", "shift": "", "was": ""} | more
    return {f"{prefix}-{name}": value for name, value in said.items()}


def test_the_page_shows_each_volunteer_with_the_hours_of_their_shift(runs, shift, volunteer):
    page = runs.get(address(shift.work_day)).content.decode()

    assert "Ada Terril" in page
    assert f'name="v{volunteer.pk}s{shift.pk}-hours" value="3"' in page
    assert f'name="v{volunteer.pk}s{shift.pk}-people" value="2"' in page


def test_one_press_writes_everyone_down(runs, shift, volunteer):
    posted = line(volunteer, shift, hours="2,5") | newcomer("Basile Coron")

    answer = runs.post(address(shift.work_day), posted)

    assert answer.status_code == 200
    assert set(Attendance.objects.values_list("given_name", "hours")) == {("", Decimal("2.5")), ("Basile Coron", 2)}


def test_the_same_post_twice_doubles_nothing_and_loses_nothing(runs, shift, volunteer):
    posted = line(volunteer, shift) | newcomer("Basile Coron")

    pages = [runs.post(address(shift.work_day), posted).content.decode() for _number in range(2)]

    assert Attendance.objects.count() == 2
    assert "entre-temps" not in pages[1]


def test_a_wrong_line_loses_no_other_and_stays_as_it_was_typed(runs, shift, volunteer):
    other = VolunteerFactory(work_day=shift.work_day, shifts=[shift])

    answer = runs.post(address(shift.work_day), line(volunteer, shift, hours="trois") | line(other, shift))

    assert answer.status_code == 422
    assert Attendance.objects.get().volunteer == other
    assert 'value="trois"' in answer.content.decode()


def test_two_coordinators_at_once_keep_both_lines_and_the_second_hears_of_the_first(shift, volunteer, runs):
    other = in_space(who_runs(shift.work_day))
    third = VolunteerFactory(work_day=shift.work_day, shifts=[shift])

    runs.post(address(shift.work_day), line(volunteer, shift, hours="2"))
    page = other.post(address(shift.work_day), line(volunteer, shift, hours="3") | line(third, shift))

    assert "entre-temps" in page.content.decode()
    assert set(Attendance.objects.values_list("volunteer", "hours")) == {(volunteer.pk, 3), (third.pk, 3)}


def test_everyone_else_is_there_by_one_press(runs, shift, volunteer):
    absent = VolunteerFactory(work_day=shift.work_day, shifts=[shift])
    posted = line(volunteer, shift, there="", people="2") | line(absent, shift, there="no") | {"everyone": shift.pk}

    runs.post(address(shift.work_day), posted)

    assert set(Attendance.objects.values_list("volunteer", "people")) == {(volunteer.pk, 2), (absent.pk, 0)}


def test_what_was_promised_is_brought_by_whoever_is_there(runs, shift):
    need = NeedFactory(work_day=shift.work_day)
    there, absent = (VolunteerFactory(work_day=shift.work_day, shifts=[shift], items={need: 2}) for _one in range(2))
    pledges = {f"p{pledge.pk}-brought": "2" for pledge in Pledge.objects.all()}

    runs.post(address(shift.work_day), line(there, shift) | line(absent, shift, there="no") | pledges)

    assert list(Pledge.objects.order_by("pk").values_list("brought", flat=True)) == [2, None]


def test_what_nobody_promised_is_written_too(runs, shift):
    key = f"t{uuid.uuid4().hex}"

    for _number in range(2):
        runs.post(address(shift.work_day), {f"{key}-item": "Remorque", f"{key}-quantity": "1", f"{key}-kind": "tools"})

    assert [(thing.item, thing.quantity) for thing in ThingBrought.objects.all()] == [("Remorque", 1)]


@pytest.mark.parametrize("name", ["\x00", "a" * 10_000, "<script>alert(1)</script>", "https://exemple.fr"])
def test_nothing_typed_breaks_the_page(runs, shift, name):
    answer = runs.post(address(shift.work_day), newcomer(name))

    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("hours", ["-1", "25", "NaN", "1e400", "\x00"])
def test_impossible_hours_are_said_and_not_written(runs, shift, volunteer, hours):
    assert runs.post(address(shift.work_day), line(volunteer, shift, hours=hours)).status_code == 422
    assert not Attendance.objects.exists()


def test_the_list_is_confirmed_by_a_button_and_opened_again_by_another(runs, shift):
    work_day = shift.work_day
    project_of(work_day)
    came(work_day, people=2)

    told = runs.get(address(work_day, "run_presence_confirm")).content.decode()
    runs.post(address(work_day, "run_presence_confirm"))
    waits = runs.get(address(work_day)).content.decode()
    runs.post(address(work_day, "run_presence_reopen"))

    work_day.refresh_from_db()
    assert "La liste est juste" in told
    assert "6\u202fh comptées" in waits.replace("6 h", "6\u202fh")
    assert "En attente de la mairie" in waits
    assert not work_day.is_closed


def test_a_confirmed_list_leads_on_to_thanks_and_to_the_account(runs, shift):
    WorkDay.objects.filter(pk=shift.work_day_id).update(closed_at=timezone.now())

    page = runs.get(address(shift.work_day)).content.decode()

    assert address(shift.work_day, "run_thank") in page
    assert address(shift.work_day, "run_account") in page
    assert address(shift.work_day, "run_presence_reopen") in page
    assert "does not take place" not in page


def test_a_list_confirmed_meanwhile_says_so_and_keeps_what_was_typed(runs, shift, volunteer):
    came(shift.work_day)
    closed(shift.work_day)

    answer = runs.post(address(shift.work_day), line(volunteer, shift))

    assert answer.status_code == 409
    assert "confirmée" in answer.content.decode()


PAGES = [
    ("get", "run_presence"),
    ("post", "run_presence"),
    ("get", "run_presence_confirm"),
    ("post", "run_presence_confirm"),
    ("post", "run_presence_reopen"),
    ("get", "run_sheet"),
    ("get", "run_account"),
    ("post", "run_account"),
    ("get", "run_thank"),
    ("post", "run_thank"),
]


@pytest.mark.parametrize(("method", "page"), PAGES)
def test_only_whoever_runs_the_day_reaches_it(shift, method, page):
    work_day, where = shift.work_day, address(shift.work_day, page)
    community = work_day.meeting.communities.get()
    member = in_space(MembershipFactory(community=community).resident)
    other = in_space(MembershipFactory(role=Role.COORDINATOR).resident)

    for client in (member, other, in_space(ResidentFactory())):
        assert getattr(client, method)(where).status_code == 404
    assert getattr(Client(), method)(where).status_code == (302 if method == "get" else 403)


def test_no_address_of_anybody_is_on_any_page(runs, shift):
    ada = ResidentFactory(name="Ada Terril", email="ada@example.org", phone="0321000001", street="1 rue du Coron")
    came(shift.work_day, resident=ada)

    for _method, page in PAGES:
        content = runs.get(address(shift.work_day, page)).content.decode(errors="replace")
        assert not [each for each in ("ada@example.org", "0321000001", "rue du Coron") if each in content]


def test_a_list_of_forty_takes_no_more_queries_than_one_of_two(runs, shift, django_assert_max_num_queries):
    need = NeedFactory(work_day=shift.work_day, quantity=99)
    for _number in range(40):
        VolunteerFactory(work_day=shift.work_day, shifts=[shift], items={need: 1})

    with django_assert_max_num_queries(15):
        runs.get(address(shift.work_day))
