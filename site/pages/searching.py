"""Which public pages speak of this? Found with and without accents, by French stems."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import capfirst
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
    """The communities, the ideas, the pages, then the conventions; of each only those shown are fetched."""

    def __init__(self, *kinds: Any) -> None:
        self.kinds = [(kind, int(kind.count())) for kind in kinds]

    def __len__(self) -> int:
        return sum(number for _kind, number in self.kinds)

    def __getitem__(self, shown: slice) -> list[Any]:
        results, before = list[Any](), 0
        for kind, number in self.kinds:
            first, last = max(0, shown.start - before), min(number, shown.stop - before)
            results += list(kind[first:last]) if first < last else []
            before += number
        return results


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
    if not words:
        return Found()
    pages = Page.objects.live().public().specific()
    return Found(
        Community.objects.speaking_of(words),
        Idea.objects.public().speaking_of(words),
        pages.search(PlainText(query) | PlainText(words)),
        searching.conventions(words),
    )


def as_result(thing: Page | Community | Idea | Convention, request: HttpRequest) -> Result:
    if isinstance(thing, Page):
        return of_page(thing, request)
    if isinstance(thing, Convention):
        return of_convention(thing)
    return of_idea(thing) if isinstance(thing, Idea) else of_community(thing)


def of_convention(convention: Convention) -> Result:
    return Result(
        title=convention.title,
        url=convention.get_absolute_url(),
        kind=capfirst(str(convention._meta.verbose_name)),
        excerpt=convention.summary,
    )


def of_idea(idea: Idea) -> Result:
    kind = _("idea: %(stage)s") % {"stage": idea.get_stage_display()}
    return Result(title=str(idea), url=idea.get_absolute_url(), kind=capfirst(kind), excerpt=idea.what[:LONGEST_QUERY])


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
