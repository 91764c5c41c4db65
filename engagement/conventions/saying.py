"""What does a convention say? Its articles with every placeholder filled, its parties, what each side commits to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import typography
from engagement import placeholders
from engagement.models import ContributionKind, Convention, Side

from .content import Article, Content, Promised
from .terms import MONTHS_A_YEAR, Terms

CENTIMETRES = 100


@dataclass(frozen=True)
class Said:
    """A convention as both sides read it, in the language in force when it was made."""

    language: str
    number: str
    amends: str
    title: str
    commune: str
    holder: str
    deliberation: str
    articles: tuple[Article, ...]
    commitments: tuple[Promised, ...]
    missing: tuple[str, ...]
    """What its articles speak of and nobody wrote yet, as the form calls it."""

    def of_side(self, side: str) -> list[Promised]:
        return [each for each in self.commitments if each["side"] == side]


def said(content: Content, *, number: str, project: str, amends: str = "", language: str) -> Said:
    fields = content["fields"]
    values = values_of(fields, number=number, project=project, language=language)
    return Said(
        language=language,
        number=number,
        amends=amends,
        title=fields["title"],
        commune=fields["commune"],
        holder=fields["holder"],
        deliberation=fields["deliberation"],
        articles=tuple(filled(article, values) for article in content["articles"]),
        commitments=tuple(content["commitments"]),
        missing=tuple(missing_in(content, values)),
    )


def of(convention: Convention, content: Content, *, language: str) -> Said:
    """Of what is frozen, all as it was frozen: whatever its project is called, or an hour is worth, since."""
    amends = convention.amends.number if convention.amends else ""
    now = said(content, number=convention.number, project=convention.project.title, amends=amends, language=language)
    frozen = None if convention.is_draft else content.get("filled")
    if frozen is None:
        return now
    return replace(now, articles=tuple(frozen), commitments=tuple(content.get("priced", content["commitments"])))


def filled(article: Article, values: Mapping[str, str]) -> Article:
    return {
        "heading": placeholders.fill(article["heading"], values),
        "text": placeholders.fill(article["text"], values),
    }


def missing_in(content: Content, values: Mapping[str, str]) -> list[str]:
    """What both parties and a sentence of an article cannot do without; what stands alone on its line, they can."""
    lines = [line for each in content["articles"] for line in (each["heading"], *each["text"].split("\n"))]
    used = [key for line in lines if placeholders.alone(line) is None for key in placeholders.keys_in(line)]
    needed = dict.fromkeys([*("title", "commune", "holder", "purpose"), *used])
    return [str(placeholders.PLACEHOLDERS[key][1]) for key in needed if not values[key]]


def values_of(fields: Mapping[str, Any], *, number: str, project: str, language: str) -> dict[str, str]:
    """What takes the place of each placeholder; the words typed for it, or a date, a number and a sentence written."""
    terms = terms_of(fields)
    typed = {key: str(fields[key]) for key in placeholders.PLACEHOLDERS if key in fields}
    return typed | {
        "number": number,
        "project": project,
        "starts_on": day(fields["starts_on"], language=language),
        "ends_on": day(terms.first_end, language=language),
        "duration": duration(terms.months),
        "months": str(terms.months),
        "renewal": renewal(terms, language=language),
        "review": review(fields["review_months"]),
        "passage": passage(fields["passage_cm"], language=language),
    }


def terms_of(fields: Mapping[str, Any]) -> Terms:
    starts_on = fields["starts_on"]
    return Terms(
        starts_on=starts_on if isinstance(starts_on, dt.date) else dt.date.fromisoformat(starts_on),
        months=fields["months"],
        renewable_months=fields["renewable_months"],
        renewals=fields["renewals"],
    )


def terms_of_convention(convention: Convention) -> Terms:
    return Terms(convention.starts_on, convention.months, convention.renewable_months, convention.renewals)


def day(value: dt.date | str, *, language: str) -> str:
    on = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    return typography.day(on, language=language, pattern="{d} MMMM y")


def duration(months: int) -> str:
    """3 years, 18 months."""
    if months % MONTHS_A_YEAR:
        return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
    years = months // MONTHS_A_YEAR
    return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}


def renewal(terms: Terms, *, language: str) -> str:
    if not terms.is_renewable:
        return _("It is not renewed by itself: going on takes an amendment signed by both sides.")
    words = ngettext(
        "It is then renewed by itself, once, for %(long)s, unless either side writes to the other before its end; it"
        " ends on %(last)s at the latest.",
        "It is then renewed by itself for %(long)s each time, %(number)s times at most, unless either side writes to"
        " the other before the end of a term; it ends on %(last)s at the latest.",
        terms.renewals,
    )
    last = day(terms.last_day, language=language)
    return words % {"long": duration(terms.renewable_months), "number": terms.renewals, "last": last}


def review(months: int) -> str:
    if not months:
        return _("whenever one of them asks for it")
    if months == MONTHS_A_YEAR:
        return _("once a year")
    return ngettext("every month", "every %(number)s months", months) % {"number": months}


def passage(centimetres: int, *, language: str) -> str:
    """1.40 m; nothing where it does not matter."""
    if not centimetres:
        return ""
    metres = f"{Decimal(centimetres) / CENTIMETRES:.2f}"
    decimal = "," if typography.known(language) == "fr" else "."
    return metres.replace(".", decimal) + typography.NARROW + "m"


def how_much(each: Promised, *, language: str) -> str:
    """40 h; nothing where nobody counts."""
    if not each["quantity"]:
        return ""
    return f"{typography.number(Decimal(each['quantity']), language=language)} {each['unit']}".strip()


def worth(each: Promised, *, language: str) -> str:
    return typography.euros(Decimal(each["value"]), language=language) if each["value"] else ""


def by_when(each: Promised, *, language: str) -> str:
    return day(each["due_on"], language=language) if each["due_on"] else ""


def side_named(side: str) -> str:
    return str(Side(side).label)


def kind_named(kind: str) -> str:
    return str(ContributionKind(kind).label)
