"""How is a convention printed? Facts in, a PDF out, the same for the same: nothing here reads the database."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities import typography
from communities.post import press
from engagement import typesetting

RESIDENTS = "residents"
COMMUNE = "commune"
LONGEST_NUMBER = 24
LONGEST_NAME = 120
"""Characters of a name or a quality beside a signature, which is never broken across two pages."""


@dataclass(frozen=True)
class Party:
    """One side, as the convention presents it."""

    side: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Article:
    """One numbered clause; a paragraph that begins with "- " is an item of a list."""

    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Promise:
    """One line of what a side commits to: `kind` is in words, `replaced` what the promise said whose place it takes."""

    side: str
    what: str
    kind: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    value: Decimal | None = None
    due: date | None = None
    who: str = ""
    replaced: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs for a side: by hand, until `signed_at` says when it was done, by hand or on screen."""

    side: str
    name: str
    quality: str = ""
    signed_at: date | None = None
    on_screen: bool = False


@dataclass(frozen=True)
class ConventionFacts:
    """All that a convention, or an amendment, says. Without its `sha256` it is a draft, and says so."""

    language: str
    number: str
    title: str
    town: press.Letterhead
    city: str
    parties: Sequence[Party]
    articles: Sequence[Article]
    promises: Sequence[Promise]
    signatures: Sequence[Signature]
    amends: str = ""
    code: str = ""
    url: str = ""
    sha256: str = ""


def convention(*, facts: ConventionFacts) -> bytes:
    """A PDF/UA-1; 0.1 s on two cores for twelve articles and twenty commitments."""
    with translation.override(facts.language):
        return press.printed("convention", title=name_of(facts), language=facts.language, **data_of(facts))


def name_of(facts: ConventionFacts) -> str:
    """What the document is called, in the window of whoever reads it."""
    return f"{kind_of(facts)} – {typesetting.text(facts.title, language=facts.language)}"


def data_of(facts: ConventionFacts) -> dict[str, Any]:
    """Everything printed, already in the words and the manner of the language in force."""
    language = facts.language
    return {
        "town": asdict(facts.town) | {"logo": list(facts.town.logo) if facts.town.logo else None},
        "kind": kind_of(facts),
        "heading": typesetting.text(facts.title, language=language),
        "draft": "" if facts.sha256 else _("DRAFT – not to be signed"),
        "parties": [party(each, language=language) for each in facts.parties],
        "articles": [
            {"heading": heading(number, each, language=language), "runs": runs(each.paragraphs, language=language)}
            for number, each in enumerate(facts.articles, start=1)
        ],
        "promises": [promises(side, facts) for side in (RESIDENTS, COMMUNE)],
        "signatures": [signature(each, facts) for each in facts.signatures],
        "proof": proof(facts) if facts.sha256 else None,
        "words": words(facts),
    }


def words(facts: ConventionFacts) -> dict[str, str]:
    return {
        "between": _("Between"),
        "what": _("What"),
        "how_much": _("How much"),
        "value": _("Value"),
        "due": _("By when"),
        "who": _("Who"),
        "total": _("Total value"),
        "commitments": _("What each side commits to"),
        "nothing": _("No commitment is written for this side."),
        "signatures": _("Signatures"),
        "made": _("Made in two copies in %(city)s, on") % {"city": facts.city},
        "by_hand": _("Signature, after the handwritten words “Read and approved”:"),
        "page": _("page {page} of {pages}"),
        "watermark": _("DRAFT"),
    }


def kind_of(facts: ConventionFacts) -> str:
    number, amends = (
        typesetting.text(typed, language=facts.language, most=LONGEST_NUMBER) for typed in (facts.number, facts.amends)
    )
    if amends:
        return _("Amendment no. %(number)s to convention no. %(amends)s") % {"number": number, "amends": amends}
    return _("Convention no. %(number)s") % {"number": number}


def side_named(side: str) -> str:
    return pgettext("side", "The residents") if side == RESIDENTS else pgettext("side", "The commune")


