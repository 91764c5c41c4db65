"""What staff of a new town are told to do first, and when they are left alone."""

import pytest
import wagtail_factories
from django.test import Client
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Mailing, Town
from pages import dashboard
from tests.communities.factories import CommunityFactory, ResidentFactory
from tests.factories import StaffFactory, home_page
from tests.meetings.factories import MeetingPageFactory, VenueFactory

pytestmark = pytest.mark.django_db


def fill_in_the_town() -> None:
    town = Town.load()
    town.name, town.email, town.phone = "Fosse-les-Briques", "mairie@example.org", "0353010000"
    town.logo = wagtail_factories.ImageFactory()
    town.save()


def send_a_test_letter() -> None:
    mailing = Mailing.objects.create(kind="invitation", title="Essai", is_test=True, created_at=timezone.now())
    Delivery.objects.create(
        mailing=mailing,
        test_address="ada@example.org",
        state=DeliveryState.SENT,
        next_attempt_at=timezone.now(),
        ended_at=timezone.now(),
    )


def done_for(client: Client) -> list[bool]:
    panels = {panel.name: panel for panel in client.get("/admin/").context["panels"]}
    return [step.is_done for step in panels["first_steps"].steps] if "first_steps" in panels else []


def test_a_new_town_has_everything_to_do(client: Client) -> None:
    client.force_login(StaffFactory(administration=True))

    assert done_for(client) == [False] * len(dashboard.STEPS)


def test_whoever_may_do_none_of_it_is_not_told(client: Client) -> None:
    client.force_login(StaffFactory(elected=True))

    assert done_for(client) == []


def test_each_thing_done_is_ticked_and_the_list_goes_with_the_last(client: Client) -> None:
    client.force_login(StaffFactory(administration=True))
    fill_in_the_town()
    VenueFactory()
    CommunityFactory()
    ResidentFactory()
    MeetingPageFactory()
    assert done_for(client) == [True] * 7 + [False]

    send_a_test_letter()

    assert done_for(client) == []


def test_a_missing_mailbox_is_the_first_thing_to_do_whatever_else_is_done(client: Client) -> None:
    client.force_login(StaffFactory(administration=True))
    fill_in_the_town()
    Town.objects.update(email="")

    assert done_for(client)[:3] == [False, True, True]


def test_a_draft_is_not_a_published_meeting(client: Client) -> None:
    client.force_login(StaffFactory(administration=True))
    MeetingPageFactory(draft=True)

    assert done_for(client)[6] is False


@pytest.mark.parametrize(
    ("trait", "own"),
    [
        ("communication", [False, False, False, True, False, False, True, True]),
        ("participation", [False, False, False, True, True, True, True, True]),
        ("administration", [True] * 8),
    ],
)
def test_only_what_is_theirs_to_do_is_a_link(trait: str, own: list[bool]) -> None:
    someone = StaffFactory(**{trait: True})

    assert [bool(step.address) for step in dashboard.steps_for(someone)] == own


def test_every_link_opens(client: Client) -> None:
    someone = StaffFactory(administration=True)
    client.force_login(someone)
    home_page()

    for step in dashboard.steps_for(someone):
        assert client.get(step.address, follow=True).status_code == 200
