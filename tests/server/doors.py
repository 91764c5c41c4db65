"""Every address of the admin, so that a test can knock at each."""

import re
from collections.abc import Iterator
from itertools import chain

from django.urls import URLPattern, URLResolver
from wagtail.admin.urls import urlpatterns

# Drawings, words and the way out: what Wagtail itself shows to anyone.
FOR_EVERYONE = {"sprite/", "login/", "jsi18n/"}
EXAMPLES = {"int": "1", "str": "a", "slug": "a", "path": "a", "uuid": "00000000-0000-0000-0000-000000000000"}


def of_the_admin() -> list[str]:
    """One address for each pattern below /admin/, with something in the place of its arguments."""
    paths = chain.from_iterable(walk(pattern) for pattern in urlpatterns)
    return sorted({f"/admin/{path}" for path in paths if path not in FOR_EVERYONE})


def walk(pattern: URLPattern | URLResolver, before: str = "") -> Iterator[str]:
    here = before + example(str(pattern.pattern))
    if isinstance(pattern, URLResolver):
        for below in pattern.url_patterns:
            yield from walk(below, here)
    else:
        yield here


def example(route: str) -> str:
    """A route or a simple regular expression, filled in."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found[1] or "str", "1"), route)
    filled = re.sub(r"\(\?P1?[^)]*\)|\((?:[^()]|\([^()]*\))*\)", "1", filled)
    return filled.replace(".*", "a").replace("\\", "").strip("^$")


# Namespaces below /admin/ that Wagtail ships; every other one is ours.
WAGTAILS = {
    *("pages", "documents", "images", "simple_translation", "wagtailadmin_pages", "wagtailadmin_collections"),
    *("wagtailadmin_workflows", "wagtailadmin_reports", "wagtailadmin_editing_sessions", "wagtailsettings"),
    *(
        "wagtailredirects",
        "wagtailsearchpromotions",
        "wagtailembeds",
        "wagtailsnippets",
        "wagtaildocs",
        "wagtailimages",
    ),
    *("wagtailsites", "wagtailusers_users", "wagtailusers_groups", "wagtaildocs_chooser", "wagtailimages_chooser"),
}


def of_ours() -> set[str]:
    """The name of every address of the admin that Wagtail does not ship."""
    named = chain.from_iterable(names(pattern) for pattern in urlpatterns)
    shipped = re.compile("|".join([*(f"{namespace}:" for namespace in WAGTAILS), "wagtail[a-z_]*$"]))
    return {name for name in named if not shipped.match(name)}


def names(pattern: URLPattern | URLResolver, namespace: str = "") -> Iterator[str]:
    if isinstance(pattern, URLResolver):
        for below in pattern.url_patterns:
            yield from names(below, f"{pattern.namespace}:" if pattern.namespace else namespace)
    elif pattern.name:
        yield namespace + pattern.name
