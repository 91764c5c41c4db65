"""Every variable is listed once in .env.example, with the default that the code has."""

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SETTINGS = sorted((settings.SITE_ROOT / "config" / "settings").glob("*.py"))
LINE = re.compile(r"^#?([A-Z][A-Z_]+)=(.*)$", re.MULTILINE)
# A laptop's own, where a server differs.
LAPTOP = {("local", "DEBUG"), ("local", "DEMO_TOWN"), ("local", "SECRET_KEY")}


def calls(path: Path) -> Iterator[tuple[str, ast.expr | None]]:
    """The variables that a settings file reads, with their default."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and re.fullmatch(r"env\.\w+", ast.unparse(node.func)):
            name = node.args[0]
            if isinstance(name, ast.Constant):
                yield name.value, node.args[1] if len(node.args) > 1 else None


def read_by_the_code() -> set[str]:
    return {name for path in SETTINGS for name, _default in calls(path)}


def read_by_compose_and_proxy() -> set[str]:
    compose = (settings.REPOSITORY / "docker-compose.yml").read_text()
    proxy = (settings.REPOSITORY / "deploy" / "Caddyfile").read_text()
    return set(re.findall(r"\$\{([A-Z_]+)", compose)) | set(re.findall(r"\{\$([A-Z_]+)", proxy))


def listed() -> dict[str, str]:
    return dict(LINE.findall((settings.REPOSITORY / ".env.example").read_text()))


def test_every_variable_is_listed_and_every_listed_variable_is_read() -> None:
    assert set(listed()) == read_by_the_code() | read_by_compose_and_proxy()


def test_no_variable_is_listed_twice() -> None:
    names = [name for name, _default in LINE.findall((settings.REPOSITORY / ".env.example").read_text())]

    assert len(names) == len(set(names))


def test_every_variable_has_a_line_that_says_what_it_is() -> None:
    lines = (settings.REPOSITORY / ".env.example").read_text().splitlines()

    bare = [line for before, line in itertools.pairwise(lines) if LINE.match(line) and before[:2] != "# "]

    assert bare == []


def test_the_listed_defaults_are_the_codes() -> None:
    """The site's own address apart, of which there is no default worth copying."""
    own = {
        name: str(default.value)
        for path in SETTINGS
        for name, default in calls(path)
        if isinstance(default, ast.Constant) and (path.stem, name) not in LAPTOP
    }

    listed_otherwise = {name for name, default in own.items() if listed()[name] != default}

    assert listed_otherwise == {"SITE_URL"}


def test_the_settings_are_the_only_place_that_reads_the_environment() -> None:
    own = [settings.SITE_ROOT / "config" / name for name in ("local", "settings", "celery.py", "wsgi.py")]
    code = [
        path
        for folder in ("communities", "meetings", "engagement", "site/config", "site/pages")
        for path in (settings.REPOSITORY / folder).rglob("*.py")
        if not any(path.is_relative_to(place) for place in own)
    ]

    assert [path for path in code if re.search(r"os\.environ|os\.getenv", path.read_text())] == []
