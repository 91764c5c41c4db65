"""Somebody found that work is needed: who at the town hall hears of it?"""

import datetime as dt

from django.utils.translation import gettext as _

from communities.post import mailings
from engagement import telling
from engagement.models import StewardshipCheck

LETTER_KIND = "check_trouble"


def tell(*, check: StewardshipCheck, now: dt.datetime) -> None:
    """A letter to the project's officer, else to the town hall's mailbox; it stands on the desk whoever reads it."""
    address = telling.mailbox_of(check.project)
    if not address:
        return
    mailings.post_to_address(
        kind=LETTER_KIND,
        key=str(check.pk),
        title=_("It needs work: %(title)s") % {"title": check.project},
        address=address,
        now=now,
    )
