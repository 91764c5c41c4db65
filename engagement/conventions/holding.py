"""What do conventions hold on one resident? What they signed, and that they were asked to."""

import datetime as dt

from django.utils.translation import gettext as _

from communities.doubles.moving import move
from communities.models import Resident
from communities.personal_data import Held, described
from engagement.models import Signature, SignatureRequest

from . import unnaming

SIGNED = ("name", "quality", "means", "signed_on", "noted_at", "address", "proven_email")
ASKED = ("name", "quality", "email", "asked_at", "reminded_at")

MERGES = ("engagement.Signature.resident", "engagement.SignatureRequest.resident")


def export(resident: Resident) -> Held:
    signed = resident.signatures.select_related("convention").order_by("pk")
    asked = SignatureRequest.objects.filter(resident=resident).select_related("convention").order_by("pk")
    return {
        _("Conventions you signed"): [described(each, "convention", *SIGNED) for each in signed],
        _("Conventions you were asked to sign"): [described(each, "convention", *ASKED) for each in asked],
    }


def erase(*, resident: Resident, now: dt.datetime) -> None:
    """What was asked of them goes, and who they were from what nobody signed. A signature stays, with its name: a text
    under which a hand is, is a public archive, kept whole (GDPR article 17, paragraph 3, b and d), and only both sides
    and the town hall read it.
    """
    SignatureRequest.objects.filter(resident=resident).delete()
    unnaming.unname(resident=resident)


def merge(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """A signature follows its person; the name under the text, the address that proved it and its day stay."""
    move(Signature, kept=kept, gone=gone)
    move(SignatureRequest, kept=kept, gone=gone)
