"""The page where a resident gets a calendar of their own, another address for it, or none."""

import pytest
from django.test import Client
from django.urls import reverse

from communities import preferences
from meetings import rsvp
from meetings.calendars import own_calendar
from meetings.models import CalendarKey
from tests.communities.factories import ResidentFactory
from tests.meetings.conftest import words
from tests.meetings.factories import AnswerFactory, CalendarKeyFactory

pytestmark = pytest.mark.django_db


def page_of(resident) -> str:
    return reverse("meetings:my_calendar", args=[own_calendar.token_of(resident)])


def test_looking_makes_nothing_and_the_button_makes_an_address(client: Client) -> None:
    page = page_of(ResidentFactory(name="Ada Terril"))

    looked = client.get(page)
    assert "Ada Terril" in words(looked)
    assert not CalendarKey.objects.exists()
    pressed = client.post(page, {"do": "open"}, follow=True)

    key = CalendarKey.objects.get()
    assert f'value="https://commune.example/cal/{key.secret}.ics"' in words(pressed)
    assert f'href="webcal://commune.example/cal/{key.secret}.ics"' in words(pressed)


def test_another_address_replaces_the_one_shown(client: Client) -> None:
    before = CalendarKeyFactory()

    shown = words(client.post(page_of(before.resident), {"do": "renew"}, follow=True))

    assert before.secret not in shown
    assert CalendarKey.objects.get().secret in shown


def test_stopped_it_can_be_had_again(client: Client) -> None:
    key = CalendarKeyFactory()

    shown = client.post(page_of(key.resident), {"do": "stop"}, follow=True)

    assert not CalendarKey.objects.exists()
    assert 'value="open"' in words(shown)


def test_cancelled_meetings_are_hidden_and_shown_again(client: Client) -> None:
    key = CalendarKeyFactory()

    for deed, hides in (("hide", True), ("show", False)):
        client.post(page_of(key.resident), {"do": deed})
        key.refresh_from_db()
        assert key.hides_cancelled is hides


def test_a_button_that_is_not_ours_does_nothing(client: Client) -> None:
    key = CalendarKeyFactory()

    answer = client.post(page_of(key.resident), {"do": "everything"})

    assert answer.status_code == 302
    assert CalendarKey.objects.get().secret == key.secret


@pytest.mark.parametrize("token", ["abc", "a" * 24])
def test_a_broken_link_shows_the_way_on(token: str, client: Client) -> None:
    assert client.get(reverse("meetings:my_calendar", args=[token])).status_code == 404


def test_a_link_to_answer_opens_no_calendar(client: Client) -> None:
    invitation = AnswerFactory().invitation

    answer = client.get(reverse("meetings:my_calendar", args=[rsvp.token_of(invitation)]))

    assert answer.status_code == 404


def test_who_has_answered_is_shown_the_way(client: Client) -> None:
    invitation = AnswerFactory().invitation

    shown = client.get(reverse("meetings:answer_recorded", args=[rsvp.token_of(invitation)]))

    assert page_of(invitation.resident) in words(shown)


def test_nothing_about_it_is_kept_or_told_to_where_its_links_lead(client: Client) -> None:
    shown = client.get(page_of(ResidentFactory()))

    assert "no-store" in shown["Cache-Control"]
    assert '<meta name="referrer" content="no-referrer">' in words(shown)
    assert '<meta name="robots" content="noindex">' in words(shown)


def test_the_page_of_ones_choices_shows_the_way_too(client: Client) -> None:
    resident = ResidentFactory()

    shown = client.get(reverse("communities:preferences", args=[preferences.token_of(resident)]))

    assert page_of(resident) in words(shown)