def party(each: Party, *, language: str) -> dict[str, Any]:
    paragraphs = typesetting.texts(each.paragraphs, language=language)
    return {"side": each.side, "name": side_named(each.side), "paragraphs": paragraphs}


def heading(number: int, article: Article, *, language: str) -> str:
    words = _("Article %(number)s – %(heading)s") % {"number": number, "heading": article.heading}
    return typesetting.text(words, language=language)


def runs(paragraphs: Sequence[str], *, language: str) -> list[dict[str, Any]]:
    """Paragraphs, and lists made of the items that follow each other."""
    made: list[dict[str, Any]] = []
    for typed in paragraphs:
        is_item = typed.startswith("- ")
        shown = typesetting.text(typed[2:] if is_item else typed, language=language)
        if is_item and made and made[-1]["is_list"]:
            made[-1]["texts"].append(shown)
        elif shown:
            made.append({"is_list": is_item, "texts": [shown]})
    return made


def promises(side: str, facts: ConventionFacts) -> dict[str, Any]:
    """A table's worth; its total only when several lines have a value."""
    own = [each for each in facts.promises if each.side == side]
    values = [each.value for each in own if each.value is not None]
    total = sum(values, Decimal()) if len(values) > 1 else None
    return {
        "side": side,
        "name": side_named(side),
        "rows": [row(each, language=facts.language) for each in own],
        "total": typesetting.euros(total, language=facts.language),
    }


def row(each: Promise, *, language: str) -> list[str]:
    how_much = "" if each.quantity is None else typesetting.amount(each.quantity, each.unit, language=language)
    due = typesetting.day(each.due, language=language) if each.due else ""
    value = typesetting.euros(each.value, language=language)
    what, who = (typesetting.text(typed, language=language) for typed in (what_of(each), each.who))
    return [what, how_much, value, due, who]


def what_of(each: Promise) -> str:
    """What is promised, of which kind, and in the place of what: as the text that is frozen says it."""
    replaced = _("in the place of “%(what)s”") % {"what": each.replaced} if each.replaced else ""
    return " – ".join(filter(None, [each.what, each.kind, replaced]))


def signature(each: Signature, facts: ConventionFacts) -> dict[str, Any]:
    name, quality = (
        typesetting.text(typed, language=facts.language, most=LONGEST_NAME) for typed in (each.name, each.quality)
    )
    done = typesetting.text(signed(each, name, language=facts.language), language=facts.language)
    return {"side": each.side, "for": side_named(each.side), "name": name, "quality": quality, "done": done}


def signed(each: Signature, name: str, *, language: str) -> str:
    """When and how it was signed; nothing while it is not."""
    if each.signed_at is None:
        return ""
    said = {"name": name, "when": moment(each.signed_at, language=language)}
    if each.on_screen:
        return _("Signed on screen on %(when)s by %(name)s; code checked by e-mail.") % said
    return _("Signed on paper on %(when)s by %(name)s.") % said


def moment(value: date, *, language: str) -> str:
    """The day, and its hour where it is known."""
    on = typesetting.day(value, language=language)
    if not isinstance(value, datetime):
        return on
    return _("%(day)s at %(time)s") % {"day": on, "time": typography.clock(value, language=language)}


def proof(facts: ConventionFacts) -> dict[str, Any]:
    """How anyone checks that this text is the one that was frozen."""
    return {
        "heading": _("Check this document"),
        "how": _("Anyone may check that this text has not changed, at this address, with this code:"),
        "code_word": _("Code"),
        "code": facts.code,
        "url": facts.url.partition("://")[2] or facts.url,
        "square": press.square(facts.url) if facts.url else None,
        "alt": _("A square to photograph with a telephone: it opens the page that checks this document."),
        "print_word": _("Fingerprint of the text (SHA-256)"),
        "print": " ".join(facts.sha256[at : at + 8] for at in range(0, len(facts.sha256), 8)),
    }
