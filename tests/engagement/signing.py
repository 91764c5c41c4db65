"""A convention that both sides signed, as the database lets it come there."""

import datetime as dt
import hashlib

from django.utils import timezone

from engagement.models import Convention, ConventionState, Side, Signature, SignatureMeans


def sign(convention: Convention, *, on: dt.date | None = None) -> Convention:
    """Frozen, signed by both, in force; its commitments were written before."""
    now = timezone.now()
    text = f"Convention {convention.number}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    code = f"CODE-{convention.pk}"
    rows = Convention.objects.filter(pk=convention.pk)
    rows.update(state=ConventionState.PROPOSED, text=text, sha256=sha256, code=code, proposed_at=now)
    for side in Side:
        Signature.objects.create(
            convention=convention,
            side=side,
            name="Ada Terril",
            means=SignatureMeans.SCREEN,
            signed_on=on or timezone.localdate(now),
            noted_at=now,
            proven_email="ada@example.org",
            sha256=sha256,
        )
    rows.update(state=ConventionState.SIGNED, signed_at=now)
    convention.refresh_from_db()
    return convention


def end(convention: Convention) -> Convention:
    """Signed before, and over."""
    now = timezone.now()
    Convention.objects.filter(pk=convention.pk).update(
        state=ConventionState.ENDED, ended_at=now, ended_on=timezone.localdate(now), end_reason="Le projet est fini."
    )
    convention.refresh_from_db()
    return convention
