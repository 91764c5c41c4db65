"""Is a resident's link safe from whoever reads the log?"""

import logging
import re
from collections.abc import Iterable, Iterator

import pytest
from django.urls import URLPattern, URLResolver

from communities.urls import urlpatterns as of_communities
from config.discreet_logs import WithoutTokens
from engagement.urls import urlpatterns as of_engagement
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


def addresses(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Every one, however deep, as it is written."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


@pytest.mark.parametrize("address", [*addresses([*of_communities, *of_meetings, *of_engagement])])
def test_no_address_is_forgotten(address: str) -> None:
    path = re.sub(r"<str:(?:token|secret|handle)>", TOKEN, address)
    record = logging.makeLogRecord({"msg": path})

    WithoutTokens().filter(record)

    assert TOKEN not in record.getMessage()


def test_other_words_are_logged_as_they_are() -> None:
    record = logging.makeLogRecord({"msg": "Not found: %s", "args": ("/venir/0b7e/",)})

    WithoutTokens().filter(record)

    assert (record.msg, record.getMessage()) == ("Not found: %s", "Not found: /venir/0b7e/")
