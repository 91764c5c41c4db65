"""SPF, in words for the town hall and for its provider."""

from django.utils.translation import gettext as _

from . import spf
from .asking import Names
from .findings import Finding, Level
from .sender import Sender


def may_send(domain: str, sender: Sender, machine: list[str], names: Names) -> Finding:
    """Whether the domain says who may send for it, correctly, and names our machine. Raise Unanswered."""
    read = spf.read(names, domain=domain, senders=machine)
    found, level, request = verdict(domain, read, sender, machine)
    meaning = _("SPF lists the machines that may send letters of this domain. Without it, many mailboxes refuse them.")
    return Finding(_("Who may send (SPF)"), level, found, meaning, request)


def verdict(domain: str, read: spf.Spf, sender: Sender, machine: list[str]) -> tuple[str, Level, str]:
    words = {"domain": domain, "relay": sender.relay, "record": read.record, "addresses": ", ".join(machine)}
    if not read.records:
        request = _("Please publish an SPF record for %(domain)s that allows the servers of %(relay)s to send.") % words
        return _("There is no SPF record."), Level.BAD, request
    if len(read.records) > 1:
        request = _("%(domain)s has several SPF records: please merge them into one (RFC 7208 §3.2).") % words
        return _("There are several SPF records, so none counts."), Level.BAD, request
    return broken(read, words) or weak(read, words) or named(read, machine, words)


def broken(read: spf.Spf, words: dict[str, str]) -> tuple[str, Level, str] | None:
    if read.troubles:
        more = words | {"trouble": read.troubles[0]}
        request = _("In the SPF record of %(domain)s, “%(trouble)s” is not valid: please correct it.") % more
        return _("Mail programs cannot read it: “%(trouble)s”.") % more, Level.BAD, request
    if read.asks_too_much:
        request = (
            _(
                "The SPF record of %(domain)s needs more than 10 DNS lookups (RFC 7208 §4.6.4): please remove the"
                " includes that are no longer used."
            )
            % words
        )
        return _("It asks for more than ten other names, so it does not count."), Level.BAD, request
    return None


def weak(read: spf.Spf, words: dict[str, str]) -> tuple[str, Level, str] | None:
    if read.ending in ("-all", "~all"):
        return None
    request = _("Please end the SPF record of %(domain)s with “~all” (or “-all”).") % words
    if read.ending == "+all":
        return _("It lets any machine in the world send: it ends with “+all”."), Level.BAD, request
    return _("It forbids nothing: it does not end with “~all” or “-all”."), Level.DOUBT, request


def named(read: spf.Spf, machine: list[str], words: dict[str, str]) -> tuple[str, Level, str]:
    if not machine:
        found = (
            _("%(record)s. We do not know from which address letters leave, so we cannot look for it there.") % words
        )
        request = (
            _("From which IP addresses do our letters leave, and does the SPF record of %(domain)s name them?") % words
        )
        return found, Level.DOUBT, request
    if read.allowed >= set(machine):
        return words["record"], Level.GOOD, ""
    found = _("%(record)s. It does not name %(addresses)s.") % words
    request = (
        _(
            "Does the SPF record of %(domain)s name the servers that send for %(relay)s (%(addresses)s, or those that"
            " you use for outgoing mail)? If not, please add them."
        )
        % words
    )
    return found, Level.DOUBT, request
