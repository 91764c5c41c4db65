"""Which sentences does the interface show, and has each its French? `python -m tests.check.catalogue` updates the file.

Without the gettext programs: Babel reads Python itself, and templates once Django has rewritten them as calls.
"""

import datetime as dt
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ["communities", "meetings", "engagement", "site/pages", "site/config"]
TEMPLATES = REPOSITORY / "site" / "design" / "templates"
FRENCH = REPOSITORY / "site" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
FUNCTIONS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

HEADER = "# The interface in French, the language of its readers."
BEGUN = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)  # a fixed date: the same words make the same file
ABOUT = {"project": "fifty-fifty", "version": "1", "language_team": "fr", "last_translator": "fifty-fifty"}

Found = tuple[str | tuple[str, ...], str | None, str]
"""A message (or singular and plural), its context, the file it stands in."""


def in_python() -> Iterator[Found]:
    for room in SOURCES:
        for path in sorted((REPOSITORY / room).rglob("*.py")):
            with path.open("rb") as source:
                yield from messages("python", source, path)


def in_templates() -> Iterator[Found]:
    for path in sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]):
        calls = templatize(path.read_text(), origin=str(path))
        yield from messages("javascript", io.BytesIO(calls.encode()), path)


def messages(language: str, source: io.BufferedIOBase, path: Path) -> Iterator[Found]:
    for _line, message, _comments, context in extract(language, source, FUNCTIONS):  # type: ignore[arg-type]
        yield message, context, str(path.relative_to(REPOSITORY))


def everything_shown() -> Catalog:
    """Every message with the files it stands in, as one catalogue without translations."""
    shown = Catalog(locale="fr", fuzzy=False, header_comment=HEADER, creation_date=BEGUN, revision_date=BEGUN, **ABOUT)
    for message, context, path in [*in_python(), *in_templates()]:
        shown.add(message, context=context, locations=[(path, 0)])
    return shown


def french() -> Catalog:
    with FRENCH.open("rb") as source:
        return read_po(source, locale="fr")


def update() -> Catalog:
    """The French catalogue with every message shown and none other; new ones wait, empty, for their words."""
    kept = french() if FRENCH.exists() else Catalog(locale="fr")
    updated = everything_shown()
    for message in updated:
        known = kept.get(message.id, context=message.context) if message.id else None
        if known is not None and not known.fuzzy:
            message.string = known.string
    return updated


def write(catalogue: Catalog) -> None:
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    with FRENCH.open("wb") as target:
        write_po(target, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)


def words_of(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    write(update())
    sys.exit(0)
