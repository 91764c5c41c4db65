"""What does the fifty-fifty add to a resident's space? Their ideas, their conventions, their certificates."""

import datetime as dt

from django.http import HttpRequest

from communities.models import Resident
from communities.panels import Panel
from engagement.conventions import on_screen
from engagement.models import CertificateRequest, SignatureRequest
from engagement.story import certifying

from . import their_certificates, their_conventions

MOST_SHOWN = 20


def conventions_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """Those to sign first; one query."""
    theirs = list(their_conventions.all_of(resident)[:MOST_SHOWN])
    if not theirs:
        return None
    return "engagement/space_conventions.html", {
        "to_sign": [(each, on_screen.token_of(SignatureRequest(pk=each.asked))) for each in theirs if each.asked],
        "held": [each for each in theirs if not each.asked],
    }


def certificates_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """The projects they took part in, each with the link of its certificate once it is granted; one query."""
    projects = list(their_certificates.with_certificates(resident)[:MOST_SHOWN])
    if not projects:
        return None
    return "engagement/space_certificates.html", {
        "lines": [(each, link_to(each.granted, resident)) for each in projects]
    }


def link_to(granted: int | None, resident: Resident) -> str:
    return certifying.token_of(CertificateRequest(pk=granted, resident=resident)) if granted else ""
