"""Is anybody stopped by a page? What axe finds, and whether it is wider than its window, by day and at night.

A page is opened once and looked at in each way in turn: opening it anew costs as much as looking.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

# Drawn by Wagtail: the rich text field has no name of its own, and the count of a search is an alert and a heading.
BUT_WAGTAIL = {"exclude": ["[contenteditable]", "h2[role=alert]"]}
# What moves when the window changes has come to rest before axe looks.
AT_REST = """() => Promise.allSettled(
    document.getAnimations().filter(moving => moving instanceof CSSTransition).map(moving => moving.finished)
)"""
VIOLATIONS = "where => axe.run(where, {resultTypes: ['violations']}).then(found => found.violations)"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Look(NamedTuple):
    scheme: Literal["light", "dark"]
    width: int

    def __str__(self) -> str:
        return f"{self.scheme}, {self.width} pixels wide"


DESK = (Look("light", 1280), Look("dark", 375))
PUBLIC = (Look("light", 375), Look("dark", 1280))


def faults(page: Page, name: str, looks: Iterable[Look], *, where: object = "html") -> dict[str, str]:
    """Of the page that is open, by its name and the look it has then; none is an empty dictionary."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for look in looks:
        put_on(page, look)
        if violations := page.evaluate(VIOLATIONS, where):
            found[f"{name}, {look}"] = AxeResults({"violations": violations}).generate_report()
        if (wider := page.evaluate(TOO_WIDE)) > 0:
            found[f"{name}, {look}: width"] = f"{wider} pixels too wide"
    return found


def put_on(page: Page, look: Look) -> None:
    there = page.viewport_size
    assert there is not None
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size({"width": look.width, "height": there["height"]})
    page.evaluate(AT_REST)


def sign_in(page: Page, user: User, *, url: str) -> None:
    """As if `user` had signed in at the site that is served there."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
