"""How is the sheet of a delivered project printed? Two pages in the form of the founding sheet: facts in, a PDF out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities import typography
from communities.post import press
from engagement import typesetting
from engagement.ledger import showing

LONGEST_TITLE = 110
LONGEST_FACT = 90
"""Where, how long, how many, at which level."""
LONGEST_OBJECTIVES = 700
LONGEST_TELLING = 600
"""Each of before, during and after."""
MOST_LINES = 5
"""Of satisfactions, of obstacles, and of the contact."""
LONGEST_LINE = 110
LONGEST_CONTACT = 70


@dataclass(frozen=True)
class Picture:
    """A photograph already made small (JPEG or PNG, some 1,200 pixels), and its words."""

    content: bytes
    alt: str
    credit: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """All that the sheet of a project says; what is longer than its place is cut."""

    language: str
    title: str
    where: str
    town: press.Letterhead
    balance: showing.Shown
    duration: str = ""
    participants: str = ""
    level: str = ""
    delivered_on: date | None = None
    objectives: str = ""
    before: str = ""
    during: str = ""
    after: str = ""
    satisfactions: Sequence[str] = ()
    obstacles: Sequence[str] = ()
    contact: Sequence[str] = ()
    url: str = ""
    picture: Picture | None = None


def sheet(*, facts: SheetFacts) -> bytes:
    """A PDF/UA-1 of two pages exactly."""
    with translation.override(facts.language):
        title = typesetting.text(facts.title, language=facts.language, most=LONGEST_TITLE)
        named = _("Project sheet – %(title)s") % {"title": title}
        return press.printed("project_sheet", title=named, language=facts.language, **data_of(facts, title))


def data_of(facts: SheetFacts, title: str) -> dict[str, Any]:
    language = facts.language
    return {
        "town": asdict(facts.town) | {"logo": list(facts.town.logo) if facts.town.logo else None},
        "heading": title,
        "where": typesetting.text(facts.where, language=language, most=LONGEST_FACT),
        "facts": known(facts),
        "balance": balance(facts.balance, language=language),
        "objectives": paragraph(facts.objectives, most=LONGEST_OBJECTIVES, language=language),
        "telling": telling(facts),
        "satisfactions": lines(facts.satisfactions, most=LONGEST_LINE, language=language),
        "obstacles": lines(facts.obstacles, most=LONGEST_LINE, language=language),
        "contact": lines(facts.contact, most=LONGEST_CONTACT, language=language),
        "url": facts.url.partition("://")[2] or facts.url,
        "square": press.square(facts.url) if facts.url else None,
        "picture": picture(facts.picture, language=language) if facts.picture else None,
        "words": words(),
    }


def words() -> dict[str, str]:
    return {
        "kind": _("Fifty-fifty project"),
        "objectives": _("Objectives"),
        "halves": _("The two halves of the project"),
        "residents": pgettext("side", "Residents"),
        "commune": pgettext("side", "Commune"),
        "satisfactions": _("Satisfactions"),
        "obstacles": _("Obstacles"),
        "contact": _("Contact"),
        "online": _("The whole story:"),
        "alt": _("A square to photograph with a telephone: it opens the page of the project."),
        "page": _("page {page} of {pages}"),
    }


def known(facts: SheetFacts) -> list[tuple[str, str]]:
    """Each figure with its name; what nobody wrote is not printed."""
    delivered = typesetting.day(facts.delivered_on, language=facts.language) if facts.delivered_on else ""
    written = [
        (_("Duration"), facts.duration),
        (_("Delivered on"), delivered),
        (_("Participants"), facts.participants),
        (_("Level of participation"), facts.level),
        *costs(facts.balance, language=facts.language),
    ]
    return [
        (label, typesetting.text(value, language=facts.language, most=LONGEST_FACT))
        for label, value in written
        if value.strip()
    ]


def costs(balance: showing.Shown, *, language: str) -> list[tuple[str, str]]:
    """What the commune paid, what residents brought, what was saved: hours before euros."""
    if not balance.total:
        return []
    brought = balance.residents.brought
    worth = typesetting.euros(brought.value, language=language)
    hours = typography.number(brought.hours, language=language)
    residents = _("%(hours)s h, %(worth)s in all") % {"hours": hours, "worth": worth} if brought.hours else worth
    saved = typesetting.euros(balance.saved, language=language)
    share = typography.percent(balance.saved_share, language=language)
    return [
        (_("Brought by the commune"), typesetting.euros(balance.commune.brought.value, language=language)),
        (_("Brought by the residents"), residents),
        (_("Saved by the commune"), _("%(saved)s, that is %(share)s") % {"saved": saved, "share": share}),
    ]


def balance(shown: showing.Shown, *, language: str) -> dict[str, Any]:
    residents, commune = shown.residents.share, shown.commune.share
    percents = [typography.percent(share, language=language) for share in (residents, commune)]
    return {"residents": residents, "commune": commune, "percents": percents, "sentence": shown.sentence}


def telling(facts: SheetFacts) -> list[tuple[str, str]]:
    told = [(_("Before"), facts.before), (_("During"), facts.during), (_("After"), facts.after)]
    shown = [(label, paragraph(typed, most=LONGEST_TELLING, language=facts.language)) for label, typed in told]
    return [(label, text) for label, text in shown if text]


def paragraph(typed: str, *, most: int, language: str) -> str:
    """One, however many lines were typed: the place is counted."""
    return typesetting.text(" ".join(typed.split()), language=language, most=most)


def lines(typed: Sequence[str], *, most: int, language: str) -> list[str]:
    written = [" ".join(line.split()) for line in typed]
    return typesetting.texts(written, language=language, most=most)[:MOST_LINES]


def picture(shown: Picture, *, language: str) -> dict[str, Any]:
    credit = typesetting.text(shown.credit, language=language, most=LONGEST_FACT)
    return {"content": list(shown.content), "alt": shown.alt, "credit": credit}
