"""The first page of a full space stays quick and light."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.communities.factories import CommunityFactory, MembershipFactory, MembershipRequestFactory, ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.conventions.conventions import signed, supported
from tests.engagement.factories import IdeaFactory, ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import AnswerFactory

pytestmark = pytest.mark.django_db

MOST_BYTES = 60_000


@pytest.fixture
def full(client: Client) -> Client:
    """Three communities, one coordinated; five meetings, two ideas, a convention, a project one took part in."""
    home_page()
    resident = ResidentFactory(name="Ada Terril")
    coordinated = MembershipFactory(resident=resident, coordinator=True, community=CommunityFactory(is_closed=True))
    MembershipRequestFactory.create_batch(3, community=coordinated.community)
    ProjectPageFactory(community=coordinated.community)
    for _each in range(2):
        MembershipFactory(resident=resident)
        IdeaFactory(resident=resident, stage="received")
    for guests in range(5):
        AnswerFactory(invitation__resident=resident, guests=guests)
    signed(project=supported(holder=resident))
    return signed_in(client, resident, now=timezone.now())


def test_it_takes_few_queries_and_little_to_carry(full: Client, django_assert_max_num_queries: Any) -> None:
    full.get("/")  # what every page of the site asks once
    with django_assert_max_num_queries(15):
        page = full.get(reverse("communities:space"))

    assert page.status_code == 200
    assert len(page.content) < MOST_BYTES


def test_every_room_has_its_heading_once(full: Client) -> None:
    page = full.get(reverse("communities:space")).content.decode()

    for heading in ("Mes réunions", "Mes communautés", "Mes idées", "Mes conventions", "Mes certificats"):
        assert page.count(f">{heading}</h2>") == 1
    assert "3 personnes demandent à entrer" in page
