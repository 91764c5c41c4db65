"""Who only looks as if they were the same? Said once by a person, and not proposed again."""

from datetime import datetime

from django.contrib.auth.models import User

from communities.models import Resident, ToldApart


def tell_apart(*, one: Resident, other: Resident, by: User, now: datetime) -> None:
    """These are two people, whatever they share; saying it twice says no more."""
    older, younger = sorted([one.pk, other.pk])
    if older != younger:
        said = {"told_by": by, "told_at": now}
        ToldApart.objects.get_or_create(one_id=older, other_id=younger, defaults=said)
