"""Which public pages speak of this? Found with and without accents, by French stems."""

from dataclasses import dataclass

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.search.query import PlainText

from communities import folding
from communities.typography import day
from meetings.models import MeetingPage

LONGEST_QUERY = 200
RESULTS_PER_PAGE = 10
SAYS_WHAT_IT_IS_ABOUT = ["summary", "intro", "lead"]


@dataclass(frozen=True)
class Result:
    """One page that was found, as the list shows it."""

    title: str
    url: str
    kind: str
    excerpt: str


def tidy(asked: str) -> str:
    """What was typed, on one line, without what PostgreSQL cannot read, and not longer than a sentence."""
    return " ".join(asked.replace("\0", " ").split())[:LONGEST_QUERY]


def find(*, query: str, number: str, request: HttpRequest) -> "PageOfResults[Result]":
    """The results of `query` on the page `number` of the list; nonsense numbers are read as the nearest page.

    The words are looked for as typed and folded: the French stemmer keeps accents, so each finds what the other misses.
    """
    words = folding.words(query)
    pages = Page.objects.live().public().specific() if words else Page.objects.none()
    found = pages.search(PlainText(query) | PlainText(words)) if words else pages
    shown = Paginator(found, RESULTS_PER_PAGE).get_page(number)
    shown.object_list = [as_result(page, request) for page in shown.object_list]
    return shown


def as_result(page: Page, request: HttpRequest) -> Result:
    words = (getattr(page, name, "") for name in SAYS_WHAT_IT_IS_ABOUT)
    return Result(
        title=page.title,
        url=page.get_url(request),
        kind=kind_of(page),
        excerpt=strip_tags(next(filter(None, words), "")),
    )


def kind_of(page: Page) -> str:
    """What it is; for a meeting, which sort and when."""
    if isinstance(page, MeetingPage) and page.starts_at:
        return f"{capfirst(page.get_kind_display())}, {day(page.starts_at, language=get_language())}"
    return capfirst(str(page._meta.verbose_name))
