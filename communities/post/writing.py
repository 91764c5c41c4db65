"""How are a letter's words written? A pair of templates, in the reader's language, with styles put inline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from wagtail.images.models import Image

from communities.models import Medium, Town
from communities.picture_rights import showing

from .composing import PREFERENCES_URL, placeholder

LOGO = "max-240x80|format-png"
PRINTED_LOGO = "max-720x240|format-png"


@dataclass(frozen=True)
class Words:
    """The same letter twice: as plain text and as HTML."""

    text: str
    html: str


@dataclass(frozen=True)
class Logo:
    """A picture that every mail program shows: one address for everyone, and its size in pixels."""

    url: str
    width: int
    height: int


def usable(town: Town, medium: Medium) -> Image | None:
    """The logo, where that medium may show it."""
    if town.logo is None or town.logo.is_svg():
        return None
    return town.logo if showing.may_be_shown(town.logo, medium=medium, today=timezone.localdate()) else None


def logo_of(town: Town) -> Logo | None:
    """The town's logo for letters; None without one, and for a drawing (SVG), which mail programs do not show.

    A picture that cannot be read keeps no letter from leaving.
    """
    logo = usable(town, Medium.LETTERS)
    if logo is None:
        return None
    try:
        picture = logo.get_rendition(LOGO)
    except OSError:
        return None
    return Logo(url=urljoin(settings.SITE_URL, picture.url), width=picture.width, height=picture.height)


def logo_file(town: Town) -> bytes | None:
    """The same picture, larger, for paper: its own bytes; None without one that can be printed."""
    logo = usable(town, Medium.PRINT)
    if logo is None:
        return None
    try:
        with logo.get_rendition(PRINTED_LOGO).file.open("rb") as picture:
            return bytes(picture.read())
    except OSError:
        return None


def write(*, name: str, language: str, context: Mapping[str, Any]) -> Words:
    """letters/<name>.txt and .html under `language`. `town`, `logo`, `site_url` and `preferences_url` are in every
    letter's context.
    """
    town = Town.load()
    known = {
        "town": town,
        "logo": logo_of(town),
        "site_url": settings.SITE_URL,
        "preferences_url": placeholder(PREFERENCES_URL),
        **context,
    }
    with translation.override(language):
        page = render_to_string(f"letters/{name}.html", known)
    text = write_text(name=name, language=language, context=known)
    return Words(text=text, html=css_inline.inline(page, keep_style_tags=True))


def write_part(*, name: str, language: str, context: Mapping[str, Any]) -> Words:
    """letters/<name>.txt and .html under `language`: a piece that is put into a letter later, styled like it."""
    with translation.override(language):
        text, page = (render_to_string(f"letters/{name}.{kind}", dict(context)) for kind in ("txt", "html"))
        style = render_to_string("letters/style.html")
    css = style.partition("<style>")[2].partition("</style>")[0]
    return Words(text=text.strip() + "\n", html=css_inline.inline_fragment(page, css))


def write_text(*, name: str, language: str, context: Mapping[str, Any]) -> str:
    """letters/<name>.txt alone under `language`: words for paper, or to be said."""
    known = {"town": Town.load(), "site_url": settings.SITE_URL, **context}
    with translation.override(language):
        return render_to_string(f"letters/{name}.txt", known).strip() + "\n"
