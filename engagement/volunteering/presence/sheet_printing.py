"""How is the sheet of a work day printed? On its side, a line for each, boxes to tick by hand: facts in, a PDF out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities.post import press
from engagement import typesetting

BLANK_LINES = 5
LONGEST_NAME, LONGEST_WORDS, LONGEST_LINE = 80, 160, 300


@dataclass(frozen=True)
class SheetLine:
    """Who comes with how many people in all, what they bring, what they wrote; their number if given for the day."""

    name: str
    people: int = 1
    things: Sequence[str] = ()
    lift: str = ""
    remark: str = ""
    phone: str = ""
    waits: bool = False


@dataclass(frozen=True)
class SheetShift:
    """What is done, from when to when, and by whom."""

    title: str
    lines: Sequence[SheetLine]
    places: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """All that the sheet says. `missing`: people and things still to find."""

    language: str
    title: str
    when: str
    where: str
    leader: str = ""
    practical: str = ""
    shifts: Sequence[SheetShift] = ()
    missing: Sequence[str] = ()


def sheet(*, facts: SheetFacts) -> bytes:
    """A PDF/UA-1, A4 on its side, as many pages as it takes."""
    with translation.override(facts.language):
        named = _("Sheet of the day – %(title)s") % {"title": printed(facts.title, facts)}
        return press.printed("work_day_sheet", title=named, language=facts.language, **data_of(facts))


def data_of(facts: SheetFacts) -> dict[str, Any]:
    return {
        "heading": printed(facts.title, facts),
        "about": [printed(each, facts) for each in (facts.when, facts.where, leader(facts), facts.practical) if each],
        "shifts": [shift_of(shift, facts) for shift in facts.shifts],
        "missing": [printed(each, facts) for each in facts.missing],
        "blank": BLANK_LINES,
        "words": words(),
    }


def leader(facts: SheetFacts) -> str:
    return _("Leads the day: %(name)s") % {"name": facts.leader} if facts.leader else ""


def printed(typed: str, facts: SheetFacts, most: int = LONGEST_LINE) -> str:
    return typesetting.text(" ".join(typed.split()), language=facts.language, most=most)


def shift_of(shift: SheetShift, facts: SheetFacts) -> dict[str, Any]:
    return {
        "title": printed(shift.title, facts),
        "places": shift.places,
        "lines": [line_of(line, facts) for line in shift.lines],
    }


def line_of(line: SheetLine, facts: SheetFacts) -> dict[str, Any]:
    waits = _("waits for a place") if line.waits else ""
    notes = [each for each in (waits, line.lift, line.remark) if each]
    return asdict(line) | {
        "name": printed(line.name, facts, LONGEST_NAME),
        "things": [printed(each, facts, LONGEST_NAME) for each in line.things],
        "notes": [printed(each, facts, LONGEST_WORDS) for each in notes],
        "phone": printed(line.phone, facts, LONGEST_NAME),
    }


def words() -> dict[str, Any]:
    return {
        "headings": [
            _("There"),
            _("Who"),
            _("People"),
            _("Hours"),
            _("Brings"),
            _("Notes"),
            _("Whom to call in an emergency (name, telephone)"),
        ],
        "missing": _("Still missing"),
        "unannounced": _("Those who come unannounced"),
        "emergency": _("Emergency: 15 ambulance · 18 fire brigade · 112 from any telephone"),
        "by_hand": _(
            "The last column is filled in by hand on the day, by whoever wishes to. Nothing of it is typed or kept: "
            "destroy this sheet once the list has been ticked."
        ),
        "box": _("box to tick"),
        "page": _("page {page} of {pages}"),
    }
