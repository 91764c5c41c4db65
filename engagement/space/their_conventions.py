"""Which conventions are a resident's: those they signed, or of the projects they carry?"""

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from communities.models import Resident
from engagement.models import Convention, ConventionState, SignatureRequest, TeamRole
from engagement.models.convention import ConventionQuerySet


def held_by(resident: Resident) -> ConventionQuerySet:
    """Signed by both sides; the latest first."""
    carried = Q(project__team__resident=resident, project__team__role__in=TeamRole.carrying())
    theirs = Convention.objects.filter(Q(signatures__resident=resident) | carried)
    return Convention.objects.held().filter(pk__in=theirs.values("pk")).order_by("-signed_at", "-pk")


def to_sign(resident: Resident) -> QuerySet[SignatureRequest]:
    """What waits for their hand, asked at the address they still have."""
    asked = SignatureRequest.objects.filter(resident=resident, convention__state=ConventionState.PROPOSED)
    here = asked.annotate(at=Lower("email")).filter(at=resident.email.lower())
    signed = Q(convention__signatures__side="residents", side="residents")
    signed |= Q(convention__signatures__side="commune", side="commune")
    return here.exclude(pk__in=asked.filter(signed).values("pk")).select_related("convention")
