"""Which pictures must staff hear of on their first page?"""

import datetime as dt

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.alerts import Alert
from communities.models import PictureRights, PictureState
from communities.permissions import may_see_picture_rights

PRESSING = (PictureState.SOON, PictureState.EXPIRED)


def alert(now: dt.datetime) -> Alert | None:
    """Authorisations that ended, or end soon; one query."""
    found = PictureRights.objects.standing(timezone.localdate(now)).filter(state__in=PRESSING).count()
    if not found:
        return None
    trouble = ngettext(
        "The authorisation for %(number)s picture ends soon, or has ended.",
        "The authorisations for %(number)s pictures end soon, or have ended.",
        found,
    )
    return Alert(
        trouble=trouble % {"number": found},
        advice=_("Have it signed again, or take the picture out of its pages: once it has ended, it is shown nowhere."),
        where=_("Rights to pictures"),
        way=str(reverse_lazy("picture_rights:index")),
        opens_to=may_see_picture_rights,
    )
