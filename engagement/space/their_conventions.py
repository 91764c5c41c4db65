"""Which conventions are a resident's: those they signed, or of the projects they carry?"""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
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


def all_of(resident: Resident) -> QuerySet[Any]:
    """Both in one query, what waits for their hand first: `asked` is the key of that request."""
    waiting = to_sign(resident)
    theirs = Convention.objects.filter(
        Q(pk__in=held_by(resident).order_by().values("pk")) | Q(pk__in=waiting.values("convention"))
    )
    asked = Subquery(waiting.filter(convention=OuterRef("pk")).values("pk")[:1])
    return theirs.annotate(asked=asked).order_by(F("asked").asc(nulls_last=True), "-signed_at", "-pk")
