"""What does a page say of one line of the list? What it showed, and what stands there now."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Presence:
    """So many people together, each for so many hours; nobody came when there are none. `name`, `shift` (by pk): of
    somebody who came unannounced.
    """

    people: int = 0
    hours: Decimal = Decimal(0)
    name: str = ""
    shift: int | None = None

    @property
    def code(self) -> str:
        """The same for the same: what a page brings back of what it had shown."""
        hours = self.hours.quantize(CENT) if self.people else 0
        return f"{self.people}|{hours}|{self.shift or 0}|{self.name}"

    @property
    def is_there(self) -> bool:
        return self.people > 0


@dataclass(frozen=True, kw_only=True)
class Word:
    """One line as a person leaves it; `was` is the code that their page had shown, empty for a line not ticked yet.

    A volunteer and a shift (by pk) name the line, or `key` does, for somebody who came unannounced.
    """

    volunteer: int | None = None
    shift: int | None = None
    key: uuid.UUID | None = None
    was: str = ""
    said: Presence

    @property
    def is_news(self) -> bool:
        """A line left as it was shown says nothing: somebody else may have changed it since."""
        return self.said.code != self.was


@dataclass(frozen=True, kw_only=True)
class Thing:
    """So many of a pledge (by pk), or of something nobody had promised, under a `key`."""

    pledge: int | None = None
    key: uuid.UUID | None = None
    was: str = ""
    quantity: int
    item: str = ""
    unit: str = ""
    kind: str = "tools"

    @property
    def code(self) -> str:
        return f"{self.quantity}|{self.kind}|{self.unit}|{self.item}" if self.key else str(self.quantity)

    @property
    def is_news(self) -> bool:
        return self.code != self.was


@dataclass(frozen=True, kw_only=True)
class Overwritten:
    """What somebody else had written of a line meanwhile, and what holds now."""

    who: str
    before: Presence
    after: Presence
