"""What does a relay's refusal mean, for someone who is no postmaster?"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The class (4 or 5) says whether it is for good; a number within another one, such as an IP address, is no code.
_CODE = re.compile(r"(?<![\d.])[45]\.(\d{1,3}\.\d{1,3})(?![\d.]*\d)")

_NO_SUCH_ADDRESS = _("This address does not exist, or does not exist any more.")
_REFUSED = _("Their mail provider refuses our letters: see “Check the sending”.")
_UNREACHABLE = _("Their mail provider cannot be reached.")

MEANINGS: dict[str, str | Promise] = {
    "1.1": _NO_SUCH_ADDRESS,
    "1.2": _("What stands after the @ in this address does not exist: a typing mistake, perhaps."),
    "1.3": _("This address is not written as an address is."),
    "1.10": _NO_SUCH_ADDRESS,
    "2.1": _("This mailbox is closed."),
    "2.2": _("This mailbox is full."),
    "3.4": _("The letter is too large for this mailbox."),
    "4.1": _UNREACHABLE,
    "4.4": _UNREACHABLE,
    "4.7": _UNREACHABLE,
    "7.1": _REFUSED,
    "7.20": _REFUSED,
    "7.23": _REFUSED,
    "7.25": _REFUSED,
    "7.26": _REFUSED,
}
"""By the subject and the detail of an enhanced status code (RFC 3463 §3, RFC 7372 §3)."""


def meaning(reason: str) -> str:
    """In words, what a relay or a returned letter said; empty when its code says nothing to a person."""
    found = _CODE.search(reason)
    return str(MEANINGS.get(found[1], "")) if found else ""
