"""What was measured: a figure, its unit, and what it was measured on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`key`: its name in .local/bench.json; a figure without one is only in the table."""

    what: str
    value: float
    unit: str
    note: str = ""
    key: str = ""
