"""How does the list become a page and come back? A small form for each line, so that a wrong one loses no other."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from engagement.models import Attendance, NeedKind, ThingBrought, WorkDay
from engagement.volunteering.thanking.hours import plain

from . import lines
from .forms import NO, YES, LineForm, NewcomerForm, PledgeForm, ThingForm
from .lines import Group, Line
from .ticking import presence_of
from .words import Thing, Word

Data = Mapping[str, Any]
BLANK_LINES, BLANK_THINGS = 2, 1
MOST_NEWCOMERS = 60
_NEWCOMER = re.compile(r"^k([0-9a-f]{32})-name$")
_THING = re.compile(r"^t([0-9a-f]{32})-item$")


class Filling:
    """The list of a work day as forms, unbound or bound to what was posted."""

    def __init__(self, work_day: WorkDay, data: Data | None = None) -> None:
        self.list = lines.of(work_day)
        self.data = data
        self.everyone = str(data.get("everyone", "")) if data else ""
        roles = [(shift.pk, shift.role) for shift in self.list.shifts]
        self.shifts, self.only_shift = roles, roles[0][0] if len(roles) == 1 else None
        self.lines = {line.id: self.line_form(line) for line in self.list.lines}
        self.newcomers = {f"k{row.key.hex}": self.newcomer_form(row.key, row) for row in self.list.newcomers}
        self.pledges = {f"p{each.pk}": self.pledge_form(each) for each in self.list.pledges}
        self.things = {f"t{each.key.hex}": self.thing_form(each.key, each) for each in self.list.things}
        self.add_lines()

    def add_lines(self) -> None:
        """Those that were typed; on a fresh page, some empty ones, each under a key that stays its own."""
        for key in self.keys(_NEWCOMER, BLANK_LINES):
            self.newcomers.setdefault(f"k{key.hex}", self.newcomer_form(key))
        for key in self.keys(_THING, BLANK_THINGS):
            self.things.setdefault(f"t{key.hex}", self.thing_form(key))

    def keys(self, pattern: re.Pattern[str], blank: int) -> list[uuid.UUID]:
        if self.data is None:
            return [uuid.uuid4() for _number in range(blank)]
        return [uuid.UUID(hex=found[1]) for name in self.data if (found := pattern.match(name))][:MOST_NEWCOMERS]

    def line_form(self, line: Line) -> LineForm:
        there = "" if line.row is None else YES if line.row.people else NO
        initial = {"was": line.was, "there": there, "people": line.people, "hours": plain(line.hours)}
        return LineForm(self.data, prefix=line.id, initial=initial)

    def newcomer_form(self, key: uuid.UUID, row: Attendance | None = None) -> NewcomerForm:
        initial: dict[str, Any] = {"there": YES, "people": 1, "shift": self.only_shift}
        if row:
            there = YES if row.people else NO
            initial = {"was": presence_of(row).code, "there": there, "people": row.people or 1}
            initial |= {"hours": plain(row.hours), "name": row.given_name, "shift": row.shift_id}
        return NewcomerForm(self.data, prefix=f"k{key.hex}", initial=initial, shifts=self.shifts)

    def pledge_form(self, pledge: Any) -> PledgeForm:
        was = "" if pledge.brought is None else str(pledge.brought)
        brought = pledge.quantity if pledge.brought is None else pledge.brought
        return PledgeForm(self.data, prefix=f"p{pledge.pk}", initial={"was": was, "brought": brought}, pledge=pledge)

    def thing_form(self, key: uuid.UUID, row: ThingBrought | None = None) -> ThingForm:
        initial: dict[str, Any] = {"kind": NeedKind.TOOLS}
        if row:
            initial = {"item": row.item, "quantity": row.quantity, "unit": row.unit, "kind": row.kind}
            initial["was"] = Thing(key=row.key, **initial).code
        return ThingForm(self.data, prefix=f"t{key.hex}", initial=initial)

    @property
    def groups(self) -> list[tuple[Group, list[tuple[Line, LineForm]]]]:
        return [(group, [(line, self.lines[line.id]) for line in group.lines]) for group in self.list.groups]

    @property
    def forms(self) -> list[Any]:
        return [*self.lines.values(), *self.newcomers.values(), *self.pledges.values(), *self.things.values()]

    @property
    def wrong(self) -> dict[str, Any]:
        """By their prefix, the lines that cannot be taken as they were typed; the others can."""
        return {form.prefix: form for form in self.forms if not form.is_valid()} if self.data is not None else {}

    def keep(self, wrong: Mapping[str, Any]) -> "Filling":
        """Show these as they were typed, with what is wrong."""
        of_kind: list[tuple[type[Any], dict[str, Any]]] = [
            (NewcomerForm, self.newcomers),
            (LineForm, self.lines),
            (PledgeForm, self.pledges),
            (ThingForm, self.things),
        ]
        for prefix, form in wrong.items():
            _kind, forms = next(each for each in of_kind if isinstance(form, each[0]))
            forms[prefix] = form
        return self

    def words(self) -> list[Word]:
        """What the lines say that can be taken."""
        said = [self.word_of(line, self.lines[line.id]) for line in self.list.lines]
        said += [self.newcomer_of(prefix, form) for prefix, form in self.newcomers.items()]
        return [word for word in said if word]

    def word_of(self, line: Line, form: LineForm) -> Word | None:
        """With “everyone is there”, those of whom nothing was said are."""
        if not form.is_valid():
            return None
        shift = line.shift.pk if line.shift else None
        if self.everyone == str(shift or 0) and not form.cleaned_data["there"] and not line.waits:
            form.cleaned_data["there"] = YES
        presence = form.said()
        if presence is None:
            return None
        return Word(volunteer=line.volunteer.pk, shift=shift, was=form.cleaned_data["was"], said=presence)

    def newcomer_of(self, prefix: str, form: NewcomerForm) -> Word | None:
        presence = form.said() if form.is_valid() else None
        if presence is None:
            return None
        return Word(key=uuid.UUID(hex=prefix[1:]), was=form.cleaned_data["was"], said=presence)

    def brought(self) -> list[Thing]:
        """What was promised counts as brought once its volunteer is there, or somebody typed another number."""
        there = {word.volunteer for word in self.words() if word.volunteer and word.said.is_there}
        found = [
            Thing(pledge=form.pledge.pk, was=form.cleaned_data["was"], quantity=form.cleaned_data["brought"])
            for form in self.pledges.values()
            if form.is_valid() and form.cleaned_data["brought"] is not None
            if form.cleaned_data["was"]
            or form.pledge.volunteer_id in there
            or form.cleaned_data["brought"] != form.pledge.quantity
        ]
        return found + [
            Thing(
                key=uuid.UUID(hex=prefix[1:]),
                was=form.cleaned_data["was"],
                quantity=1 if form.cleaned_data["quantity"] is None else form.cleaned_data["quantity"],
                item=form.cleaned_data["item"],
                unit=form.cleaned_data["unit"],
                kind=form.cleaned_data["kind"] or NeedKind.TOOLS,
            )
            for prefix, form in self.things.items()
            if form.is_valid() and form.cleaned_data["item"]
        ]
