"""What would become of each line of a file? Someone new, someone known, or refused, and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import erased_addresses, residents
from communities.folding import fold
from communities.models import Neighbourhood, Resident

from . import known_residents
from .known_residents import Key

Facts = dict[str, str]
FIELDS = ("name", "second_name", "email", "phone", "street", "postcode", "city")
LONGEST = {column.name: column.max_length or 0 for column in Resident._meta.fields if column.name in FIELDS}
FORMULA = ("=", "+", "-", "@", "#")


class Verdict(TextChoices):
    """What applying a line would do."""

    NEW = "new", gettext_lazy("new")
    COMPLETED = "completed", gettext_lazy("known, completed")
    KNOWN = "known", gettext_lazy("already known")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass(slots=True)
class Line:
    """One line of the file, tidied: its number, what it says, and what would become of it."""

    number: int
    facts: Facts
    verdict: Verdict = Verdict.NEW
    reason: str = ""
    resident: Resident | None = None
    gains: Facts = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        self.verdict, self.reason = Verdict.REFUSED, reason

    @property
    def is_taken(self) -> bool:
        return self.verdict != Verdict.REFUSED


def examine(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """A verdict on every row, as `importing` keeps them, in a number of queries that does not grow with them."""
    neighbourhoods = {fold(name): name for name in Neighbourhood.objects.values_list("name", flat=True)}
    lines = [Line(number=row["line"], facts=tidied(row["facts"])) for row in rows]
    for line, row in zip(lines, rows, strict=True):
        if trouble := row["trouble"] or fault(line.facts, neighbourhoods):
            line.refuse(trouble)
    refuse_repeats(lines)
    recognise([line for line in lines if line.is_taken])
    refuse_the_erased([line for line in lines if line.verdict == Verdict.NEW])
    return lines


def tidied(facts: Mapping[str, str]) -> Facts:
    """Names joined, telephones and addresses written one way."""
    said = {name: residents.tidy(text) for name, text in facts.items() if text}
    parts = (said.pop("given_name", ""), said.pop("family_name", ""))
    said["name"] = said.pop("full_name", "") or " ".join(part for part in parts if part)
    said["email"] = residents.tidy_email(said.get("email", ""))
    said["phone"] = with_its_zero(residents.tidy_phone(said.get("phone", "")))
    if re.fullmatch(r"\d{4}", said.get("postcode", "")):
        said["postcode"] = f"0{said['postcode']}"
    return {name: text for name, text in said.items() if text}


def with_its_zero(phone: str) -> str:
    """Spreadsheets take telephones for numbers and drop their first zero."""
    return f"0{phone}" if re.fullmatch(r"[1-9]\d{8}", phone) else phone


def fault(facts: Facts, neighbourhoods: Mapping[str, str]) -> str:
    """Why these facts cannot be taken; nothing when they can. Writes the neighbourhood as we write it."""
    if not facts.get("name"):
        return _("There is no name.")
    if not any(facts.get(way) for way in ("email", "phone", "street")):
        return _("There is no e-mail address, telephone or street: this person cannot be reached.")
    for name in FIELDS:
        if len(facts.get(name, "")) > LONGEST[name]:
            return _("“%(start)s…” is too long.") % {"start": facts[name][:40]}
        if name != "phone" and facts.get(name, "").startswith(FORMULA):
            return _("“%(text)s” looks like a formula.") % {"text": facts[name][:40]}
    return bad_name(facts) or bad_email(facts) or bad_phone(facts) or unknown_neighbourhood(facts, neighbourhoods)


def bad_name(facts: Facts) -> str:
    """An address in the column of names is a file whose columns have slipped."""
    names = f"{facts['name']} {facts.get('second_name', '')}"
    return _("“%(name)s” is not a name.") % {"name": facts["name"][:40]} if re.search(r"[@/<>]", names) else ""


def bad_email(facts: Facts) -> str:
    try:
        validate_email(facts.get("email") or "nobody@example.org")
    except ValidationError:
        return _("“%(email)s” is not an e-mail address.") % {"email": facts["email"][:60]}
    return ""


def bad_phone(facts: Facts) -> str:
    phone = facts.get("phone")
    if phone and not (re.fullmatch(r"\+?[\d\s().\-/]+", phone) and 3 <= len(residents.digits(phone)) <= 15):
        return _("“%(phone)s” is not a telephone number.") % {"phone": phone[:40]}
    return ""


def unknown_neighbourhood(facts: Facts, neighbourhoods: Mapping[str, str]) -> str:
    asked = facts.get("neighbourhood", "")
    if asked and fold(asked) not in neighbourhoods:
        return _("No neighbourhood is called “%(name)s”: correct it, or add it first.") % {"name": asked[:60]}
    if asked:
        facts["neighbourhood"] = neighbourhoods[fold(asked)]
    return ""


def refuse_repeats(lines: Iterable[Line]) -> None:
    """The first of several lines about one person counts, or about two people with one e-mail address."""
    first: dict[Key, int] = {}
    for line in (line for line in lines if line.is_taken):
        line.keys = known_residents.keys_of(line.facts)
        seen = next((key for key in line.keys if key in first), None)
        if seen:
            line.refuse(repeated(seen, line_number=first[seen]))
        else:
            first.update(dict.fromkeys(line.keys, line.number))


def repeated(key: Key, *, line_number: int) -> str:
    if key[0] == "email":
        words = _("Same e-mail address as line %(number)s; a household of two is one line with both names.")
    else:
        words = _("Same person as line %(number)s.")
    return words % {"number": line_number}


def recognise(lines: Sequence[Line]) -> None:
    """Tell those we know from the others; what we know is completed, never replaced."""
    known = known_residents.load(key for line in lines for key in line.keys)
    for line in lines:
        resident = next((known[key] for key in line.keys if key in known), None)
        if resident is None:
            continue
        line.resident = resident
        if line.facts.get("email") and resident.email and resident.email.lower() != line.facts["email"].lower():
            line.refuse(_("Already known with another e-mail address: correct the record by hand."))
        else:
            line.gains = gains(resident, line.facts)
            line.verdict = Verdict.COMPLETED if line.gains else Verdict.KNOWN


def refuse_the_erased(lines: Sequence[Line]) -> None:
    """Whoever had their data erased comes back by their own wish, and not by a list."""
    erased = erased_addresses.among([line.facts.get("email", "") for line in lines])
    for line in lines:
        if line.facts.get("email", "").lower() in erased:
            line.refuse(_("This person had their data erased: only they themselves can sign up again."))


def gains(resident: Resident, facts: Facts) -> Facts:
    """What the file says and we did not know. A postal address is taken whole or not at all."""
    gained = {
        name: facts[name]
        for name in ("second_name", "email", "phone")
        if facts.get(name) and not getattr(resident, name)
    }
    if facts.get("street") and not resident.street:
        gained |= {name: facts.get(name, "") for name in ("street", "postcode", "city")}
    if facts.get("neighbourhood") and resident.neighbourhood_id is None:
        gained["neighbourhood"] = facts["neighbourhood"]
    return gained
