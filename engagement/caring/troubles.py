"""Somebody found that work is needed: who at the town hall hears of it?"""

import datetime as dt

from django.utils.translation import gettext as _

from communities.models import Suppression, Town
from communities.post import mailings
from engagement.models import StewardshipCheck

LETTER_KIND = "check_trouble"


def tell(*, check: StewardshipCheck, now: dt.datetime) -> None:
    """A letter to the project's officer, else to the town hall's mailbox; it stands on the desk whoever reads it."""
    address = mailbox(check)
    if not address:
        return
    mailings.post_to_address(
        kind=LETTER_KIND,
        key=str(check.pk),
        title=_("It needs work: %(title)s") % {"title": check.project},
        address=address,
        now=now,
    )


def mailbox(check: StewardshipCheck) -> str:
    """Empty where neither may be written to."""
    officer = check.project.officer
    wanted = [officer.email if officer else "", Town.load().email]
    blocked = Suppression.objects.blocking(wanted)
    return next((address for address in wanted if address and address.lower() not in blocked), "")
