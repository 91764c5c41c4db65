"""What staff see and do about requests, on their first page and in the page of a community."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import Membership, MembershipRequest, Outcome, Resident, Role
from tests.communities.factories import CommunityFactory, MembershipFactory, MembershipRequestFactory
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def page_of(request: MembershipRequest) -> str:
    return reverse("communities_desk:inspect", args=[request.community_id])


def answer(desk: Client, request: MembershipRequest, **said: str) -> str:
    address = reverse("communities_desk:answer_request", args=[request.pk])
    return str(desk.post(address, said, follow=True).content.decode())


def first_page(desk: Client) -> str:
    return str(desk.get("/admin/").content.decode())


def test_what_waits_stands_on_the_first_page_until_it_is_answered(desk: Client) -> None:
    request = MembershipRequestFactory()
    assert f"{page_of(request)}#requests" in first_page(desk)

    answer(desk, request, answer="yes")

    assert "They ask to take part" not in first_page(desk)


def test_the_first_page_says_how_many_more_there_are(desk: Client) -> None:
    MembershipRequestFactory.create_batch(13)

    assert "and 3 more" in first_page(desk)


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_it_waits_for_those_who_answer_and_for_nobody_else(client: Client, group: str) -> None:
    MembershipRequestFactory()
    client.force_login(StaffFactory(**{group: True}))

    assert "They ask to take part" not in first_page(client)


def test_the_page_of_the_community_shows_their_words_and_both_buttons(desk: Client) -> None:
    request = MembershipRequestFactory(words="J’ai une brouette.")

    page = desk.get(page_of(request)).content.decode()

    assert "J’ai une brouette." in page
    assert "Accept" in page
    assert "Decline" in page


def test_an_offer_to_coordinate_is_accepted_with_words(desk: Client) -> None:
    joined = MembershipFactory()
    offer = MembershipRequestFactory(community=joined.community, resident=joined.resident, to_coordinate=True)

    page = answer(desk, offer, answer="yes", reply="Merci !")

    offer.refresh_from_db()
    assert (offer.outcome, offer.reply) == (Outcome.ACCEPTED, "Merci !")
    assert Membership.objects.get().role == Role.COORDINATOR
    assert "was told yes" in page


def test_the_second_answer_is_told_that_there_is_one(desk: Client) -> None:
    request = MembershipRequestFactory()
    answer(desk, request, answer="no")

    page = answer(desk, request, answer="yes")

    request.refresh_from_db()
    assert request.outcome == Outcome.DECLINED
    assert "already answered" in page


@pytest.mark.parametrize(
    "said", [{}, {"answer": "maybe"}, {"answer": "yes", "reply": "\x00"}, {"answer": "yes", "reply": "x" * 10_000}]
)
def test_an_answer_that_is_none_changes_nothing(desk: Client, said: dict[str, str]) -> None:
    request = MembershipRequestFactory()

    answer(desk, request, **said)

    request.refresh_from_db()
    assert request.is_waiting


def test_whoever_was_erased_waits_no_more(desk: Client) -> None:
    request = MembershipRequestFactory()
    Resident.objects.filter(pk=request.resident_id).update(erased_at=request.asked_at)

    assert "They ask to take part" not in first_page(desk)


def test_a_community_is_closed_and_trusted_at_the_desk(desk: Client) -> None:
    community = CommunityFactory()
    facts = {"name": "Les bancs", "slug": "les-bancs", "kind": "theme", "summary": "x", "description": ""}
    address = reverse("communities_desk:edit", args=[community.pk])
    assert community.work_days_need_approval

    answered = desk.post(address, facts | {"neighbourhood": "", "is_closed": "on"})

    assert answered.status_code == 302, answered.context["form"].errors
    community.refresh_from_db()
    assert (community.is_closed, community.work_days_need_approval) == (True, False)
