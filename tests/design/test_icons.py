"""An icon that does not exist leaves a hole before its words."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from wagtail.admin.icons import get_icons

TEMPLATES = Path(settings.SITE_ROOT, "design", "templates")
ROOMS = [Path(settings.REPOSITORY, room) for room in ("communities", "meetings", "engagement")]
IN_A_TEMPLATE = re.compile(r'{% icon name="([a-z0-9-]+)"|icon_name="([a-z0-9-]+)"')
IN_PYTHON = re.compile(r'icon(?:_name)? ?= ?"([a-z0-9-]+)"')


def named() -> Iterator[tuple[str, str]]:
    files = [(path, IN_A_TEMPLATE) for path in TEMPLATES.rglob("*/admin/*.html")]
    files += [(path, IN_PYTHON) for room in ROOMS for path in room.rglob("*.py")]
    for path, pattern in files:
        for found in pattern.finditer(path.read_text()):
            yield path.name, next(filter(None, found.groups()))


def test_every_icon_of_the_desk_is_drawn() -> None:
    drawn = set(re.findall(r'id="icon-([a-z0-9-]+)"', get_icons()))

    assert {(where, icon) for where, icon in named() if icon not in drawn} == set()
    assert len(set(named())) > 20
