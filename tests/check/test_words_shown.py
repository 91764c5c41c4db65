"""Is there a word shown that the catalogue never sees? Read from the sources, so that no page is forgotten."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import visible
from tests.check import catalogue

TRANSLATED = re.compile(r"\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}", re.DOTALL)
INSTRUCTIONS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
A_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2}")

SHOWN = {
    "add_item_label",
    "empty_label",
    "heading",
    "help_text",
    "label",
    "menu_label",
    "page_title",
    "placeholder",
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
}


def templates() -> Iterator[Path]:
    yield from (path for path in sorted(catalogue.TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt"})


def python() -> Iterator[Path]:
    for room in catalogue.SOURCES:
        yield from (
            path for path in sorted((catalogue.REPOSITORY / room).rglob("*.py")) if "migrations" not in path.parts
        )


def named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What a keyword or an assignment calls something, and what it is."""
    if isinstance(node, ast.keyword) and node.arg:
        yield node.arg, node.value
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        yield node.targets[0].id, node.value


def bare_words(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        for name, value in named(node):
            text = value.value if isinstance(value, ast.Constant) else None
            if name in SHOWN and isinstance(text, str) and A_WORD.search(text):
                yield f"{path.name}: {name}={text!r}"


@pytest.mark.parametrize("path", list(templates()), ids=lambda path: str(path.relative_to(catalogue.TEMPLATES)))
def test_a_template_says_nothing_by_itself(path: Path) -> None:
    left = INSTRUCTIONS.sub("", TRANSLATED.sub("", path.read_text()))

    assert [text for text in visible.of(left).read if A_WORD.search(text)] == []


def test_no_label_is_written_without_the_catalogue() -> None:
    assert [bare for path in python() for bare in bare_words(path)] == []
