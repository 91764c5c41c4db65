"""Is there a browser here? Where none is, browser tests are skipped, except where one was promised."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HINT = (
    "no Chromium here: install it with `apt-get install chromium` or `.venv/bin/python -m playwright install chromium`"
)


def is_promised() -> bool:
    """In continuous integration a missing browser is a failure, not a skip."""
    return any(os.environ.get(name, "").lower() in {"1", "true", "yes"} for name in ("CI", "REQUIRE_BROWSER"))


def find(playwright: Playwright) -> str:
    """The path of a Chromium; without one, the test is skipped or fails."""
    bundled = playwright.chromium.executable_path
    found = next(filter(None, map(shutil.which, NAMES)), bundled if Path(bundled).exists() else None)
    if found is None:
        (pytest.fail if is_promised() else pytest.skip)(HINT)
    return str(found)
