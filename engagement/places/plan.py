"""Where in the town is it? A point on the picture that the town hall drew or bought of it: no map service is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.images.models import AbstractImage

MOST = 1000
WIDTHS = {"narrow": 260, "middle": 310, "wide": 560}
"""How wide a form shows the picture, in CSS pixels: in a window of 320, on most telephones, and where there is room.

A browser tells where a picture was pressed in CSS pixels of what it shows, so only a picture of known width says which
thousandth that was; zooming changes none of them. The page holds all three, its style sheet shows one.
"""
SHARPEST = "max-1400x1400"
IN_WORDS = re.compile(r"(\d{1,4}),(\d{1,4})", re.ASCII)
IN_PIXELS = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True)
class Point:
    """Thousandths of the picture's width from its left, and of its height from its top: 0 to 1000."""

    x: int
    y: int

    def __post_init__(self) -> None:
        if not (0 <= self.x <= MOST and 0 <= self.y <= MOST):
            raise ValueError("a point lies on the picture")

    def __str__(self) -> str:
        """As `read` reads it: in addresses and hidden fields."""
        return f"{self.x},{self.y}"

    @property
    def left(self) -> str:
        """For a page, whatever its language."""
        return f"{self.x // 10}.{self.x % 10}%"

    @property
    def top(self) -> str:
        return f"{self.y // 10}.{self.y % 10}%"


@dataclass(frozen=True)
class Plan:
    """The picture of the town, and whom to thank for it."""

    url: str
    width: int
    height: int
    credit: str = ""

    def height_at(self, width: int) -> int:
        return max(1, round(self.height * width / self.width))


@dataclass(frozen=True)
class Mark:
    """Something that has its place on the plan, and its number in the list beside it."""

    point: Point
    number: int
    name: str
    href: str = ""


def of(*, image: AbstractImage, credit: str = "") -> Plan:
    """The plan to show of an image of Wagtail's: a drawing as it is, anything else as WebP. One query, when cached."""
    shown = image.get_rendition(SHARPEST if image.is_svg() else f"{SHARPEST}|format-webp")
    return Plan(url=shown.url, width=shown.width, height=shown.height, credit=credit)


def read(text: object) -> Point | None:
    """A point from `?point=412,305` or a hidden field; None for anything else."""
    found = IN_WORDS.fullmatch(text) if isinstance(text, str) else None
    return on_picture(int(found[1]), int(found[2])) if found else None


def pressed(*, data: Mapping[str, str], name: str, plan: Plan) -> Point | None:
    """Where a form's picture was pressed (HTML §4.10.5.1.19: `name.x` and `name.y`), or None when it was not.

    The very corner (0, 0) is what browsers send when a key pressed the picture: it is no place.
    """
    for width in WIDTHS.values():
        across, down = (pixels(data.get(f"{name}.{width}.{axis}")) for axis in "xy")
        if across is not None and down is not None and (across or down):
            return on_picture(round(across * MOST / width), round(down * MOST / plan.height_at(width)))
    return None


def pixels(text: str | None) -> int | None:
    return int(text) if text is not None and IN_PIXELS.fullmatch(text) else None


def on_picture(x: int, y: int) -> Point | None:
    return Point(x, y) if x <= MOST and y <= MOST else None
