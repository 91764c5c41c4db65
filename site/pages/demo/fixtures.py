"""What is written in data/: the public facts, and everything that is invented."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def read(name: str) -> dict[str, Any]:
    """The tables of data/<name>.toml."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def facts() -> dict[str, dict[str, Any]]:
    """The public facts by key."""
    return {fact["key"]: fact for fact in read("faits_publics")["fait"]}


def told(fact: dict[str, Any]) -> str:
    """A fact inside a text: its value, its source and its year; that a source bears no date is said once, below."""
    source = fact["source"].partition(" (non daté")[0]
    if "source_url" in fact:
        source = f'<a href="{fact["source_url"]}">{source}</a>'
    return f"<b>{fact['value']}</b> ({source}, {fact['year']})"
