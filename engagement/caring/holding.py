"""What do checks hold on one resident? What they were asked to look at, and what they found."""

import datetime as dt

from django.utils.translation import gettext as _

from communities.doubles.moving import move
from communities.models import Resident
from communities.personal_data import Held, described
from engagement.models import KeptFile, StewardshipCheck

MERGES = (
    "engagement.StewardshipCheck.answered_by",
    "engagement.StewardshipCheck.photo_by",
    "engagement.StewardshipCheck.resident",
)


def export(resident: Resident) -> Held:
    asked = resident.checks.select_related("project").order_by("due_on", "pk")
    found = StewardshipCheck.objects.filter(answered_by=resident).select_related("project").order_by("due_on", "pk")
    taken = StewardshipCheck.objects.filter(photo_by=resident).select_related("project").order_by("due_on", "pk")
    return {
        _("What you look after"): [described(check, "project", "what", "due_on", "state") for check in asked],
        _("What you found"): [described(check, "project", "what", "answered_at", "state", "words") for check in found],
        _("What you photographed"): [described(check, "project", "what", "is_photo_public") for check in taken],
    }


def erase(*, resident: Resident, now: dt.datetime) -> None:
    """That somebody looked, and how it stood, stays; their words, their photos and their name go."""
    resident.checks.update(resident=None)
    StewardshipCheck.objects.filter(answered_by=resident).update(answered_by=None, words="")
    taken = StewardshipCheck.objects.filter(photo_by=resident)
    files = list(taken.values_list("photo", flat=True))
    taken.update(photo=None, photo_by=None, is_photo_public=False)
    KeptFile.objects.filter(pk__in=files).delete()


def merge(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """Whoever was asked, found or photographed."""
    for field in ("resident", "answered_by", "photo_by"):
        move(StewardshipCheck, kept=kept, gone=gone, field=field)
