"""Who opens the pages of calls, letters and rain? Those who run the day, and they read nobody's address."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Membership, Role
from engagement.models import CoordinatorLetter
from meetings.models import MeetingPage, MeetingStatus
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.factories_of_work_days import ShiftFactory, VolunteerFactory, morning
from tests.engagement.volunteering.calling import a_work_day

pytestmark = pytest.mark.django_db

PAGES = ["run_call", "run_write", "run_letter", "run_rain", "run_rain_done"]
SECRET = {"email": "secret@example.net", "phone": "06 39 98 77 66", "street": "9 rue des Secrets"}


@pytest.fixture
def work_day():
    day = a_work_day.of(fallback_on=morning(in_days=17).date())
    return ShiftFactory(work_day=day, minimum=3).work_day


@pytest.fixture
def coordinator(work_day):
    return a_work_day.coordinator(work_day, name="Nora Chevalet")


@pytest.fixture
def inside(client, coordinator):
    return signed_in(client, coordinator, now=timezone.now())


def address(name, work_day, letter=None):
    more = [letter.pk if letter else 1] if name == "run_letter" else []
    return reverse(f"engagement:{name}", args=[work_day.pk, *more])


def typed(**more):
    return {"subject": "Il manque du monde", "words": "Venez.", "how_many": 5, "key": str(uuid.uuid4()), **more}


def somebody_else():
    return ResidentFactory()


def a_member(work_day):
    return a_work_day.member(work_day)


def coordinator_elsewhere():
    return MembershipFactory(role=Role.COORDINATOR).resident


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_reaches_a_work_day_they_do_not_run(client, work_day, coordinator, name, method):
    VolunteerFactory(work_day=work_day)
    letter = a_work_day.write(work_day, coordinator, now=timezone.now())
    liaison = MembershipFactory(community=a_work_day.community_of(work_day), role=Role.LIAISON).resident

    for resident in (somebody_else(), a_member(work_day), coordinator_elsewhere(), liaison):
        signed_in(client, resident, now=timezone.now())
        response = getattr(client, method)(address(name, work_day, letter), typed(send="", do="cancel", reason="-"))
        assert response.status_code in {404, 405}

    assert CoordinatorLetter.objects.get() == letter
    assert MeetingPage.objects.get(pk=work_day.meeting.pk).status == MeetingStatus.CONFIRMED


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_in_their_space_is_asked_to_come_in(client, work_day, coordinator, name):
    assert client.get(address(name, work_day)).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_who_leads_opens_them_as_a_coordinator_does(client, work_day, coordinator, name):
    VolunteerFactory(work_day=work_day)
    letter = a_work_day.write(work_day, coordinator, now=timezone.now())
    leader = ResidentFactory()
    type(work_day).objects.filter(pk=work_day.pk).update(leader=leader)

    for resident in (leader, coordinator):
        signed_in(client, resident, now=timezone.now())
        assert client.get(address(name, work_day, letter)).status_code == 200


def test_a_letter_of_another_day_is_not_found_through_this_one(inside, work_day, coordinator):
    other = a_work_day.of()
    VolunteerFactory(work_day=other)
    theirs = a_work_day.write(other, a_work_day.coordinator(other), now=timezone.now())

    assert inside.get(address("run_letter", work_day, theirs)).status_code == 404


def test_who_lost_the_role_is_out_at_the_next_click(inside, work_day, coordinator):
    assert inside.get(address("run_call", work_day)).status_code == 200

    Membership.objects.filter(resident=coordinator).update(role=Role.MEMBER)

    assert inside.get(address("run_call", work_day)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_no_page_holds_an_address_that_was_not_offered(inside, work_day, coordinator, name):
    resident = a_work_day.member(work_day, **SECRET)
    VolunteerFactory(work_day=work_day, resident=resident, shifts=[work_day.shifts.get()])
    a_work_day.member(work_day, without_email=True, phone="06 39 98 55 44")
    letter = a_work_day.write(work_day, coordinator, now=timezone.now())

    responses = [inside.get(address(name, work_day, letter))]
    if name in {"run_call", "run_write"}:
        responses += [inside.post(address(name, work_day), typed(to="members", preview=""))]

    for response in responses:
        for secret in [*SECRET.values(), "06 39 98 55 44", "0639987766", "06\u00a039\u00a098\u00a077\u00a066"]:
            assert secret not in response.content.decode()
