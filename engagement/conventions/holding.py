"""What do conventions hold on one resident? What they signed, and that they were asked to."""

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import typography
from communities.doubles.moving import move
from communities.models import Resident
from communities.personal_data import Held, Kept, described
from engagement.models import Convention, Signature, SignatureRequest

from . import terms, unnaming

# Months in which what was signed can be disputed after its end: code civil, article 2224.
PRESCRIPTION = 60

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


def kept(resident: Resident) -> list[Kept]:
    """Each text that has their hand under it, with their name, for as long as it can be disputed."""
    signed = Convention.objects.filter(signatures__resident=resident).with_last_day().distinct().order_by("pk")
    why = _("It is signed: both sides and the town hall must be able to prove it (code civil, article 2224).")
    return [Kept(what=str(convention), why=why, until=until(convention)) for convention in signed]


def until(convention: Convention) -> str:
    """Five years after it ended, or after its last day."""
    last = convention.ended_on or convention.last_day  # type: ignore[attr-defined]  # annotated
    if last is None:
        return _("for five years after its end")
    ends = terms.later(last, months=PRESCRIPTION)
    return _("until %(day)s, five years after its end") % {"day": typography.day(ends, language=get_language())}


def merge(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """A signature follows its person; the name under the text, the address that proved it and its day stay."""
    move(Signature, kept=kept, gone=gone)
    move(SignatureRequest, kept=kept, gone=gone)
