"""Which {placeholders} may stand in the words of a model of convention, and what takes their place?

They are written in the town's own language, {objet}, or by the name that stands here, {purpose}.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.folding import fold

FOUND = re.compile(r"\{([^{}\n]{1,40})\}")
WITH_ITS_STOP = re.compile(FOUND.pattern + r"(\.(?!\.))?")
ENDS_A_SENTENCE = (".", "!", "?", "…")

# By their name in the code: what an officer writes, and what it stands for.
PLACEHOLDERS: dict[str, tuple[Promise, Promise]] = {
    "number": (pgettext_lazy("placeholder", "number"), _("the number of the convention")),
    "project": (pgettext_lazy("placeholder", "project"), _("the title of the project")),
    "title": (pgettext_lazy("placeholder", "title"), _("the title of the convention")),
    "commune": (pgettext_lazy("placeholder", "commune"), _("the commune, and who represents it")),
    "holder": (pgettext_lazy("placeholder", "holder"), _("those who sign on the residents’ side")),
    "deliberation": (pgettext_lazy("placeholder", "deliberation"), _("the deliberation of the council")),
    "purpose": (pgettext_lazy("placeholder", "purpose"), _("what it is about")),
    "site": (pgettext_lazy("placeholder", "site"), _("the place")),
    "starts_on": (pgettext_lazy("placeholder", "starts_on"), _("the day from which it holds")),
    "ends_on": (pgettext_lazy("placeholder", "ends_on"), _("the last day of its first term")),
    "duration": (pgettext_lazy("placeholder", "duration"), _("for how long: 3 years, 18 months")),
    "months": (pgettext_lazy("placeholder", "months"), _("for how many months, in figures")),
    "renewal": (pgettext_lazy("placeholder", "renewal"), _("a sentence: whether it goes on by itself")),
    "review": (pgettext_lazy("placeholder", "review"), _("how often both sides look at it together")),
    "maintenance": (pgettext_lazy("placeholder", "maintenance"), _("the maintenance plan")),
    "insurance": (pgettext_lazy("placeholder", "insurance"), _("what is written about insurance")),
    "passage": (pgettext_lazy("placeholder", "passage"), _("the accessible passage: 1.40 m")),
    "take_back": (pgettext_lazy("placeholder", "take_back"), _("when the commune takes it back")),
    "contact": (pgettext_lazy("placeholder", "contact"), _("the contact")),
    "evaluation": (pgettext_lazy("placeholder", "evaluation"), _("how it is evaluated")),
}


def shown() -> list[tuple[str, str]]:
    """Each placeholder as the town writes it, with what it stands for in the reader's language."""
    return [(in_braces(key), str(meaning)) for key, (_name, meaning) in PLACEHOLDERS.items()]


def in_braces(key: str) -> str:
    """As the town types it in a clause: {début}."""
    return "{%s}" % written(key)  # noqa: UP031 - braces


def written(key: str) -> str:
    """Its name in the town's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(PLACEHOLDERS[key][0])


def keys() -> dict[str, str]:
    """Every way to write one, accents or not, and its key."""
    return {**{fold(written(key)): key for key in PLACEHOLDERS}, **{key: key for key in PLACEHOLDERS}}


def used_in(text: str) -> list[str]:
    """What stands between braces, as it was typed, each once."""
    return list(dict.fromkeys(name.strip() for name in FOUND.findall(text)))


def unknown_in(text: str) -> list[str]:
    """Those that nothing would take the place of."""
    known = keys()
    return [name for name in used_in(text) if fold(name) not in known]


def keys_in(text: str) -> list[str]:
    """The keys of those that are known."""
    known = keys()
    return [known[fold(name)] for name in used_in(text) if fold(name) in known]


def alone(line: str) -> str | None:
    """The key of the placeholder that is all there is on a line: with nothing to fill it, the line is not there."""
    found = FOUND.fullmatch(line.strip())
    return keys().get(fold(found[1].strip())) if found else None


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with the values of its placeholders, by key; what is not known stays as it was typed.

    A line that would be empty for want of a value is left out. What takes a placeholder's place is never looked at
    again: braces in it are words. A sentence that ends in one has one full stop, the value's or its own.
    """
    known = keys()
    lines = [line for line in text.split("\n") if values.get(alone(line) or "", "there")]
    filled = "\n".join(lines)

    def value(found: re.Match[str]) -> str:
        said = values.get(known.get(fold(found[1].strip()), ""))
        if said is None:
            return found[0]
        return said if said.endswith(ENDS_A_SENTENCE) else said + (found[2] or "")

    return WITH_ITS_STOP.sub(value, filled)
