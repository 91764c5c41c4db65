"""What was measured: a figure, its unit, and what it was measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`key`: its name in .local/bench.json; a figure without one is only in the table."""

    what: str
    value: float
    unit: str
    note: str = ""
    key: str = ""


def flat(figures: Iterable[Figure]) -> str:
    """The figures that have a key, as one flat JSON object of numbers; two of one key are an error."""
    named = [(figure.key, figure.value) for figure in figures if figure.key]
    written = dict(named)
    if len(written) < len(named):
        raise ValueError(sorted(key for key, _value in named))
    return json.dumps(written, indent=2) + "\n"
