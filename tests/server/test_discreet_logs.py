"""Is a resident's link safe from whoever reads the log?"""

import logging
import re

import pytest
from django.urls import URLPattern

from communities.urls import urlpatterns as of_communities
from config.discreet_logs import WithoutTokens
from meetings.urls import urlpatterns as of_meetings

TOKEN = "aaaaaafofijgwt2yyjgpntg7"


@pytest.mark.parametrize(
    "path",
    [
        "/r/{}/",
        "/r/{}/merci/",
        "/venir/confirmer/{}/",
        "/confirmer/{}/",
        "/desinscription/{}/",
        "/preferences/{}/",
        "/preferences/{}/pause/",
        "/cal/{}.ics",
        "/mon-calendrier/{}/",
        "/mon-espace/entrer/{}/",
        "/mon-espace/entrer/demande/{}/",
        "/mon-espace/adresse/{}/",
    ],
)
def test_a_link_is_logged_without_its_token(path: str) -> None:
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Conflict", path.format(TOKEN))})

    assert WithoutTokens().filter(record)

    assert TOKEN not in record.getMessage()
    assert record.getMessage().startswith("Conflict: ")


@pytest.mark.parametrize("address", [*of_communities, *of_meetings], ids=lambda address: address.name)
def test_no_address_is_forgotten(address: URLPattern) -> None:
    path = "/" + re.sub(r"<str:(?:token|secret|handle)>", TOKEN, str(address.pattern))
    record = logging.makeLogRecord({"msg": path})

    WithoutTokens().filter(record)

    assert TOKEN not in record.getMessage()


def test_other_words_are_logged_as_they_are() -> None:
    record = logging.makeLogRecord({"msg": "Not found: %s", "args": ("/venir/0b7e/",)})

    WithoutTokens().filter(record)

    assert (record.msg, record.getMessage()) == ("Not found: %s", "Not found: /venir/0b7e/")
