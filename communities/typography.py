"""How does print in this language write a day, an hour, a number, a telephone?"""

import re
from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone

NARROW = "\u202f"  # the narrow no-break space of French print
BROAD = "\u00a0"
PHRASES = {
    "fr": {
        "hours": "de {start} à {end}",
        "same_day": "{day}, de {start} à {end}",
        "several_days": "du {first} à {start} au {last} à {end}",
    },
    "en": {
        "hours": "{start} to {end}",
        "same_day": "{day}, {start} to {end}",
        "several_days": "from {first} at {start} to {last} at {end}",
    },
}


def known(language: str | None) -> str:
    """The language print rules are kept for: French when it is French, English otherwise."""
    return "fr" if (language or "").startswith("fr") else "en"


def phrase(name: str, *, language: str | None, **parts: str) -> str:
    return PHRASES[known(language)][name].format(**parts)


def here(value: datetime) -> datetime:
    """The town's own time for an aware moment; a naive one is already local."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def clock(value: datetime | time, *, language: str | None) -> str:
    """18 h 30 in French, 6:30 pm in English; a full hour loses its zeros."""
    moment = here(value).time() if isinstance(value, datetime) else value
    if known(language) == "fr":
        return f"{moment.hour}{NARROW}h" + (f"{NARROW}{moment.minute:02}" if moment.minute else "")
    pattern = "h:mm a" if moment.minute else "h a"
    return format_time(moment, pattern, locale="en").lower().replace(" ", BROAD)


def day(value: date, *, language: str | None, pattern: str = "EEEE {d} MMMM y") -> str:
    """samedi 1er mars 2027; the day and its month stay on one line. `{d}` is the day of the month."""
    local = here(value) if isinstance(value, datetime) else value
    ordinal = known(language) == "fr" and local.day == 1
    pattern = pattern.replace("{d} ", ("'1er'" if ordinal else "d") + BROAD)
    return format_date(local, pattern, locale=known(language))


def hours(start: datetime, end: datetime, *, language: str | None) -> str:
    """de 18 h 30 à 20 h; what ends on another day says both days."""
    if here(start).date() != here(end).date():
        return span(start, end, language=language)
    return phrase("hours", language=language, start=clock(start, language=language), end=clock(end, language=language))


def span(start: datetime, end: datetime | None, *, language: str | None) -> str:
    """When something lasts, in one breath: one day and its hours, or from one day to another."""
    if end is None:
        return f"{day(start, language=language)}, {clock(start, language=language)}"
    first, last = day(start, language=language), day(end, language=language)
    times = {"start": clock(start, language=language), "end": clock(end, language=language)}
    if first == last:
        return phrase("same_day", language=language, day=first, **times)
    return phrase("several_days", language=language, first=first, last=last, **times)


def number(value: int | float | Decimal, *, language: str | None) -> str:
    """30 000 in French, 30,000 in English."""
    return format_decimal(value, locale=known(language)).replace(BROAD, NARROW)


def euros(value: int | float | Decimal, *, language: str | None) -> str:
    """30 000 € in French, €30,000 in English; cents only where there are some."""
    cents = "" if value == int(value) else ".00"
    pattern = "#,##0" + cents + NARROW + "¤" if known(language) == "fr" else "¤#,##0" + cents
    written = format_currency(value, "EUR", pattern, locale=known(language), currency_digits=False)
    return written.replace(BROAD, NARROW)


def percent(value: int, *, language: str | None) -> str:
    """70 % in French, 70% in English."""
    return f"{value}{NARROW}%" if known(language) == "fr" else f"{value}%"


def phone(value: str) -> str:
    """A French number in pairs, as people say it; any other as it was typed."""
    digits = re.sub(r"^(?:\+|00)33", "0", re.sub(r"[\s.\-()\u00a0\u202f]", "", value))
    if not re.fullmatch(r"0\d{9}", digits):
        return value
    return BROAD.join(re.findall("..", digits))


def tel(value: str) -> str:
    """What a telephone dials (RFC 3966): +33 for a French number, short numbers as they are."""
    digits = re.sub(r"[^\d+]", "", value)
    if digits.startswith("00"):
        return f"tel:+{digits[2:]}"
    return f"tel:+33{digits[1:]}" if re.fullmatch(r"0\d{9}", digits) else f"tel:{digits}"


_PRINT_RULES = [
    (r"(?<=\w)'(?=\w)", "’"),
    (r'"([^"]+)"', "«\\1»"),
    (r"«\s*", f"«{NARROW}"),
    (r"\s*»", f"{NARROW}»"),
    (r"[ \u00a0]+([;!?])(?=\s|$|»|\))", f"{NARROW}\\1"),
    (r"[ \u202f]+(:)(?=\s|$)", f"{BROAD}\\1"),
    (r"(?<=\d)[ \u00a0](?=\d{3}\b)", NARROW),
    (r"(?<=\d)[ \u00a0](?=[€%]|h\b)", NARROW),
    (r"(?<=\d\u202fh)[ \u00a0](?=\d{2}\b)", NARROW),
]


def typeset(text: str, *, language: str | None) -> str:
    """What a person typed, with the spaces, quotes and apostrophes of French print. Plain text only."""
    if known(language) == "fr":
        for found, printed in _PRINT_RULES:
            text = re.sub(found, printed, text)
    return text
