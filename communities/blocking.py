"""Which addresses must not be written to, whoever asks?"""

from datetime import datetime

from django.db import IntegrityError, transaction

from .models import Suppression


def block(*, address: str, reason: str, now: datetime) -> Suppression:
    """Block an address; one that is blocked already stays blocked for its first reason."""
    try:
        with transaction.atomic():
            return Suppression.objects.create(address=address.strip(), reason=reason[:255], created_at=now)
    except IntegrityError:
        return Suppression.objects.standing().of(address.strip()).get()


def lift(*, suppression: Suppression, now: datetime) -> None:
    """A person decided that the address works again; lifting twice changes nothing."""
    Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True).update(lifted_at=now)


def is_blocked(address: str) -> bool:
    return Suppression.objects.standing().of(address).exists()
