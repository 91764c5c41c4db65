"""Which column of an hour sheet says what, and what does a cell of it mean? Names of people are never read."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from communities.imports.columns import missing, plain, refuse_twins
from communities.imports.tables import Unreadable
from engagement.models import ContributionKind, Side

HEADINGS = {
    "day": ("date", "jour", "le", "fait le", "date du chantier", "day", "done on"),
    "quantity": ("heures", "nombre d heures", "nb heures", "h", "duree", "quantite", "combien", "hours", "quantity"),
    "what": ("quoi", "travail", "travaux", "tache", "description", "objet", "activite", "what", "task"),
    "side": ("cote", "qui apporte", "side"),
    "kind": ("nature", "type", "genre", "type d apport", "nature de l apport", "kind"),
    "unit": ("unite", "unit"),
    "value": ("valeur", "euros", "montant", "valeur en euros", "prix", "value", "amount"),
    "evidence": ("justificatif", "preuve", "piece", "evidence", "proof"),
}
MEANINGS = {heading: meaning for meaning, headings in HEADINGS.items() for heading in headings}
SAMPLE = (
    ["Date", "Heures", "Quoi", "Côté", "Nature", "Unité", "Valeur", "Justificatif"],
    ["04/04/2026", "3,5", "Pose des bancs", "habitants", "bras", "", "", "Feuille du 4 avril"],
    ["04/04/2026", "2 h 30", "Réglage de la dalle", "commune", "heures techniques", "", "", ""],
    ["11/04/2026", "6", "Planches de chêne", "habitants", "matériaux", "pièces", "240", "Facture 118"],
)
SIDES = {
    Side.RESIDENTS: ("", "habitant", "habitants", "habitante", "residents", "resident"),
    Side.COMMUNE: ("commune", "mairie", "ville", "municipalite", "town"),
}
KINDS = {
    ContributionKind.MONEY: ("argent", "euros", "subvention", "don", "money"),
    ContributionKind.MATERIALS: ("materiaux", "fournitures", "materials"),
    ContributionKind.EQUIPMENT: ("materiel", "materiel prete", "pret de materiel", "engins", "equipment"),
    ContributionKind.TECHNICAL: ("heures techniques", "technique", "appui technique", "technical", "technical hours"),
    ContributionKind.HANDS: ("", "bras", "benevolat", "main d oeuvre", "coup de main", "heures", "hands"),
    ContributionKind.MAINTENANCE: ("entretien", "maintenance"),
}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y")
CLOCK = re.compile(r"(\d{1,4})\s*h(?:eures?)?\s*(\d{2})?(?:\s*min)?", re.IGNORECASE)
FIGURE = re.compile(r"(\d{1,10}(?:[.,]\d{1,6})?)(?:h(?:eures?)?)?", re.IGNORECASE)
MINUTES = 60
Meaning = TypeVar("Meaning", Side, ContributionKind)


class Unclear(Exception):
    """This cell says nothing we understand; the message says what it says and what it should."""


def meanings(headings: Sequence[str]) -> list[str]:
    """For each column what it says, "" for one that is not read. Raise Unreadable without a day or a quantity."""
    found = [MEANINGS.get(plain(heading), "") for heading in headings]
    refuse_twins(headings, found)
    needed = {
        "day": _("No column gives the day."),
        "quantity": _("No column gives the hours or the quantity."),
        "what": _("No column says what was done."),
    }
    for meaning, trouble in needed.items():
        if meaning not in found:
            raise Unreadable(missing(trouble, headings))
    return found


def day(cell: str) -> dt.date:
    for pattern in DAYS:
        try:
            return dt.datetime.strptime(cell.partition(" ")[0], pattern).date()  # noqa: DTZ007 - a day has no hour
        except ValueError:
            continue
    raise Unclear(_("“%(cell)s” is not a day: write 04/04/2026.") % {"cell": cell[:40]})


def amount(cell: str) -> Decimal:
    """ "3,5", "3,5 h", "3 h 30", "1 234,50 €": hours and minutes become hundredths of an hour."""
    said = re.sub(r"[\s\u00a0\u202f€]", "", cell)
    clock = CLOCK.fullmatch(said)
    if clock and int(clock[2] or 0) < MINUTES:
        return int(clock[1]) + Decimal(clock[2] or 0) / MINUTES
    figure = FIGURE.fullmatch(said)
    if figure is None:
        raise Unclear(_("“%(cell)s” is not a figure: write 3,5 or 3 h 30.") % {"cell": cell[:40]})
    return Decimal(figure[1].replace(",", "."))


def side(cell: str) -> Side:
    """The residents, where nothing is said."""
    return one_of(SIDES, cell, trouble=_("“%(cell)s” is no side: write “habitants” or “commune”."))


def kind(cell: str) -> ContributionKind:
    """Hands, where nothing is said."""
    return one_of(KINDS, cell, trouble=_("“%(cell)s” is no kind of contribution: see the sample file."))


def one_of(words: dict[Meaning, tuple[str, ...]], cell: str, *, trouble: str) -> Meaning:
    said = plain(cell) or cell.strip()
    for meaning, known in words.items():
        if said in known or said == plain(str(meaning.label)):
            return meaning
    raise Unclear(trouble % {"cell": cell[:40]})
