"""How is a builder's certificate printed? One page to hang on a wall: facts in, a PDF out. Nobody is ranked."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities.post import press
from engagement import typesetting

LONGEST_WORD = 40
LONGEST_NAME = 70
LONGEST_PROJECT = 110
LONGEST_PART = 180
LONGEST_THANKS = 160


@dataclass(frozen=True)
class CertificateFacts:
    """Who is thanked, for what. An empty `word` or `thanks` is the house's own; `part` says what they did."""

    language: str
    town: press.Letterhead
    city: str
    name: str
    project: str
    on: date
    part: str = ""
    since: date | None = None
    until: date | None = None
    word: str = ""
    thanks: str = ""
    signatory: str = ""
    quality: str = ""


def certificate(*, facts: CertificateFacts) -> bytes:
    """A PDF/UA-1 of one page, A4 on its side."""
    with translation.override(facts.language):
        data = data_of(facts)
        title = f"{data['word']} – {data['name']} – {data['project']}"
        return press.printed("certificate", title=title, language=facts.language, **data)


def data_of(facts: CertificateFacts) -> dict[str, Any]:
    typed = {
        "word": (facts.word or _("Builders"), LONGEST_WORD),
        "name": (facts.name, LONGEST_NAME),
        "project": (facts.project, LONGEST_PROJECT),
        "part": (facts.part, LONGEST_PART),
        "thanks": (facts.thanks or _("Thank you for having built with others what serves all."), LONGEST_THANKS),
        "signatory": (facts.signatory, LONGEST_NAME),
        "quality": (facts.quality, LONGEST_NAME),
        "made": (made(facts), LONGEST_PROJECT),
    }
    shown = {
        key: typesetting.text(" ".join(each.split()), language=facts.language, most=most)
        for key, (each, most) in typed.items()
    }
    return shown | {
        "town": asdict(facts.town) | {"logo": list(facts.town.logo) if facts.town.logo else None},
        "when": when(facts),
        "words": {"given": _("This certificate is given to"), "took_part": _("who took part in")},
    }


def made(facts: CertificateFacts) -> str:
    said = {"city": facts.city, "date": typesetting.day(facts.on, language=facts.language)}
    return _("In %(city)s, on %(date)s") % said


def when(facts: CertificateFacts) -> str:
    """From which day, until which: what is known of both."""
    days = {
        name: typesetting.day(value, language=facts.language) if value else ""
        for name, value in (("since", facts.since), ("until", facts.until))
    }
    if facts.since and facts.until:
        return _("from %(since)s to %(until)s") % days
    if facts.since:
        return _("since %(since)s") % days
    return _("until %(until)s") % days if facts.until else ""
