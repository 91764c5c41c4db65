"""Is a resident's link safe from whoever reads the log?"""

import logging

import pytest

from config.discreet_logs import WithoutTokens

TOKEN = "aaaaaafofijgwt2yyjgpntg7"


@pytest.mark.parametrize(
    "path",
    [
        "/r/{}/",
        "/r/{}/merci/",
        "/venir/confirmer/{}/",
        "/confirmer/{}/",
        "/desinscription/{}/",
        "/cal/{}.ics",
        "/mon-calendrier/{}/",
    ],
)
def test_a_link_is_logged_without_its_token(path: str) -> None:
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Conflict", path.format(TOKEN))})

    assert WithoutTokens().filter(record)

    assert TOKEN not in record.getMessage()
    assert record.getMessage().startswith("Conflict: ")


def test_other_words_are_logged_as_they_are() -> None:
    record = logging.makeLogRecord({"msg": "Not found: %s", "args": ("/venir/0b7e/",)})

    WithoutTokens().filter(record)

    assert (record.msg, record.getMessage()) == ("Not found: %s", "Not found: /venir/0b7e/")
