"""What is in a convention, as data that is kept, compared and frozen? The same rows, the same data, in any order."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NotRequired, TypedDict

from engagement import typesetting
from engagement.models import Commitment, Convention, Side

FIELDS = (
    "title",
    "commune",
    "holder",
    "deliberation",
    "purpose",
    "site",
    "starts_on",
    "months",
    "renewable_months",
    "renewals",
    "review_months",
    "maintenance",
    "insurance",
    "passage_cm",
    "take_back",
    "contact",
    "evaluation",
    "summary",
)
CENT = Decimal("0.01")
ORDER = {Side.COMMUNE: 0, Side.RESIDENTS: 1}


class Article(TypedDict):
    """A heading and its words, placeholders and all."""

    heading: str
    text: str


class Promised(TypedDict):
    """One commitment: decimals with two places, days as ISO 8601 writes them, nothing as an empty string.

    `replaces` is the key of an earlier commitment whose place it takes, `replaced` what that one says.
    """

    side: str
    kind: str
    what: str
    quantity: str
    unit: str
    value: str
    due_on: str
    who: str
    replaces: int | None
    replaced: str


class Content(TypedDict):
    """A version. If it was frozen, `filled` are its articles as they were then, with no placeholder left in them, and
    `priced` its commitments, with what hours were worth.
    """

    articles: list[Article]
    commitments: list[Promised]
    fields: dict[str, Any]
    filled: NotRequired[list[Article]]
    priced: NotRequired[list[Promised]]


def of(*, fields: Mapping[str, Any], articles: Iterable[Article], commitments: Iterable[Promised]) -> Content:
    """Every text in one form (NFC, no blank at an end), every commitment in one order."""
    return {
        "articles": [
            {"heading": tidy(article["heading"]), "text": tidy(article["text"])}
            for article in articles
            if tidy(article["heading"]) or tidy(article["text"])
        ],
        "commitments": sorted((tidied(each) for each in commitments), key=in_order),
        "fields": {name: plain(fields[name]) for name in FIELDS},
    }


def tidied_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As a row keeps them: the words in the form that they have in a version."""
    return {name: tidy(value) if isinstance(value, str) else value for name, value in fields.items()}


def fields_of(convention: Convention) -> dict[str, Any]:
    return {name: getattr(convention, name) for name in FIELDS}


def commitments_of(convention: Convention) -> list[Promised]:
    return [promised(row) for row in convention.commitments.select_related("replaces")]


def promised(row: Commitment) -> Promised:
    return {
        "side": str(row.side),
        "kind": str(row.kind),
        "what": row.what,
        "quantity": amount(row.quantity),
        "unit": row.unit,
        "value": amount(row.value),
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "who": row.who,
        "replaces": row.replaces_id,
        "replaced": str(row.replaces or ""),
    }


def row_of(promise: Promised, *, convention: Convention) -> Commitment:
    """The row that says the same."""
    return Commitment(
        convention=convention,
        side=promise["side"],
        kind=promise["kind"],
        what=promise["what"],
        quantity=Decimal(promise["quantity"]) if promise["quantity"] else None,
        unit=promise["unit"],
        value=Decimal(promise["value"]) if promise["value"] else None,
        due_on=dt.date.fromisoformat(promise["due_on"]) if promise["due_on"] else None,
        who=promise["who"],
        replaces_id=promise["replaces"],
    )


def amount(value: Decimal | str | None) -> str:
    """Two places, so that 40 and 40.00 are one."""
    return "" if value in (None, "") else str(Decimal(value).quantize(CENT))


def tidied(each: Promised) -> Promised:
    said = {name: tidy(value) if isinstance(value, str) else value for name, value in each.items()}
    said |= {"quantity": amount(each["quantity"]), "value": amount(each["value"])}
    return Promised(**said)  # type: ignore[typeddict-item]  # the same keys


def in_order(each: Promised) -> tuple[object, ...]:
    """The commune's first; then by what they are, wherever their rows stood."""
    side = ORDER.get(Side(each["side"]), 2)
    rest = (str(each[name]) for name in Promised.__annotations__)  # type: ignore[literal-required]  # its own keys
    return (side, each["due_on"] or "9", each["kind"], *rest)


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return tidy(value) if isinstance(value, str) else value


def tidy(text: str) -> str:
    """One form for what looks the same: NFC, lines that end one way, no blanks at the end of any. No mark turns
    words round.
    """
    composed = unicodedata.normalize("NFC", typesetting.straight(text))
    lines = composed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
