"""How is an answer said back to whoever gave it?"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.registry import Registry

from .models import Choice, Invitation, MeetingPage

More = Callable[[MeetingPage, Sequence[Invitation]], Mapping[int, str]]
"""For invitations to one meeting, what else their residents said (by the invitation's pk), in the language in force."""

said_elsewhere: Registry[More] = Registry("what else residents said")


def choice(value: str) -> str:
    """ "yes", in the reader's language."""
    return str(Choice(value).label)


def sentence(*, choice: str, guests: int) -> str:
    """What they answered, with whom."""
    said = _("You answered: %(answer)s.") % {"answer": Choice(choice).label}
    if not guests:
        return said
    people = ngettext("%(guests)s person comes with you.", "%(guests)s people come with you.", guests)
    return f"{said} {people % {'guests': guests}}"


def more(meeting: MeetingPage, invitations: Sequence[Invitation]) -> dict[int, str]:
    """What other rooms know that they said besides: a shift, say, and what they bring."""
    found: dict[int, str] = {}
    for _name, asked in said_elsewhere.items():
        found |= asked(meeting, invitations)
    return found
