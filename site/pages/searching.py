"""Which public pages speak of this? Found with and without accents, by French stems."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.search.query import PlainText

from communities import folding
from communities.models import Community
from communities.typography import day
from engagement.models import Convention, Idea
from engagement.story import searching
from meetings.models import MeetingPage

LONGEST_QUERY = 200
RESULTS_PER_PAGE = 10
MOST_WORDS = 30
LONGEST_EXCERPT = 200
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


class Found:
    """Several lists in a row, each counted once, of which only those shown are fetched."""

    def __init__(self, *parts: Any) -> None:
        self.parts = [(part, len(part) if isinstance(part, list) else int(part.count())) for part in parts]

    def __len__(self) -> int:
        return sum(number for _part, number in self.parts)

    def __getitem__(self, shown: slice) -> list[Any]:
        found: list[Any] = []
        before = 0
        for part, number in self.parts:
            first, last = max(0, shown.start - before), min(number, shown.stop - before)
            found += list(part[first:last]) if first < last else []
            before += number
        return found


def find(*, query: str, number: str, request: HttpRequest) -> "PageOfResults[Result]":
    """The results of `query` on the page `number` of the list; nonsense numbers are read as the nearest page.

    The words are looked for as typed and folded: the French stemmer keeps accents, so each finds what the other misses.
    """
    words = " ".join(folding.words(query).split()[:MOST_WORDS])
    found: Any = speaking_of(query, words)  # counted and sliced, which is all that a paginator asks
    shown = Paginator(found, RESULTS_PER_PAGE).get_page(number)
    shown.object_list = [as_result(thing, request) for thing in shown.object_list]
    return shown


def speaking_of(query: str, words: str) -> Found:
    """Communities, which are few; pages; then the ideas and conventions that anyone may read."""
    if not words:
        return Found()
    pages = Page.objects.live().public().specific().search(PlainText(query) | PlainText(words))
    communities = list(Community.objects.speaking_of(words))
    return Found(communities, pages, searching.ideas(words), searching.conventions(words))


def as_result(thing: Page | Community | Idea | Convention, request: HttpRequest) -> Result:
    if isinstance(thing, Community):
        return of_community(thing)
    return of_page(thing, request) if isinstance(thing, Page) else of_record(thing)


def of_record(thing: Idea | Convention) -> Result:
    """What has an address of its own besides the pages."""
    return Result(
        title=thing.title,
        url=thing.get_absolute_url(),
        kind=capfirst(str(thing._meta.verbose_name)),
        excerpt=Truncator(thing.what if isinstance(thing, Idea) else thing.summary).chars(LONGEST_EXCERPT),
    )


def of_community(community: Community) -> Result:
    return Result(
        title=community.name,
        url=community.get_absolute_url(),
        kind=capfirst(_("community around %(kind)s") % {"kind": community.get_kind_display()}),
        excerpt=community.summary,
    )


def of_page(page: Page, request: HttpRequest) -> Result:
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
