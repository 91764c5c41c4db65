"""How fast is a calendar that has not changed, beside a view that does nothing? One process, the whole middleware."""

import io
import time
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path

from config import urls
from tests.bench.figures import Figure
from tests.meetings.factories import MeetingPageFactory, evening

MEETINGS = 30
ROUNDS, REQUESTS = 7, 400
AGENDA, TRIVIAL = "/agenda.ics", "/trivial"


def trivial(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok", content_type="text/plain")


def measure() -> list[Figure]:
    for number in range(MEETINGS):
        MeetingPageFactory(starts_at=evening(in_days=3 + number))
    application = whole_site()
    status, headers, body = ask(application, AGENDA)
    known = {"HTTP_IF_NONE_MATCH": headers["ETag"]}
    assert (status, ask(application, AGENDA, known)[0], ask(application, TRIVIAL)[0]) == (200, 304, 200)
    assert body.count(b"BEGIN:VEVENT") >= MEETINGS
    rates = fastest(
        trivial=lambda: ask(application, TRIVIAL),
        cached=lambda: ask(application, AGENDA),
        unchanged=lambda: ask(application, AGENDA, known),
    )
    slower = min(rates["cached"], rates["unchanged"])
    note = f"200: {rates['cached']:,.0f}/s of {len(body) / 1000:.0f} kB, 304: {rates['unchanged']:,.0f}/s"
    return [
        Figure("calendars that have not changed", slower, "/s", note, key="feed_per_second"),
        Figure("a trivial view, same middleware", rates["trivial"], "/s", "", key="trivial_view_per_second"),
        Figure("calendar beside trivial view", slower / rates["trivial"], "×", note, key="feed_vs_trivial"),
    ]


def whole_site() -> Callable[..., Iterable[bytes]]:
    """The site as gunicorn runs it, style sheets found once, and one more view."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    with_trivial = ModuleType("with_trivial")
    with_trivial.urlpatterns = [path("trivial", trivial), *urls.urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = with_trivial
    clear_url_caches()
    return get_wsgi_application()


def ask(
    application: Callable[..., Iterable[bytes]], address: str, more: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """One GET, to the last byte: status, headers, body."""
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        told.update(status=int(status[:3]), headers=dict(headers))

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "SERVER_NAME": urlsplit(settings.SITE_URL).hostname,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    answer = application(environ | (more or {}), start_response)
    body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]  # Django's response, which closes its request
    return told["status"], told["headers"], body


def fastest(**contestants: Callable[[], object]) -> dict[str, float]:
    """The best rate of each, measured in turns so that what else the machine does weighs on all alike."""
    best = dict.fromkeys(contestants, 0.0)
    for _round in range(ROUNDS):
        for name, once in contestants.items():
            begun = time.perf_counter()
            for _request in range(REQUESTS):
                once()
            best[name] = max(best[name], REQUESTS / (time.perf_counter() - begun))
    return best
