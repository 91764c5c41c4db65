"""The town hall puts a wrong address right: whoever holds what was sent there opens nothing of the right person's."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import own_links, preferences, unsubscribing
from communities.models import Resident
from communities.post.preparing import Workshop
from meetings import rsvp
from meetings.calendars import own_calendar
from meetings.models import Invitation
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import DeliveryFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import words
from tests.meetings.factories import AnswerFactory, InvitationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Resident:
    """Written down with somebody else's address, and told there."""
    return ResidentFactory(name="Ada Terril", email="ada.t@example.org", allows=["town"])


def correct(client: Client, resident: Resident, email: str) -> Resident:
    """At the desk."""
    client.force_login(StaffFactory(participation=True))
    page = reverse("residents:edit", args=[resident.pk])
    kept = {name: getattr(resident, name) for name in ("name", "phone", "street", "language", "preferred_channel")}
    assert client.post(page, kept | {"email": email, "told_of": ["town"]}).status_code == 302
    client.logout()
    return Resident.objects.get(pk=resident.pk)


def own_pages(resident: Resident) -> list[str]:
    return [
        reverse("communities:preferences", args=[preferences.token_of(resident)]),
        reverse("meetings:my_calendar", args=[own_calendar.token_of(resident)]),
        reverse("meetings:own_ics", args=[own_calendar.open_(resident=resident, now=timezone.now()).secret]),
    ]


def statuses(client: Client, pages: list[str]) -> set[int]:
    return {client.get(page).status_code for page in pages}


def test_what_was_sent_to_the_old_address_opens_nothing_and_the_new_opens_all(client: Client, ada: Resident) -> None:
    sent = own_pages(ada)
    assert statuses(client, sent) == {200}

    ada = correct(client, ada, "ada@example.org")

    assert statuses(client, sent) == {404}
    assert "/cal/" not in words(client.get(reverse("meetings:my_calendar", args=[own_calendar.token_of(ada)])))
    assert statuses(client, own_pages(ada)) == {200}


@pytest.mark.parametrize("email", ["ada.t@example.org", "ADA.T@example.org"])
def test_an_address_that_stays_keeps_its_links(client: Client, ada: Resident, email: str) -> None:
    sent = own_pages(ada)

    correct(client, ada, email)

    assert statuses(client, sent) == {200}


def test_a_first_address_keeps_what_was_given_by_hand(client: Client) -> None:
    known_by_phone = ResidentFactory(without_email=True, phone="0199000101", preferred_channel="phone", allows=["town"])
    given = own_pages(known_by_phone)

    correct(client, known_by_phone, "ada@example.org")

    assert statuses(client, given) == {200}


def test_an_old_letter_still_stops_letters_and_leads_no_further(client: Client, ada: Resident) -> None:
    old = reverse("communities:unsubscribe", args=[unsubscribing.token_of(ada)])
    assert preferences.token_of(ada) in words(client.get(old))

    ada = correct(client, ada, "ada@example.org")
    shown = client.get(old)
    new = reverse("communities:unsubscribe", args=[unsubscribing.token_of(ada)])

    assert shown.status_code == 200
    assert "/preferences/" not in words(shown)
    assert preferences.token_of(ada) in words(client.get(new))
    client.post(old, {"List-Unsubscribe": "One-Click"})
    assert not unsubscribing.is_told(resident=ada)


def test_an_old_invitation_still_answers_and_leads_no_further(client: Client, ada: Resident) -> None:
    invitation: Invitation = AnswerFactory(invitation=InvitationFactory(resident=ada)).invitation
    done = reverse("meetings:answer_recorded", args=[rsvp.token_of(invitation)])
    assert own_calendar.token_of(ada) in words(client.get(done))

    correct(client, ada, "ada@example.org")

    assert client.get(done).status_code == 200
    assert "/mon-calendrier/" not in words(client.get(done))


def test_letters_carry_the_links_of_the_address_they_go_to(ada: Resident) -> None:
    own_links.let_go_of("old@example.org", resident=ada)
    ada.save()
    delivery = DeliveryFactory(resident=ada, mailing__kind="invitation")

    values = Workshop()._values(delivery.mailing, delivery, "")

    assert preferences.token_of(ada) in values["preferences_url"]


def test_a_key_too_large_for_its_place_is_refused() -> None:
    with pytest.raises(OverflowError):
        own_links.sign("preferences", Resident(pk=1 << own_links.PK_BITS))
