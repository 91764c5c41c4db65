"""Before the invitations leave, and the gesture that sends them: who gets one, why, and what stands in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import Community, Delivery, Mailing
from meetings import announcing
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import Carry, at, words
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db


def test_before_sending_the_page_says_how_many_people_by_which_channel_and_why(desk: Client, meeting: MeetingPage):
    shown = words(desk.get(at("invitations", meeting)))

    assert "This goes to 4 people: 2 by e-mail, 1 by post, 1 by telephone." in shown
    assert "<strong>4</strong> Le jardin du coron" in shown
    assert "<strong>3</strong> French" in shown
    assert "<strong>1</strong> English" in shown
    assert "<strong>1</strong> have not agreed to receive e-mail" in shown
    assert "Send to 4 people" in shown


def test_someone_concerned_twice_is_on_the_list_once_with_both_reasons(desk: Client, garden: Community):
    place = NeighbourhoodFactory(name="Cité 5")
    twice = ResidentFactory(name="Félix Gaillette", neighbourhood=place, without_email=True)
    MembershipFactory(community=garden, resident=twice)
    meeting = MeetingPageFactory(communities=[garden], neighbourhoods=[place])

    shown = words(desk.get(at("to_invite", meeting), {"q": "gaillette"}))

    assert shown.count("Félix Gaillette") == 1
    assert "Le jardin du coron, Cité 5" in shown


@pytest.mark.parametrize("asked", ["ines", "INÈS", "briq"])
def test_the_list_is_searched_by_name_accents_or_not(desk: Client, meeting: MeetingPage, asked: str):
    rows = desk.get(at("to_invite_results", meeting), {"q": asked}).context["object_list"]

    assert [str(row.resident) for row in rows] == ["Inès Briquette"]


def test_a_test_goes_to_whoever_asks_for_it(desk: Client, meeting: MeetingPage, staff: Any):
    shown = desk.post(at("send_test", meeting), follow=True)

    assert Delivery.objects.get().test_address == staff.email
    assert staff.email in words(shown)
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_greets_nobody_by_name_and_leaves_no_hole(desk: Client, meeting: MeetingPage, carry: Carry, staff: Any):
    desk.post(at("send_test", meeting))

    (letter,) = carry()[staff.email]

    for kind in ("plain", "html"):
        assert "Bonjour," in letter.get_body((kind,)).get_content()


def test_someone_without_an_address_is_told_where_to_add_one(client: Client, meeting: MeetingPage):
    client.force_login(StaffFactory(communication=True, email=""))

    shown = words(client.post(at("send_test", meeting), follow=True))

    assert "Your account has no e-mail address" in shown
    assert reverse("wagtailadmin_account") in shown
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"draft": True}, "Publish the meeting first"),
        ({"past": True}, "over, postponed or cancelled"),
        ({"postponed": True}, "over, postponed or cancelled"),
        ({"cancelled": True}, "over, postponed or cancelled"),
        ({"communities": []}, "There is nobody left to invite"),
    ],
)
def test_what_cannot_be_sent_says_why_and_leads_to_the_meeting(
    desk: Client, garden: Community, facts: dict[str, Any], sentence: str
):
    meeting = MeetingPageFactory(**{"communities": [garden]} | facts)

    shown = words(desk.get(at("invitations", meeting)))

    assert sentence in shown
    assert reverse("wagtailadmin_pages:edit", args=[meeting.pk]) in shown
    assert at("send", meeting) not in shown


@pytest.mark.parametrize("facts", [{"draft": True}, {"past": True}, {"cancelled": True}])
def test_what_cannot_be_sent_is_not_sent_even_to_oneself(desk: Client, garden: Community, facts: dict[str, Any]):
    meeting = MeetingPageFactory(communities=[garden], **facts)

    desk.post(at("send", meeting), {"expecting": 4})
    desk.post(at("send_test", meeting))

    assert not Mailing.objects.exists()


def test_changes_that_are_not_published_are_said_to_stay_out_of_the_letters(desk: Client, garden: Community):
    meeting = MeetingPageFactory(communities=[garden], has_unpublished_changes=True)

    assert "The letters tell what is published" in words(desk.get(at("invitations", meeting)))


def test_the_figures_are_shown_again_before_the_last_button_and_looking_sends_nothing(
    desk: Client, meeting: MeetingPage
):
    shown = words(desk.get(at("send", meeting)))

    assert "This goes to 4 people: 2 by e-mail, 1 by post, 1 by telephone." in shown
    assert "2 letters leave at once" in shown
    assert "2 people are for you to write to or call" in shown
    assert not Mailing.objects.exists()


def test_pressing_send_invites_everyone_once(desk: Client, meeting: MeetingPage, staff: Any):
    response = desk.post(at("send", meeting), {"expecting": 4}, follow=True)

    assert Invitation.objects.filter(meeting=meeting).count() == 4
    assert Delivery.objects.count() == 4
    assert announcing.latest(meeting=meeting).announced_by == staff
    assert "4 people are invited." in words(response)


def test_pressing_send_twice_sends_once_and_says_so(desk: Client, invited: MeetingPage):
    response = desk.post(at("send", invited), {"expecting": 4}, follow=True)

    assert Delivery.objects.count() == 4
    assert "They have already been invited." in words(response)


def test_an_audience_that_changed_meanwhile_is_shown_again_instead_of_being_told(desk: Client, meeting: MeetingPage):
    desk.get(at("send", meeting))
    MembershipFactory(community=meeting.communities.get())

    response = desk.post(at("send", meeting), {"expecting": 4}, follow=True)

    assert not Mailing.objects.exists()
    assert "has changed since you looked" in words(response)
    assert "This goes to 5 people" in words(response)


@pytest.mark.parametrize("nonsense", [{}, {"expecting": ""}, {"expecting": "-1"}, {"expecting": "four"}])
def test_a_button_that_does_not_say_for_how_many_asks_again(
    desk: Client, meeting: MeetingPage, nonsense: dict[str, str]
):
    response = desk.post(at("send", meeting), nonsense)

    assert response.url == at("send", meeting)
    assert not Mailing.objects.exists()


def test_looking_at_the_audience_asks_as_many_questions_for_many_as_for_few(
    desk: Client, meeting: MeetingPage, queries_of: Callable[[str], int]
):
    for_few = queries_of(at("invitations", meeting))
    MembershipFactory.create_batch(20, community=meeting.communities.get())

    assert queries_of(at("invitations", meeting)) == for_few
