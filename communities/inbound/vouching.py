"""Did our own mail server find that a message is not from whom it says? Only its own line is believed (RFC 8601)."""

import re

from .reading import Incoming

FAILED = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)
PASSED = re.compile(r"\bdmarc\s*=\s*pass\b", re.IGNORECASE)


def verdict(read: Incoming, *, authserv_id: str) -> str:
    """The topmost Authentication-Results of `authserv_id`, which anybody below it may have imitated; else empty."""
    ours = (line for line in read.verdicts if authserv_id and identifier(line) == authserv_id.lower())
    return next(ours, "")


def identifier(line: str) -> str:
    """Who says it: what stands before the first semicolon, without the version."""
    said = line.partition(";")[0].split()
    return said[0].lower() if said else ""


def is_forged(read: Incoming, *, authserv_id: str) -> bool:
    return bool(FAILED.search(verdict(read, authserv_id=authserv_id)))


def is_genuine(read: Incoming, *, authserv_id: str) -> bool:
    """Proven; where no server of ours looks at it, nothing speaks against it either."""
    return not authserv_id or bool(PASSED.search(verdict(read, authserv_id=authserv_id)))
