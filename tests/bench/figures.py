"""What was measured: a figure, its unit, and what it was measured on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    what: str
    value: float
    unit: str
    note: str = ""
