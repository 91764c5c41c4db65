"""Of which projects may a resident have a certificate, and of which have they one?"""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from communities.models import Resident
from engagement.models import CertificateRequest, Project, ProjectPage
from engagement.story import certifying
from engagement.story.certificate_printing import LONGEST_NAME


def taken_part_in(resident: Resident) -> QuerySet[Project]:
    """Those of `certifying.took_part` whose page everyone may read, in one query."""
    supported = Q(idea__supports__resident=resident, idea__supports__joins=True) & Q(
        idea__supports__confirmed_at__isnull=False
    )
    member = Q(community__memberships__resident=resident)
    theirs = Project.objects.filter(Q(team__resident=resident) | member | supported)
    public = ProjectPage.objects.open_to_all().filter(project__isnull=False)
    return Project.objects.filter(pk__in=theirs.values("pk")).filter(pk__in=public.values("project")).order_by("title")


def with_certificates(resident: Resident) -> QuerySet[Any]:
    """The same, with the key of the certificate that was `granted` to them."""
    granted = CertificateRequest.objects.granted().filter(project=OuterRef("pk"), resident=resident)
    return taken_part_in(resident).annotate(granted=Subquery(granted.values("pk")[:1]))


def ask(*, project: Project, resident: Resident, now: dt.datetime) -> CertificateRequest:
    """At the address that their session proves; the letter with its link leaves too."""
    return certifying.ask(project=project, name=resident.name[:LONGEST_NAME], email=resident.email, now=now)
