"""What does this room hold on one resident about pictures? What they signed, or what was signed for them."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.doubles.moving import move
from communities.models import PictureAuthorisation, Resident
from communities.personal_data import Held, described

from . import saying

# The other guardian is somebody else.
SIGNED = (
    "rights",
    "minor",
    "on_site",
    "in_letters",
    "in_print",
    "on_social",
    "signed_on",
    "valid_until",
    "withdrawn_at",
)


MERGES = ("communities.PictureAuthorisation.resident",)


def export(resident: Resident) -> Held:
    signed = resident.picture_authorisations.select_related("rights__image").order_by("pk")
    return {_("The pictures that were authorised"): [described(each, *SIGNED) for each in signed]}


def erase(*, resident: Resident, now: dt.datetime) -> None:
    """What they signed goes with their names, and so the picture is shown no more, unless it is signed anew."""
    signed = list(resident.picture_authorisations.select_related("rights__image"))
    for each in signed:
        each.delete()
        saying.settle(rights=each.rights, today=timezone.localdate(now))


def merge(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """What either signed is theirs."""
    move(PictureAuthorisation, kept=kept, gone=gone)
