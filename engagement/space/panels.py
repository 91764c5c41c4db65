"""What does the fifty-fifty add to a resident's space? Their ideas, their conventions, their certificates."""

import datetime as dt

from django.http import HttpRequest

from communities.models import Resident
from communities.panels import Panel
from engagement.conventions import on_screen
from engagement.models import CertificateRequest
from engagement.story import certifying

from . import their_certificates, their_conventions

MOST_SHOWN = 20


def conventions_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """Those to sign first; two queries."""
    to_sign = [(asked.convention, on_screen.token_of(asked)) for asked in their_conventions.to_sign(resident)]
    held = list(their_conventions.held_by(resident)[:MOST_SHOWN])
    if not to_sign and not held:
        return None
    return "engagement/space_conventions.html", {"to_sign": to_sign, "held": held}


def certificates_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """The projects they took part in, each with its certificate, asked for or not; two queries."""
    projects = list(their_certificates.taken_part_in(resident)[:MOST_SHOWN])
    if not projects:
        return None
    known = CertificateRequest.objects.filter(resident=resident, project__in=projects)
    asked = {each.project_id: each for each in known.select_related("resident")}
    return "engagement/space_certificates.html", {
        "lines": [(project, asked.get(project.pk), link_to(asked.get(project.pk))) for project in projects]
    }


def link_to(certificate: CertificateRequest | None) -> str:
    return certifying.token_of(certificate) if certificate and certificate.is_granted else ""
