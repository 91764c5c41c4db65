"""What does a bounce say? RFC 3464 where it is followed, the words of a mail server where it is not."""

import re
from dataclasses import dataclass

from . import decoding
from .reading import Incoming

FIELD = re.compile(r"^([A-Za-z-]+)[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
UNDELIVERED = re.compile(
    r"undeliver|not (?:be )?delivered|delivery (?:status|failure|has failed)|failure notice|"
    r"returned (?:mail|to sender)|mail delivery|non ?remis|non distribu|échec de|n'a pas pu être (?:remis|livré)|rebut",
    re.IGNORECASE,
)
TO = re.compile(r"^To[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE | re.IGNORECASE)
# Groups of fields in a report: one about the message, then one for each of its recipients, of whom ours have one.
MOST = 100
ENDINGS = {"failed", "delayed"}


@dataclass(frozen=True)
class Report:
    """What became of one letter: Action and Status (empty where it was said in words only), and the words."""

    action: str
    status: str
    words: str

    @property
    def is_delayed(self) -> bool:
        return self.action == "delayed"


def read(incoming: Incoming) -> Report | None:
    """The failure it reports, or None when it reports none: delivered, relayed, an answer from an absent person."""
    groups = (group for text in incoming.reports for group in re.split(r"\n\s*\n", text, maxsplit=MOST)[:MOST])
    known = [report for report in map(report_in, groups) if report.action]
    if known:
        return next((report for report in known if report.action in ENDINGS), None)
    is_one = incoming.is_report or UNDELIVERED.search(incoming.subject) or is_from_a_server(incoming)
    if not is_one:
        return None
    return Report(action="", status="", words=incoming.text[:2_000])


def is_from_a_server(incoming: Incoming) -> bool:
    return incoming.from_address.partition("@")[0] in {"mailer-daemon", "postmaster"}


def report_in(block: str) -> Report:
    """One group of fields of message/delivery-status (RFC 3464 §2.3)."""
    fields = {name.lower(): " ".join(value.split()) for name, value in FIELD.findall(block)}
    status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", fields.get("status", ""))
    words = fields.get("diagnostic-code", "").partition(";")[2].strip() or fields.get("diagnostic-code", "")
    return Report(
        action=fields.get("action", "").lower().split(" ")[0],
        status=status[0] if status else "",
        words=" ".join(filter(None, [words, "" if words else fields.get("status", "")])),
    )


def sent_to(incoming: Incoming) -> str:
    """The address the returned letter had been sent to; empty when it did not come back."""
    found = TO.search(incoming.returned)
    return next(iter(reversed(decoding.addresses([found[1]]))), "") if found else ""
