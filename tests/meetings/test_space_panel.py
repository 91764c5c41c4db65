"""A resident's meetings on the first page of their space."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Resident
from meetings import rsvp, space_panel
from meetings.models import Choice
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, WaitingPlaceFactory

pytestmark = pytest.mark.django_db


def home(client: Client, resident: Resident) -> str:
    signed_in(client, resident, now=timezone.now())
    return str(client.get(reverse("communities:space")).content.decode())


def test_an_answer_is_said_with_the_way_to_change_it(client: Client) -> None:
    resident = ResidentFactory()
    answer = AnswerFactory(invitation__resident=resident, choice=Choice.YES, guests=2)

    page = home(client, resident)

    assert answer.invitation.meeting.title in page
    assert "Vous avez répondu : oui" in page.replace("\xa0", " ").replace("\u202f", " ")
    assert "2 personnes" in page
    assert reverse("meetings:answer", args=[rsvp.token_of(answer.invitation)]) in page


def test_the_last_word_is_said(client: Client) -> None:
    resident = ResidentFactory()
    invitation = InvitationFactory(resident=resident)
    rsvp.answer(invitation=invitation, choice=Choice.YES, channel="web", now=timezone.now())
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel="web", now=timezone.now())

    page = home(client, resident)

    assert "non" in page
    assert "Vous avez répondu : oui" not in page.replace("\xa0", " ")


def test_who_has_not_answered_is_asked(client: Client) -> None:
    resident = ResidentFactory()
    InvitationFactory(resident=resident)

    assert "pas encore répondu" in home(client, resident)


def test_a_place_in_line_leads_to_its_page(client: Client) -> None:
    resident = ResidentFactory()
    place = WaitingPlaceFactory(invitation__meeting=MeetingPageFactory(capacity=1), invitation__resident=resident)

    page = home(client, resident)

    assert "liste d’attente" in page
    assert reverse("meetings:waiting", args=[rsvp.token_of(place.invitation)]) in page


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [({"meeting__past": True}, False), ({"meeting__cancelled": True}, True), ({"meeting__live": False}, False)],
)
def test_what_is_over_is_not_shown_and_what_is_cancelled_says_so(
    client: Client, facts: dict[str, Any], is_shown: bool
) -> None:
    resident = ResidentFactory()
    invitation = InvitationFactory(resident=resident, **facts)

    page = home(client, resident)

    assert (invitation.meeting.title in page) is is_shown
    assert ("est annulée" in page) is is_shown


def test_nobody_reads_the_meetings_of_another(client: Client) -> None:
    invitation = InvitationFactory()

    page = home(client, ResidentFactory())

    assert invitation.meeting.title not in page
    assert "Mes réunions" in page


def test_a_meeting_that_is_no_longer_for_them_is_gone(client: Client) -> None:
    resident = ResidentFactory()
    invitation = InvitationFactory(resident=resident, withdrawn_at=timezone.now())

    assert invitation.meeting.title not in home(client, resident)


@pytest.mark.parametrize("size", [1, 8])
def test_it_takes_one_query_however_many(rf: Any, size: int, django_assert_num_queries: Any) -> None:
    resident = ResidentFactory()
    for _each in range(size):
        AnswerFactory(invitation__resident=resident)

    with django_assert_num_queries(1):
        space_panel.meetings_of_resident(rf.get("/"), resident, timezone.now())
