"""What do checks hold on one resident? What they were asked to look at, and what they found."""

import datetime as dt

from django.utils.translation import gettext as _

from communities.models import Resident
from communities.personal_data import Held, described
from engagement.models import StewardshipCheck


def export(resident: Resident) -> Held:
    asked = resident.checks.select_related("project").order_by("due_on", "pk")
    found = StewardshipCheck.objects.filter(answered_by=resident).select_related("project").order_by("due_on", "pk")
    return {
        _("What you look after"): [described(check, "project", "what", "due_on", "state") for check in asked],
        _("What you found"): [described(check, "project", "what", "answered_at", "state", "words") for check in found],
    }


def erase(*, resident: Resident, now: dt.datetime) -> None:
    """That somebody looked, and how it stood, stays; their words, their photo and their name go."""
    resident.checks.update(resident=None)
    for check in StewardshipCheck.objects.filter(answered_by=resident).select_related("photo"):
        photo = check.photo
        StewardshipCheck.objects.filter(pk=check.pk).update(
            answered_by=None, words="", photo=None, is_photo_public=False
        )
        if photo:
            photo.delete()
