"""Is every page of the desk that shows where somebody lives, or how they are reached, noted when it is opened?"""

import html

import pytest
from django.http import HttpResponse
from django.test import Client

from communities.looks.watched import watched
from communities.models import AccessLog, Resident
from tests.factories import StaffFactory
from tests.server import test_staff_matrix
from tests.server.test_staff_matrix import addresses
from tests.server.who_may import POSTED

__all__ = ["addresses"]

pytestmark = pytest.mark.django_db

# Not about what is held: what a person just typed, or chose from a list of names.
WITHOUT_ADDRESSES: set[str] = set()


def words_of(answer: HttpResponse) -> str:
    written = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return html.unescape(written.decode("utf-8", "replace"))


def test_every_page_that_shows_an_address_of_somebody_writes_a_row(client: Client, addresses: dict[str, str]) -> None:
    client.force_login(StaffFactory(administration=True))
    ways = {way for row in Resident.objects.values_list("email", "phone", "street") for way in row if way}
    shown, silent = set(), set()
    for name, address in addresses.items():
        before = AccessLog.objects.count()
        answer = client.post(address) if name.partition(":")[2] in POSTED else client.get(address)
        if answer.status_code == 200 and any(way in words_of(answer) for way in ways):
            shown.add(name)
            silent |= {name} if AccessLog.objects.count() == before else set()

    assert len(shown) > 10
    assert silent == WITHOUT_ADDRESSES, (
        "These pages show addresses of residents and nobody notes who opens them: add each to the register() of its"
        " room's desk/watched.py."
    )


def test_every_address_that_is_watched_is_there() -> None:
    assert {name for name, _page in watched.items()} <= set(test_staff_matrix.WHO_MAY)
