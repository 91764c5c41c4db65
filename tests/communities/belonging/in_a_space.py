"""The page of one community in a space, and its buttons."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Community, Resident
from tests.communities.space.coming_in import signed_in


def page_of(community: Community) -> str:
    return reverse("communities:space_community", args=[community.slug])


def enter(client: Client, resident: Resident) -> Client:
    return signed_in(client, resident, now=timezone.now())


def press(client: Client, community: Community, what: str, **said: Any) -> str:
    """The words of the page that follows."""
    answer = client.post(page_of(community), {"what": what, **said}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())
