"""Which number does the next convention bear? The year and a rank: 2026-04; its amendments, 2026-04-A1."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from engagement.models import Convention

NUMBERING = 0x5050_0001
"""The advisory lock under which a number is given."""


def next_number(*, now: dt.datetime) -> str:
    """The first one free in its year; in the caller's transaction, which two who begin at once wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    year = timezone.localtime(now).year
    taken = Convention.objects.first_ones().filter(number__startswith=f"{year}-").values_list("number", flat=True)
    ranks = [int(rank) for number in taken if (rank := number.partition("-")[2]).isdecimal()]
    return f"{year}-{max(ranks, default=0) + 1:02}"


def next_amendment(*, first: Convention) -> str:
    """Under the lock of the convention that it amends."""
    return f"{first.number}-A{first.amendments.count() + 1}"
