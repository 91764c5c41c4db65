"""What does a convention look like to its readers: whole on a page and on paper for both sides, short for everyone?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from communities.models import Town
from communities.post import sheets
from engagement.models import Commitment, Convention, Side, Signature

from . import content, freezing, printing, saying, versions
from .content import Promised
from .saying import Said

SIDES = (Side.COMMUNE, Side.RESIDENTS)


@dataclass(frozen=True)
class Shown:
    """One convention for those who may read all of it."""

    said: Said
    articles: Sequence[tuple[str, list[dict[str, Any]]]]
    sides: Sequence[tuple[str, str, Sequence["Line"]]]
    signatures: Sequence[Signature]


@dataclass(frozen=True)
class Line:
    """A commitment in words and figures; nothing where nobody said."""

    what: str
    kind: str
    how_much: str
    worth: str
    by_when: str
    who: str
    replaced: str


def said_of(convention: Convention) -> Said:
    """In the town's language, as it is signed."""
    with translation.override(settings.LANGUAGE_CODE):
        return saying.of(convention, versions.latest(convention), language=settings.LANGUAGE_CODE)


def shown(convention: Convention) -> Shown:
    """The whole text, for a page."""
    said = said_of(convention)
    language = said.language
    return Shown(
        said=said,
        articles=[
            (article["heading"], printing.runs(article["text"].split("\n"), language=language))
            for article in said.articles
        ],
        sides=[(side.value, str(side.label), lines(said.of_side(side), language=language)) for side in SIDES],
        signatures=list(convention.signatures.all()),
    )


def lines(promises: Sequence[Promised], *, language: str) -> list[Line]:
    return [
        Line(
            what=each["what"],
            kind=saying.kind_named(each["kind"]),
            how_much=saying.how_much(each, language=language),
            worth=saying.worth(each, language=language),
            by_when=saying.by_when(each, language=language),
            who=each["who"],
            replaced=each["replaced"],
        )
        for each in promises
    ]


def sides_of(commitments: Sequence[Commitment]) -> list[tuple[str, str, Sequence[Line]]]:
    """Both sides' commitments for everyone, in the language in force: without who does it, which may be a name."""
    language = get_language() or settings.LANGUAGE_CODE
    told = [content.promised(row) | {"who": "", "replaced": ""} for row in commitments]
    return [
        (side.value, str(side.label), lines([each for each in told if each["side"] == side], language=language))  # type: ignore[misc]  # the same keys
        for side in SIDES
    ]


def pdf(convention: Convention) -> bytes:
    """A PDF/UA-1 in the town's language: a draft that says so, a sheet to sign, or what was signed."""
    return printing.convention(facts=facts_of(convention))


def pdf_name(convention: Convention) -> str:
    return f"convention-{convention.number}.pdf"


def facts_of(convention: Convention) -> printing.ConventionFacts:
    said, town = said_of(convention), Town.load()
    with translation.override(said.language):
        commune = freezing.commune_of(said)
        promises = [promise(each) for each in said.commitments]
    return printing.ConventionFacts(
        language=said.language,
        number=said.number,
        title=said.title,
        amends=said.amends,
        town=sheets.letterhead(town),
        city=town.city or town.name,
        parties=[printing.Party("commune", commune), printing.Party("residents", [said.holder])],
        articles=[printing.Article(each["heading"], each["text"].split("\n")) for each in said.articles],
        promises=promises,
        signatures=[signature(convention, side) for side in SIDES],
        code=freezing.spaced(convention.code or ""),
        url=verification_url(convention) if convention.code else "",
        sha256=convention.sha256,
    )


def promise(each: Promised) -> printing.Promise:
    return printing.Promise(
        side=each["side"],
        what=each["what"],
        kind=saying.kind_named(each["kind"]),
        quantity=Decimal(each["quantity"]) if each["quantity"] else None,
        unit=each["unit"],
        value=Decimal(each["value"]) if each["value"] else None,
        due=dt.date.fromisoformat(each["due_on"]) if each["due_on"] else None,
        who=each["who"],
        replaced=each["replaced"],
    )


def signature(convention: Convention, side: Side) -> printing.Signature:
    """Its hand, or the place for it."""
    found = next((each for each in convention.signatures.all() if each.side == side), None)
    if found is None:
        return printing.Signature(side=side.value, name="")
    return printing.Signature(
        side=side.value,
        name=found.name,
        quality=found.quality,
        signed_at=found.signed_on if found.scan_id else found.noted_at,
        on_screen=not found.scan_id,
    )


def verification_url(convention: Convention) -> str:
    return f"{settings.SITE_URL}{reverse('engagement:verify_convention')}?code={convention.code}"
