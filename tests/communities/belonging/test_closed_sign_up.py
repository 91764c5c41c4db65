"""The public page of a closed community asks instead of joining, through the same letter."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import consent, signing_up
from communities.models import Channel, Membership, MembershipRequest, ResidentImport, SignUp
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory, SignUpFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def sign_up(client: Client, **typed: str) -> SignUp:
    """On the page of a closed community, as a person does."""
    community = CommunityFactory(name="Les ruches", is_closed=True)
    with time_machine.travel(NOW, tick=False):
        form = client.get(community.get_absolute_url()).context["form"]
    said = {"name": "Nora", "email": "nora@example.org", "opened": form.initial["opened"], **typed}
    with time_machine.travel(NOW.replace(minute=1), tick=False):
        answer = client.post(community.get_absolute_url(), said)
    assert answer.status_code == 302, answer.context["form"].errors
    found: SignUp = SignUp.objects.get()
    return found


def test_the_page_asks_why_and_says_that_somebody_answers(client: Client) -> None:
    page = client.get(CommunityFactory(is_closed=True).get_absolute_url()).content.decode()

    assert "Demander à entrer" in page
    assert "Pourquoi aimeriez-vous entrer" in page
    assert "Rejoindre cette communauté" not in page


def test_an_open_one_asks_for_no_reason(client: Client) -> None:
    page = client.get(CommunityFactory().get_absolute_url()).content.decode()

    assert "Pourquoi aimeriez-vous" not in page
    assert "Demander à entrer" not in page


def test_the_button_of_the_letter_sends_the_request(client: Client) -> None:
    asked = sign_up(client, words="J’ai une vareuse.")
    page = reverse("communities:confirm_sign_up", args=[signing_up.token_of(asked)])
    with time_machine.travel(NOW, tick=False):
        assert "envoie aussi votre demande" in client.get(page).content.decode()
        assert not MembershipRequest.objects.exists()

        done = client.post(page, follow=True).content.decode()

    request = MembershipRequest.objects.get()
    assert (request.given_name, request.words) == ("Nora", "J’ai une vareuse.")
    assert not Membership.objects.exists()
    assert "Vous recevrez la réponse" in done
    assert consent.scopes_held(resident=asked.resident, channel=Channel.EMAIL)


def test_pressing_twice_asks_once(client: Client) -> None:
    asked = sign_up(client)

    for _time in range(2):
        signing_up.confirm(sign_up=asked, now=NOW)

    assert MembershipRequest.objects.count() == 1


@pytest.mark.parametrize("words", ["\x00", "x" * 10_000])
def test_words_that_are_none_are_refused(client: Client, words: str) -> None:
    with pytest.raises(AssertionError):
        sign_up(client, words=words)

    assert not SignUp.objects.exists()


def test_from_the_page_of_every_box_a_closed_one_is_asked_too() -> None:
    closed, open_one = CommunityFactory(is_closed=True), CommunityFactory()
    asked = SignUpFactory()
    asked.communities.set([closed, open_one])

    signing_up.confirm(sign_up=asked, now=NOW)

    assert MembershipRequest.objects.get().community == closed
    assert Membership.objects.get().community == open_one


def test_whom_the_town_hall_brought_by_a_file_is_asked_nothing() -> None:
    file = ResidentImport.objects.create(file_name="x", report={}, uploaded_at=timezone.now())
    asked = SignUpFactory(resident_import=file)
    asked.communities.set([CommunityFactory(is_closed=True)])

    signing_up.confirm(sign_up=asked, now=NOW)

    assert Membership.objects.exists()
    assert not MembershipRequest.objects.exists()


def test_a_member_who_signs_up_again_asks_nothing() -> None:
    joined = MembershipFactory(community__is_closed=True, resident=ResidentFactory())
    asked = SignUpFactory(resident=joined.resident)
    asked.communities.set([joined.community])

    assert signing_up.to_ask(asked) == []
    signing_up.confirm(sign_up=asked, now=NOW)

    assert not MembershipRequest.objects.exists()
