"""Which browser is whose? One that holds a secret we gave it; of the secret we keep the hash."""

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from communities.models import Resident, SpaceSession
from communities.models.space import SpaceSessionQuerySet

GOOD_FOR = dt.timedelta(days=30)
SECRET_BYTES = 32


def begin(*, resident: Resident, device: str, now: dt.datetime) -> tuple[SpaceSession, str]:
    """Let a browser in for thirty days; the session, and the secret for its cookie. That we heard of them stays longer
    than the session does.
    """
    Resident.objects.known().filter(pk=resident.pk).update(heard_at=now)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session = SpaceSession.objects.create(
        resident=resident,
        secret_hash=hash_of(secret),
        addresses_before=resident.addresses_before,
        device=device,
        begun_at=now,
        last_seen_on=timezone.localdate(now),
        expires_at=now + GOOD_FOR,
    )
    return session, secret


def hash_of(secret: str) -> str:
    """Of 256 random bits a plain hash is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def find(*, secret: str, now: dt.datetime) -> SpaceSession | None:
    """The session of a cookie, with its resident, in one query; None when it ended. The day it was seen is noted."""
    standing = SpaceSession.objects.standing(now).select_related("resident")
    found = standing.filter(secret_hash=hash_of(secret)).first() if secret else None
    if found and found.last_seen_on != timezone.localdate(now):
        found.last_seen_on = timezone.localdate(now)
        found.save(update_fields=["last_seen_on"])
    return found


def of(*, resident: Resident, now: dt.datetime) -> SpaceSessionQuerySet:
    """The browsers in which they are in their space, the last seen first."""
    return SpaceSession.objects.standing(now).filter(resident=resident)


def end(*, secret: str) -> None:
    """This browser is out; one that was out stays so."""
    SpaceSession.objects.filter(secret_hash=hash_of(secret)).delete()


def end_one(*, resident: Resident, pk: int) -> None:
    """One of their browsers is out, a lost telephone say; another person's is not theirs to end."""
    SpaceSession.objects.filter(resident=resident, pk=pk).delete()


def end_all(*, resident: Resident) -> None:
    """Every browser of theirs is out."""
    SpaceSession.objects.filter(resident=resident).delete()


def forget(*, now: dt.datetime) -> None:
    """Those whose thirty days are over."""
    SpaceSession.objects.filter(expires_at__lte=now).delete()
