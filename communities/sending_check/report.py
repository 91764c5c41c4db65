"""Where does each thing stand that mail programs look at, and what is to be asked of the provider?"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import of_keys, of_places, of_spf
from .asking import Names, Unanswered
from .findings import Finding, Level
from .sender import Sender, addresses_of


@dataclass(frozen=True)
class Section:
    """What was found about one domain, or about the machine."""

    title: str
    findings: list[Finding]


def of(*, sender: Sender, names: Names) -> list[Section]:
    """Every check; what the DNS did not answer in time says so instead of guessing."""
    machine = addresses_of(sender, names)
    return [
        *(Section(domain, about(domain, sender, machine, names)) for domain in sender.domains),
        Section(_("The machine that sends"), of_places.machine(sender, machine, names)),
    ]


def about(domain: str, sender: Sender, machine: list[str], names: Names) -> list[Finding]:
    checks: list[tuple[str, Callable[[], Finding]]] = [
        (_("Mailbox (MX)"), lambda: of_places.mailbox(domain, sender, names)),
        (_("Who may send (SPF)"), lambda: of_spf.may_send(domain, sender, machine, names)),
        *(
            (_("Signature (DKIM)"), lambda selector=selector: of_keys.signature(domain, selector, names))  # type: ignore[misc]
            for selector in sender.selectors or ("",)
        ),
        (_("What becomes of forgeries (DMARC)"), lambda: of_keys.forgeries(domain, names)),
        (_("Return path"), lambda: of_places.return_path(domain, sender, names)),
    ]
    return [answered(subject, check) for subject, check in checks]


def answered(subject: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Unanswered as silent:
        return Finding(
            subject,
            Level.DOUBT,
            _("No answer in time about %(name)s.") % {"name": str(silent) or subject},
            _("Nothing is known either way: the network or a name server is slow. Check again in a moment."),
        )
