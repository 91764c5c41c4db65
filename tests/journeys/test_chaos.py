"""Kill what you like, as often as you like: every resident gets the invitation, and no copy without its reason."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = [pytest.mark.journey, pytest.mark.slow]

LETTERS, KILLS = 20_000, 20
OWN = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "FIFTY_TEST_SERVERS")


def test_nothing_is_lost_and_no_copy_comes_without_its_reason() -> None:
    storm = blow(letters=LETTERS, kills=KILLS)

    assert (storm["kills"], storm["redis_restarts"], storm["database_restarts"]) == (KILLS, 2, 1)
    assert storm["lost"] == 0
    assert storm["duplicates"] <= storm["duplicates_allowed"]
    assert storm["copies_alike"] == 1


def blow(*, letters: int, kills: int) -> dict[str, float]:
    """In a process of its own, with servers of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    paths = os.pathsep.join([str(settings.REPOSITORY), str(settings.SITE_ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", str(letters), str(kills)],
        env={**environment, "PYTHONPATH": paths},
        cwd=settings.REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told
