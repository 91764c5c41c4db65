"""How is an answer said back to whoever gave it?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Choice


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
