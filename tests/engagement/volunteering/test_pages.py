"""The pages of a work day that need no account: what they show, what they take, what they refuse kindly."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from engagement.models import Volunteer
from engagement.volunteering import forms
from meetings import rsvp
from meetings.models import Answer, Choice
from tests import town_of_work_days
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory, WorkDayFactory
from tests.factories import home_page
from tests.meetings.factories import InvitationFactory

pytestmark = pytest.mark.django_db


def choosing(work_day, **facts):
    invitation = InvitationFactory(meeting=work_day.meeting, **facts)
    return reverse("engagement:work_day_choose", args=[rsvp.token_of(invitation)])


def typed(work_day, **more):
    """What a person sends from the public page, some seconds after it opened."""
    from communities.robots import signer

    opened = signer.sign(str(int(timezone.now().timestamp()) - 60))
    return {"name": "Nora Chevalet", "email": "nora@example.org", "opened": opened, **more}


def test_the_answer_link_of_a_letter_leads_to_the_shifts(client: Client):
    shift = ShiftFactory()
    token = rsvp.token_of(InvitationFactory(meeting=shift.work_day.meeting))

    response = client.get(reverse("meetings:answer", args=[token]), {"a": "yes", "s": shift.pk})

    assert response["Location"] == reverse("engagement:work_day_choose", args=[token]) + f"?a=yes&s={shift.pk}"


@pytest.mark.parametrize("answer", [Choice.NO, Choice.MAYBE])
def test_a_no_and_a_maybe_are_answered_where_they_always_are(client: Client, answer):
    shift = ShiftFactory()
    token = rsvp.token_of(InvitationFactory(meeting=shift.work_day.meeting))

    assert client.get(reverse("meetings:answer", args=[token]), {"a": answer}).status_code == 200


def test_opening_the_link_takes_nothing(client: Client):
    shift = ShiftFactory()

    for method in (client.get, client.head):
        method(choosing(shift.work_day), {"s": shift.pk})

    assert not Volunteer.objects.exists()
    assert not Answer.objects.exists()


def test_a_shift_that_filled_meanwhile_is_offered_as_a_line(client: Client):
    shift = ShiftFactory(places=1)
    address = choosing(shift.work_day)
    VolunteerFactory(work_day=shift.work_day, shifts=[shift])

    refused = client.post(address, {"shift": shift.pk, "remark": "Avec mes gants"})

    assert refused.status_code == 409
    body = refused.content.decode()
    assert f'name="wait" value="{shift.pk}"' in body
    assert "Avec mes gants" in body
    assert client.post(address, {"wait": shift.pk}).status_code == 302
    assert Volunteer.objects.last().signups.get().is_waiting


def test_whoever_changes_their_mind_finds_what_they_said(client: Client):
    work_day = town_of_work_days.a_work_day()
    _volunteer, token = town_of_work_days.a_volunteer(work_day)

    body = client.get(reverse("engagement:work_day_choose", args=[token])).content.decode()

    assert f'name="shift" value="{work_day.shifts.all()[0].pk}" checked' in body
    assert 'value="la place"' in body


def test_the_public_page_says_the_same_to_the_known_and_the_unknown(client: Client):
    shift = ShiftFactory(places=10)
    address = reverse("engagement:work_day_sign_up", args=[shift.work_day.meeting.uid])
    ResidentFactory(email="ada@example.org")

    known = client.post(address, typed(shift.work_day, shift=shift.pk, email="ada@example.org"))
    unknown = client.post(address, typed(shift.work_day, shift=shift.pk, email="eda@example.org"))

    assert known.status_code == unknown.status_code == 200
    assert known.content.replace(b"ada@", b"") == unknown.content.replace(b"eda@", b"")


def test_a_robot_is_answered_as_usual_and_holds_nothing(client: Client):
    shift = ShiftFactory()
    address = reverse("engagement:work_day_sign_up", args=[shift.work_day.meeting.uid])

    response = client.post(address, typed(shift.work_day, shift=shift.pk, website="spam"))

    assert response.status_code == 200
    assert not Volunteer.objects.exists()


def test_one_connection_does_not_hold_a_whole_site(client: Client):
    shift = ShiftFactory(places=200)
    address = reverse("engagement:work_day_sign_up", args=[shift.work_day.meeting.uid])

    statuses = [
        client.post(
            address, typed(shift.work_day, shift=shift.pk, guests=9, email=f"n{number}@example.org")
        ).status_code
        for number in range(4)
    ]

    assert statuses == [200, 200, 429, 429]


@pytest.mark.parametrize("broken", ["abc", "a" * 24, "é", "\x00"])
def test_a_broken_link_is_said_kindly(client: Client, broken):
    for name in ("work_day_choose", "work_day_done", "work_day_withdraw", "work_day_ics", "work_day_car"):
        assert client.get(reverse(f"engagement:{name}", args=[broken])).status_code == 404
    assert client.get(reverse("engagement:work_day_confirm", args=[broken])).status_code == 404


@pytest.mark.parametrize(
    "nonsense",
    [
        {"shift": "x"},
        {"shift": "9" * 30},
        {"item": "\x00"},
        {"guests": "-1", "shift": ""},
        {"minors": "3"},
        {"lift": "bike"},
        {"remark": "x" * 501},
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_takes_nothing(client: Client, nonsense):
    shift = ShiftFactory()
    NeedFactory(work_day=shift.work_day)

    response = client.post(choosing(shift.work_day), {"shift": shift.pk} | nonsense)

    assert response.status_code in (409, 422)
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "x"])
def test_what_only_looks_like_a_number_breaks_no_page(client: Client, number):
    shift = ShiftFactory()
    public = reverse("engagement:work_day_sign_up", args=[shift.work_day.meeting.uid])
    sent = {"shift": number, "wait": number, "item": number}

    for address in (public, choosing(shift.work_day)):
        assert client.get(address, {"s": number}).status_code == 200
        assert client.post(address, typed(shift.work_day, **sent)).status_code == 422


def test_the_calendar_file_holds_the_shift_and_takes_out_the_one_given_up(client: Client):
    work_day = WorkDayFactory()
    first, second = ShiftFactory(work_day=work_day), ShiftFactory(work_day=work_day, afternoon=True)
    address = choosing(work_day)
    client.post(address, {"shift": first.pk})
    client.post(address, {"shift": second.pk})

    entry = client.get(address + "creneaux.ics").content.decode()

    assert "STATUS:CANCELLED" in entry.split("Désherber")[0].rsplit("BEGIN:VEVENT", 1)[1] + entry.split("Désherber")[1]
    assert entry.count("BEGIN:VEVENT") == 2
    assert "SEQUENCE:2" in entry


def test_the_work_day_page_stays_within_fifteen_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    home_page()
    work_day = town_of_work_days.a_work_day()
    for _each in range(10):
        ShiftFactory(work_day=work_day)
        NeedFactory(work_day=work_day)
        town_of_work_days.a_volunteer(work_day)
    client.get("/")  # what every page asks once

    for address in (work_day.meeting.url, reverse("engagement:work_day_sign_up", args=[work_day.meeting.uid])):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_the_page_behind_a_letter_stays_within_fifteen_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    work_day = town_of_work_days.a_work_day()
    for _each in range(10):
        ShiftFactory(work_day=work_day)
    _volunteer, token = town_of_work_days.a_volunteer(work_day)
    client.get("/")

    for name in ("work_day_choose", "work_day_done", "work_day_withdraw", "work_day_car"):
        with django_assert_max_num_queries(15):
            assert client.get(reverse(f"engagement:{name}", args=[token])).status_code == 200


def test_a_single_shift_is_ticked_already(client: Client):
    shift = ShiftFactory()

    assert f'value="{shift.pk}" checked' in client.get(choosing(shift.work_day)).content.decode()


def test_what_is_folded_away_opens_when_it_says_something():
    assert "remark" in forms.REST
