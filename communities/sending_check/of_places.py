"""Mailboxes, the sending machine and the return path, in words for the town hall and for its provider."""

from django.utils.translation import gettext as _

from . import keys
from .asking import Names, Unanswered
from .findings import Finding, Level
from .sender import Sender

GOOGLE = ("google.com", "googlemail.com")


def mailbox(domain: str, sender: Sender, names: Names) -> Finding:
    """Whether answers arrive; and not at Google where calendars answer (it keeps them). Raise Unanswered."""
    subject = _("Mailbox (MX)")
    meaning = _("Where answers to your letters arrive. A domain that takes no mail is refused by many mailboxes.")
    words = {"domain": domain, "hosts": ", ".join(names.mx(domain))}
    if not names.mx(domain):
        request = _("Please publish an MX record for %(domain)s, so that answers to our letters arrive.") % words
        return Finding(subject, Level.BAD, _("No server takes the mail of %(domain)s.") % words, meaning, request)
    if domain == sender.inbound and any(host.endswith(GOOGLE) for host in names.mx(domain)):
        found = _("%(hosts)s: the mailbox is at Google.") % words
        why = _("A resident at Gmail who answers from their calendar is heard by Google alone: no answer reaches us.")
        request = (
            _("Please host the mailbox of %(domain)s elsewhere than at Google: its MX must not point there.") % words
        )
        return Finding(subject, Level.BAD, found, why, request)
    return Finding(subject, Level.GOOD, words["hosts"], meaning)


def return_path(domain: str, sender: Sender, names: Names) -> Finding:
    """Whether SPF, which looks at the return path, speaks for the sender that the reader sees. Raise Unanswered."""
    policy = keys.policy_of(names, domain=domain)
    is_strict = policy is not None and policy.is_strict
    meaning = _(
        "What cannot be delivered comes back there. Of another domain, SPF would prove nothing for your letters."
    )
    words = {"domain": domain, "path": sender.return_path}
    if keys.are_aligned(domain, sender.return_path, is_strict=is_strict):
        return Finding(_("Return path"), Level.GOOD, _("Letters come back to %(path)s.") % words, meaning)
    request = _("Please use one domain for both: the sender is at %(domain)s, the return path at %(path)s.") % words
    found = _("Letters come back to %(path)s, which mailboxes take for another domain than %(domain)s.") % words
    return Finding(_("Return path"), Level.DOUBT, found, meaning, request)


def machine(sender: Sender, addresses: list[str], names: Names) -> list[Finding]:
    """Each address's name, and whether the name leads back to it."""
    if addresses:
        return [name_of(address, sender, names) for address in addresses]
    found = _("%(relay)s has no public address: letters leave through another machine, which we do not know.")
    request = _(
        "From which IP addresses do our letters leave? Does each have a reverse name (PTR) that leads back to it?"
    )
    advice = _("Write these addresses in SENDING_ADDRESSES, and check again.")
    return [Finding(_("Name of the machine (PTR)"), Level.DOUBT, found % {"relay": sender.relay}, advice, request)]


def name_of(address: str, sender: Sender, names: Names) -> Finding:
    subject = _("Name of the machine (PTR)")
    meaning = _("Mailboxes ask who stands behind an address, and distrust one without a name that leads back to it.")
    try:
        called = names.names_of(address)
        confirmed = [name for name in called if address in names.addresses(name)]
    except Unanswered:
        return Finding(subject, Level.DOUBT, _("No answer in time about %(name)s.") % {"name": address}, meaning)
    if confirmed:
        return Finding(subject, Level.GOOD, f"{address} = {confirmed[0]}", meaning)
    words = {"address": address, "names": ", ".join(called)}
    found = (
        _("%(address)s is called %(names)s, which does not lead back to it.")
        if called
        else _("%(address)s has no name.")
    )
    request = _("Please give %(address)s a reverse name (PTR) that resolves back to this address.") % words
    return Finding(subject, Level.BAD if sender.own_addresses else Level.DOUBT, found % words, meaning, request)
