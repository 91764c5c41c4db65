"""What a coordinator types on the page of a work day, as a browser sends it."""

import datetime as dt

from engagement.volunteering.coordinating import rows
from tests.engagement.volunteering.plans import in_days

DAY = {"title": "Chantier du verger", "begins": "09:00", "ends": "17:00", "place": "Le verger"}
SHIFT = {"role": "Désherber", "begins": "", "ends": "", "places": "6", "minimum": "2", "minors": "with_adult"}
NEED = {"item": "Brouettes", "quantity": "5", "unit": "", "kind": "tools"}


def the_day(**facts: str) -> dict[str, str]:
    return {**DAY, "day": in_days(10).isoformat(), **facts}


def lines(name: str, given: list[dict[str, str]], *, there: int = 0) -> dict[str, str]:
    """Rows of a formset, then three empty ones."""
    sent = {f"{name}-TOTAL_FORMS": str(len(given) + 3), f"{name}-INITIAL_FORMS": str(there)}
    empty = {"places": "6", "minimum": "0", "minors": "with_adult", "quantity": "1", "kind": "tools"}
    for number, row in enumerate([*given, empty, empty, empty]):
        sent |= {f"{name}-{number}-{field}": value for field, value in row.items()}
    return sent


def whole(
    *, shifts: list[dict[str, str]] | None = None, needs: list[dict[str, str]] | None = None, there: int = 0, **day: str
) -> dict[str, str]:
    shifts = [SHIFT] if shifts is None else shifts
    needs = [NEED] if needs is None else needs
    return {**the_day(**day), **lines(rows.SHIFTS, shifts, there=there), **lines(rows.NEEDS, needs)}


def of_work_day(work_day, **day: str) -> dict[str, str]:
    """What the page of a work day that is there would send back unchanged."""
    shifts = [
        {
            "pk": str(each.pk),
            "role": each.role,
            "begins": f"{each.begins:%H:%M}",
            "ends": f"{each.ends:%H:%M}",
            "places": str(each.places),
            "minimum": str(each.minimum),
            "minors": each.minors,
        }
        for each in work_day.shifts.all()
    ]
    needs = [
        {"pk": str(each.pk), "item": each.item, "quantity": str(each.quantity), "kind": each.kind}
        for each in work_day.needs.all()
    ]
    known = {"title": work_day.meeting.title, "venue": str(work_day.meeting.venue_id or ""), "place": ""}
    known["day"] = (work_day.day or dt.date.min).isoformat()
    return {
        **the_day(**known | day),
        **lines(rows.SHIFTS, shifts, there=len(shifts)),
        **lines(rows.NEEDS, needs, there=len(needs)),
    }
