"""DKIM and DMARC, in words for the town hall and for its provider."""

from django.utils.translation import gettext as _

from . import keys
from .asking import Names
from .findings import Finding, Level


def signature(domain: str, selector: str, names: Names) -> Finding:
    """Whether the key that our signature names is published and long enough. Raise Unanswered."""
    subject = _("Signature (DKIM)")
    meaning = _("DKIM signs each letter: mailboxes see that it comes from the town and that nobody changed it.")
    words = {"domain": domain, "name": f"{selector}._domainkey.{domain}"}
    if not selector:
        found = _("We do not know the name (selector) of your key, so we cannot look for it.")
        request = _("Do you sign the letters of %(domain)s with DKIM, and with which selector?") % words
        return Finding(subject, Level.DOUBT, found, meaning, request)
    key = keys.key_of(names, selector=selector, domain=domain)
    if key is None:
        request = (
            _(
                "Please sign our letters with DKIM for %(domain)s, with a key of 2048 bits, and publish it under"
                " %(name)s."
            )
            % words
        )
        return Finding(subject, Level.BAD, _("No key is published under %(name)s.") % words, meaning, request)
    return Finding(subject, *strength(key, words, meaning))


def strength(key: keys.Key, words: dict[str, str], meaning: str) -> tuple[Level, str, str, str]:
    more = words | {"bits": str(key.bits)}
    if key.bits is None:
        request = _("The DKIM key %(name)s is revoked (empty p=): please publish the one that is in use.") % words
        return Level.BAD, _("The key %(name)s was revoked.") % words, meaning, request
    if not key.bits:
        request = _("The DKIM key %(name)s cannot be read: please publish it again.") % words
        return Level.BAD, _("The key %(name)s cannot be read.") % words, meaning, request
    if not key.is_long_enough:
        request = _("The DKIM key %(name)s has %(bits)s bits: please replace it by one of 2048 bits.") % more
        return Level.DOUBT, _("The key %(name)s has only %(bits)s bits.") % more, meaning, request
    return Level.GOOD, _("The key %(name)s has %(bits)s bits.") % more, meaning, ""


def forgeries(domain: str, names: Names) -> Finding:
    """Whether mailboxes are told what to do with letters that prove nothing. Raise Unanswered."""
    subject = _("What becomes of forgeries (DMARC)")
    meaning = _("DMARC says what mailboxes do with letters that pretend to be yours. Large mailboxes ask for it.")
    words = {"domain": domain, "wanted": f"v=DMARC1; p=none; rua=mailto:postmaster@{keys.registered(domain)}"}
    policy = keys.policy_of(names, domain=domain)
    if policy is None:
        request = _("Please publish a DMARC record at _dmarc.%(domain)s, for instance: %(wanted)s") % words
        return Finding(subject, Level.BAD, _("There is no DMARC record."), meaning, request)
    if policy.policy not in ("none", "quarantine", "reject"):
        request = _("The DMARC record of %(domain)s has no valid policy (p=): please correct it.") % words
        return Finding(subject, Level.BAD, _("Its policy (p=) cannot be read."), meaning, request)
    found = _("The policy is “%(policy)s”.") % {"policy": policy.policy}
    if policy.policy == "none":
        found += " " + _("That is enough to begin with; “quarantine” protects better once SPF and DKIM are in order.")
    return Finding(subject, Level.GOOD, found, meaning)
