"""Does the town's door let through what the guide tells a watchman to ask?"""

import re
from fnmatch import fnmatch

from django.conf import settings

DOOR = (settings.REPOSITORY / "deploy" / "Caddyfile").read_text()
GUIDE = (settings.REPOSITORY / "docs" / "server.md").read_text()


def test_what_the_guide_tells_to_watch_is_not_refused_at_the_door() -> None:
    watched = set(re.findall(r"`(?:https://…)?(/[a-z]+z)`", GUIDE))
    refused = re.findall(r"handle (/\S+) \{\s+respond 404", DOOR)

    assert watched == {"/readyz", "/healthz"}
    assert [address for address in watched for pattern in refused if fnmatch(address, pattern)] == []
    assert refused == ["/media/*"]
