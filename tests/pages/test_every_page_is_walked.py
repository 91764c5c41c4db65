"""The walks over every public page (axe, cookies, robots) go where a visitor can go."""

import pytest
from django.urls import resolve

from communities import urls as communities_urls
from engagement.ideas import urls as ideas_urls
from meetings import urls as meetings_urls
from tests import town

pytestmark = pytest.mark.django_db

SHOW_NOTHING = {"agenda_ics", "community_ics", "meeting_ics", "own_ics", "preferences_pause"}
PICTURES = {"idea_picture", "draft_picture", "my_picture"}
"""Files for calendar programs, a button without a page, and photographs."""


def test_every_page_of_meetings_communities_and_ideas_is_among_the_addresses_walked() -> None:
    patterns = [*meetings_urls.urlpatterns, *communities_urls.urlpatterns, *ideas_urls.urlpatterns]
    there_are = {pattern.name for pattern in patterns}

    walked = {resolve(address.partition("?")[0]).url_name for address in town.addresses().values()}

    in_a_space = {name for name in there_are if name and name.startswith("space")}
    """Walked by whoever is in one: see tests/server/test_no_one_sees_addresses.py."""
    assert there_are - in_a_space - SHOW_NOTHING - PICTURES - walked == set()
