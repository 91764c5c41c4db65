"""What every test may ask for: a clean start, a letterbox, a worker, a browser."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import django.test
import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker, Settings

from config import garbage
from config.local import postgres
from meetings.calendars import feeds
from tests import browsing, carrier, ground, planted
from tests import letterbox as letterboxes

# How long one example takes depends on what else the machine does; what it finds does not.
hypothesis_settings.register_profile("town", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("town")

LONG = ("journey", "browser", "hypothesis")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, in any order: at the end no process waits for another's last test."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, LONG)))


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking there for rubbish again and again took a quarter of the time."""
    gc.collect()
    garbage.look_seldom()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A database of tests is a copy of the one that the servers' start migrated."""
    connection.settings_dict["TEST"]["TEMPLATE"] = postgres.DATABASE


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tables, and a way back to their first rows after a test with real transactions."""
    with django_db_blocker.unblock():
        planted.rehearse()
        first_rows = ground.survey()
    django.test.TransactionTestCase._fixture_teardown = lambda self: first_rows.restore()  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        ground.send_others_away()


@pytest.fixture(autouse=True)
def _nothing_left_in_redis() -> Iterator[None]:
    """The cache, the process's own memory and the queues are empty after every test."""
    yield
    cache.clear()
    feeds.given.clear()


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test uploads stays in pytest's folder."""
    settings.MEDIA_ROOT = str(tmp_path_factory.getbasetemp() / "media")


@pytest.fixture(scope="session")
def _open_letterbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[letterboxes.Letterbox]:
    with letterboxes.opened(tmp_path_factory.mktemp("letters")) as letterbox:
        yield letterbox


@pytest.fixture
def letterbox(_open_letterbox: letterboxes.Letterbox, settings: Settings) -> Iterator[letterboxes.Letterbox]:
    """A real SMTP server that keeps what it receives; Django and the worker post to it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _open_letterbox.port
    yield _open_letterbox
    _open_letterbox.empty()


@pytest.fixture
def worker(transactional_db: None, letterbox: letterboxes.Letterbox, tmp_path: Path) -> Iterator[carrier.Worker]:
    """A real Celery worker, started; `kill()` and `start()` as often as you like."""
    worker = carrier.Worker(tmp_path / "worker.log")
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium for the whole run."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsing.find(playwright), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a browser that knows nobody, in French."""
    context = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    yield context.new_page()
    context.close()
