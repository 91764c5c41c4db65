"""Does the town's door let through what the guide tells a watchman to ask?"""

import re
from fnmatch import fnmatch

from django.conf import settings

from engagement.uploads import refusals
from engagement.uploads.fields import PicturesField

DOOR = (settings.REPOSITORY / "deploy" / "Caddyfile").read_text()
GUIDE = (settings.REPOSITORY / "docs" / "server.md").read_text()


def test_what_the_guide_tells_to_watch_is_not_refused_at_the_door() -> None:
    watched = set(re.findall(r"`(?:https://…)?(/[a-z]+z)`", GUIDE))
    refused = re.findall(r"handle (/\S+) \{\s+respond 404", DOOR)

    assert watched == {"/readyz", "/healthz"}
    assert [address for address in watched for pattern in refused if fnmatch(address, pattern)] == []
    assert refused == ["/media/*"]


def test_no_process_waits_for_a_visitor_who_sends_drop_by_drop() -> None:
    doors = re.findall(r"\thandle [^{]*\{(?:(?!\n\t\}).)*reverse_proxy(?:(?!\n\t\}).)*", DOOR, flags=re.DOTALL)

    assert len(doors) == DOOR.count("reverse_proxy") == 3
    assert all("request_buffers" in door and "max_size" in door for door in doors)
    assert "max_size 1MB" in doors[-1]


def test_every_photograph_that_a_form_allows_fits_through_the_door() -> None:
    door = re.search(r"@photographs path ([^\n]*).*?max_size (\d+)MB", DOOR, flags=re.DOTALL)

    assert door is not None
    assert door[1].split() == ["/idees/*", "/entretien/*"]
    assert int(door[2]) * refusals.MEGABYTE > PicturesField().most * refusals.MOST_BYTES + refusals.MEGABYTE
