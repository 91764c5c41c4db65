"""Which pages does a town start with? Those the site cannot do without, and a few words nobody should have to write."""

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from communities.models import Town
from engagement.models import ProjectIndexPage
from meetings.models import MeetingIndexPage

from .models import HomePage, StandardPage

WORDS = Path(__file__).parent / "content" / "fr"
INDEX_PAGES: list[tuple[type[Page], str]] = [(MeetingIndexPage, "reunions"), (ProjectIndexPage, "projets")]
STANDARD_PAGES = ["la-demarche", "mentions-legales", "donnees-personnelles", "accessibilite"]
WAGTAILS_ROOT, ROOT = "Root", "Racine"
HTTP, HTTPS = 80, 443


def words(name: str) -> dict[str, Any]:
    """The fields of a page as they are written in content/fr/<name>.toml."""
    return read_words(WORDS / f"{name}.toml")


def read_words(path: Path) -> dict[str, Any]:
    """The fields of a page from a TOML file; `[[body]]` tables are the pieces of its story."""
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    return fields | {"body": as_story(fields["body"])} if "body" in fields else fields


def as_story(pieces: list[dict[str, Any]]) -> str:
    """Pieces of a story as a StreamField reads them."""
    return json.dumps(pieces)


def plant(*, parent: Page, page: Page, now: dt.datetime) -> Page:
    """Publish `page` under `parent`."""
    page.live = True
    page.first_published_at = page.last_published_at = now
    return parent.add_child(instance=page)


def grow(*, site_url: str, language: str, now: dt.datetime) -> bool:
    """Make what is missing of the tree and point the site at it; True if the home page is new.

    The pages the code needs are made whenever they are missing. The standard pages are made once, with the home page:
    what a town renames or deletes stays so.
    """
    home = HomePage.objects.first()
    is_new = home is None
    if home is None:
        home = plant(parent=root(language), page=HomePage(**words("accueil")), now=now)
    for index, name in INDEX_PAGES:
        if not index.objects.exists():
            plant(parent=home, page=index(**words(name)), now=now)
    for name in STANDARD_PAGES if is_new else []:
        plant(parent=home, page=StandardPage(**words(name)), now=now)
    point_site_at(home, site_url=site_url)
    clear_welcome_page()
    return is_new


def root(language: str) -> Page:
    """Wagtail's root, which its migrations make and an emptied database has lost."""
    first = Page.get_first_root_node()
    if first is None:
        code = get_supported_content_language_variant(language)
        locale, _made = Locale.objects.get_or_create(language_code=code)
        first = Page.add_root(instance=Page(title=WAGTAILS_ROOT, slug="root", locale=locale))
    if first.title == WAGTAILS_ROOT:
        first.title = first.draft_title = ROOT
        first.save()
    return first


def point_site_at(home: Page, *, site_url: str) -> None:
    """The default site answers at SITE_URL and starts at the home page."""
    address = urlsplit(site_url)
    port = address.port or (HTTPS if address.scheme == "https" else HTTP)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = address.hostname or "localhost", port, home
    site.save()


def name_site(*, town: Town) -> None:
    """The desk greets staff with the town's name, not with the address of its server."""
    site = Site.objects.get(is_default_site=True)
    if town.name and site.site_name != town.name:
        site.site_name = town.name
        site.save()


def clear_welcome_page() -> None:
    """Delete the page Wagtail's migrations make, unless someone wrote in it or below it."""
    untouched = Page.objects.filter(
        depth=2, slug="home", title="Welcome to your new Wagtail site!", numchild=0, latest_revision__isnull=True
    )
    for page in untouched:
        page.delete()
