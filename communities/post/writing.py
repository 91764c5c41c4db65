"""How are a letter's words written? A pair of templates, in the reader's language, with styles put inline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from communities.models import Town


@dataclass(frozen=True)
class Words:
    """The same letter twice: as plain text and as HTML."""

    text: str
    html: str


def write(*, name: str, language: str, context: Mapping[str, Any]) -> Words:
    """letters/<name>.txt and .html under `language`. `town` and `site_url` are in every letter's context."""
    known = {"town": Town.load(), "site_url": settings.SITE_URL, **context}
    with translation.override(language):
        text = render_to_string(f"letters/{name}.txt", known)
        page = render_to_string(f"letters/{name}.html", known)
    return Words(text=text.strip() + "\n", html=css_inline.inline(page, keep_style_tags=True))
