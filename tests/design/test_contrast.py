"""Can someone of eighty read every text on every ground, by day and by night?"""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.SITE_ROOT, "design", "static")
TOKENS = (STATIC / "tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")
SHEETS = [*STATIC.glob("*.css"), *STATIC.glob("components/*.css")]  # the desk speaks Wagtail's own tokens
GROUNDS = ["paper", "paper-deep", "sheet"]
TEXTS = [
    *[(text, ground) for text in ("ink", "ink-soft", "brick", "brick-strong", "green") for ground in GROUNDS],
    *[("ink", pale) for pale in ("brick-pale", "green-pale", "sun-pale", "sky")],
    ("ink-soft", "sky"),
    ("brick", "brick-pale"),
    ("green", "green-pale"),
    ("on-brick", "brick"),
    ("on-brick", "brick-strong"),
    ("on-green", "green"),
    ("on-sun", "sun"),
    ("on-ground", "ground"),
    ("on-ground-soft", "ground"),
    ("sun", "ground"),
]
SHAPES = [
    *[(shape, ground) for shape in ("edge", "residents", "commune") for ground in GROUNDS],
    ("residents", "sky"),
    ("commune", "sky"),
]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


BY_DAY = colours(LIGHT)
BY_NIGHT = BY_DAY | colours(DARK)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [BY_DAY, BY_NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_seven_to_one(text: str, ground: str, scheme: dict[str, str]) -> None:
    assert contrast(scheme[text], scheme[ground]) >= 7


@pytest.mark.parametrize("scheme", [BY_DAY, BY_NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_halves_stand_out_three_to_one(shape: str, ground: str, scheme: dict[str, str]) -> None:
    assert contrast(scheme[shape], scheme[ground]) >= 3


@pytest.mark.parametrize("scheme", [BY_DAY, BY_NIGHT], ids=["day", "night"])
def test_the_two_halves_weigh_the_same(scheme: dict[str, str]) -> None:
    assert contrast(scheme["residents"], scheme["commune"]) < 1.5


def test_raw_values_live_in_the_tokens_only() -> None:
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl|:[^;]*\b\d*\.?\d+(?:px|rem|em|ch|ms|pt)\b", re.IGNORECASE)
    sheets = [sheet for sheet in SHEETS if sheet.name not in {"tokens.css", "print.css"}]

    # A condition about the room there is takes no token.
    found = {sheet.name: raw.findall(re.sub(r"@(?:media|container) .*", "", sheet.read_text())) for sheet in sheets}

    assert {name: values for name, values in found.items() if values} == {}


def test_every_token_named_in_a_sheet_exists() -> None:
    known = set(re.findall(r"(--[\w-]+):", TOKENS))

    used = {name for sheet in SHEETS for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())}

    assert used - known == set()
