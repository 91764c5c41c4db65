"""What do certificates hold on one resident? The name they would have printed, for which project."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.doubles.moving import move
from communities.models import Resident
from communities.personal_data import Held, described
from engagement.models import CertificateRequest

MERGES = ("engagement.CertificateRequest.resident",)


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


def merge(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """One for each project: the one that was granted, else the one that still waits."""
    for theirs, other in move(CertificateRequest, kept=kept, gone=gone, once_per=["project_id"]):
        if theirs.is_granted or (theirs.is_waiting and not other.is_granted):
            other.delete()
        else:
            theirs.delete()
            CertificateRequest.objects.filter(pk=other.pk).update(resident=kept)
