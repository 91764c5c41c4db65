"""What is kept of a look at residents, and for how long?"""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User

from communities.folding import fold
from communities.models import AccessKind, AccessLog, Resident
from communities.models.access import AccessLogQuerySet

KEPT = timedelta(days=365)


def note(
    *,
    who: User,
    kind: AccessKind,
    what: str,
    resident_key: int | None = None,
    words: str = "",
    count: int | None = None,
    now: datetime,
) -> None:
    """One row, once a minute for the same person, page and resident: turning pages does not flood it. One query."""
    look = AccessLog(
        who=who,
        who_name=who.get_username()[:150],
        kind=kind,
        what=what[:80],
        resident_key=resident_key,
        words=fingerprint(words) if words else "",
        count=count,
        seen_at=now.replace(second=0, microsecond=0),
    )
    AccessLog.objects.bulk_create([look], ignore_conflicts=True)


def fingerprint(words: str) -> str:
    """The same words have the same, and nobody reads them back: they may be a name."""
    return hmac.digest(settings.SECRET_KEY.encode(), fold(words).strip().encode(), "sha256").hex()[:16]


def of(resident: Resident) -> AccessLogQuerySet:
    """At their record, and at those that were joined to it."""
    joined = resident.merged.values_list("pk", flat=True)
    return AccessLog.objects.of_record(resident.pk, *joined)


def forget(*, now: datetime) -> None:
    """Each night, what is older than a year."""
    AccessLog.objects.past(now - KEPT).delete()
