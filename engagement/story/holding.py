"""What do certificates hold on one resident? The name they would have printed, for which project."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.models import Resident
from communities.personal_data import Held, described


def export(resident: Resident) -> Held:
    return {
        _("The certificates you asked for"): [
            described(certificate, "project", "given_name", "asked_at", "granted_at", "left_at")
            for certificate in resident.certificates.select_related("project").order_by("pk")
        ]
    }


def erase(*, resident: Resident, now: datetime) -> None:
    """All of it goes: the sheet they printed is theirs."""
    resident.certificates.all().delete()
