"""Which records may be of one person? Pairs with their reasons, the surest first; two queries for a whole town."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities import folding, residents
from communities.models import Resident, ToldApart


class Reason(models.TextChoices):
    """Why two records are proposed, the surest first."""

    PHONE = "phone", _("same name and same telephone")
    STREET = "street", _("same name and same street")
    MAILBOX = "mailbox", _("same name, and e-mail addresses alike")
    HOUSEHOLD = "household", _("same telephone and same street")
    QUARTER = "quarter", _("same name and same neighbourhood")
    ALIKE = "alike", _("e-mail addresses alike")


SURE, LIKELY = 8, 4
WEIGHTS = {
    Reason.PHONE: 9,
    Reason.STREET: 8,
    Reason.MAILBOX: 7,
    Reason.HOUSEHOLD: 4,
    Reason.QUARTER: 4,
    Reason.ALIKE: 2,
}
# More share a thing than can be one person: a hostel's telephone, an address of everybody.
CROWD = 8
SHORTEST_MAILBOX = 5
OF_EVERYBODY = {"accueil", "contact", "mairie", "famille", "bonjour", "secretariat"}
COLUMNS = ("pk", "name", "second_name", "email", "phone", "street", "neighbourhood_id")
Pair = tuple[int, int]


@dataclasses.dataclass(frozen=True)
class Double:
    """Two records, the older row first, and why they may be one."""

    one: int
    other: int
    reasons: tuple[Reason, ...]

    @property
    def certainty(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)

    @property
    def words(self) -> str:
        """How sure it is, for people."""
        if self.certainty >= SURE:
            return str(_("almost certain"))
        return str(_("likely") if self.certainty >= LIKELY else _("possible"))


def find() -> list[Double]:
    """Every pair that nobody told apart, the surest first, then in the order in which they were written down."""
    known = Resident.objects.known().order_by("pk").values_list(*COLUMNS)
    found = alike(dict(zip(COLUMNS, row, strict=True)) for row in known)
    for pair in ToldApart.objects.values_list("one_id", "other_id"):
        found.pop(pair, None)
    doubles = [Double(*pair, tuple(sorted(reasons, key=list(Reason).index))) for pair, reasons in found.items()]
    return sorted(doubles, key=lambda double: (-double.certainty, double.one, double.other))


def alike(records: Iterable[dict[str, Any]]) -> dict[Pair, set[Reason]]:
    """Pure: records that share something that few share."""
    sharing: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for record in records:
        for mark in set(marks_of(record)):
            sharing[mark].append(record["pk"])
    found: dict[Pair, set[Reason]] = defaultdict(set)
    for mark, pks in sharing.items():
        if 1 < len(pks) <= CROWD:
            for pair in combinations(sorted(pks), 2):
                found[pair].add(mark[0])
    return found


def marks_of(record: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """(reason, what it says): two records with the same mark are proposed for that reason."""
    number, street = residents.digits(record["phone"]), folding.words(record["street"])
    mailbox, quarter = mailbox_of(record["email"]), record["neighbourhood_id"]
    marks = {Reason.PHONE: number, Reason.STREET: street, Reason.MAILBOX: mailbox, Reason.QUARTER: quarter}
    for name in filter(None, map(called, (record["name"], record["second_name"]))):
        yield from ((reason, name, mark) for reason, mark in marks.items() if mark)
    if number and street:
        yield Reason.HOUSEHOLD, number, street
    if mailbox:
        yield Reason.ALIKE, mailbox


def called(name: str) -> tuple[str, ...]:
    """The words of a name, whatever their order, case and accents: Terril Ada is Ada Terril."""
    return tuple(sorted(folding.words(name).split()))


def mailbox_of(email: str) -> str:
    """The letters before the @: ada.terril@, ada-terril62@ and adaterril@ are alike, wherever they are."""
    letters = re.sub(r"[^a-z]", "", folding.fold(email.partition("@")[0].partition("+")[0]))
    return letters if len(letters) >= SHORTEST_MAILBOX and letters not in OF_EVERYBODY else ""
