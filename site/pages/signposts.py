"""Which ways lead on from every page? Those of the page tree as it stands, whatever a town renames or hides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from engagement.models import ProjectIndexPage
from meetings.models import MeetingIndexPage, OpenPageQuerySet

from .models import PagePurpose

HOME = "/"


@dataclass(frozen=True)
class Signpost:
    """A page that every other leads to: what it is called, where it is."""

    words: str
    href: str


@dataclass(frozen=True)
class Signposts:
    """`lists` and `pages` make the main menu; the lists are at the home page's address where the town has none."""

    meetings: str = HOME
    projects: str = HOME
    lists: tuple[Signpost, ...] = ()
    pages: tuple[Signpost, ...] = ()
    how: Signpost | None = None
    legal_notice: Signpost | None = None
    privacy: Signpost | None = None
    accessibility: Signpost | None = None


def of(request: HttpRequest) -> Signposts:
    """The signposts of this request's site, in the order of its tree, found in a fixed number of queries."""
    site = Site.find_for_request(request)
    return drawn(site.root_page, request) if site else Signposts()


def drawn(home: Page, request: HttpRequest) -> Signposts:
    found = [(page, Signpost(page.title, page.get_url(request) or HOME)) for page in pages_to_show(home)]
    in_menu = [(page, post) for page, post in found if page.show_in_menus and page.depth == home.depth + 1]
    return Signposts(
        meetings=first(post.href for page, post in found if is_list_of(page, MeetingIndexPage)) or HOME,
        projects=first(post.href for page, post in found if is_list_of(page, ProjectIndexPage)) or HOME,
        lists=tuple(post for page, post in in_menu if is_list_of(page, MeetingIndexPage, ProjectIndexPage)),
        pages=tuple(post for page, post in in_menu if not is_list_of(page, MeetingIndexPage, ProjectIndexPage)),
        **{name: first(post for page, post in found if page.purpose == name) for name in PagePurpose.values},
    )


def pages_to_show(home: Page) -> Iterable[Page]:
    """What the menu and the foot of a page may show, with the `purpose` of ordinary pages."""
    pages = OpenPageQuerySet(Page).open_to_all().descendant_of(home).annotate(purpose=F("standardpage__purpose"))
    in_menu = Q(show_in_menus=True, depth=home.depth + 1)
    lists = pages.type_q(MeetingIndexPage, ProjectIndexPage)
    return pages.filter(in_menu | lists | Q(purpose__in=PagePurpose.values)).order_by("path")


def is_list_of(page: Page, *lists: type[Page]) -> bool:
    return issubclass(page.specific_class, lists)


def first(things: Iterable[Any]) -> Any:
    return next(iter(things), None)
