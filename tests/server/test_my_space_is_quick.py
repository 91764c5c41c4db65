"""The first page of my space, after a whole life in every room: within fifteen queries and sixty kilobytes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests import a_whole_life, mails
from tests.communities.factories import MembershipFactory
from tests.communities.space.coming_in import signed_in
from tests.factories import home_page

pytestmark = pytest.mark.django_db


def test_the_first_page_of_a_whole_life(
    client: Client, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.INBOUND_DOMAIN = mails.DOMAIN
    home_page()
    who = a_whole_life.lived()
    MembershipFactory(resident=who, role="coordinator")
    browser = signed_in(client, who, now=timezone.now())
    browser.get("/")  # what every page of the site asks once

    with django_assert_max_num_queries(15):
        page = browser.get(reverse("communities:space"))

    assert page.status_code == 200
    assert len(page.content) < 60_000
