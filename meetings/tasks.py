"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from communities.retention import nightly

from . import reminding
from .seating import waiting
from .updates import reconciling


@shared_task
def keep_lines(**kwargs: Any) -> None:
    """Each minute: offer free seats to those who wait, and let offers lapse."""
    waiting.keep_all(now=timezone.now())


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of what is older than its period, seats that nobody confirmed among it."""
    nightly.run(room="meetings", now=timezone.now())


@shared_task
def remind(**kwargs: Any) -> None:
    """Every few minutes: post the reminders whose time has come."""
    reminding.remind(now=timezone.now())


@shared_task
def reconcile(**kwargs: Any) -> None:
    """Each minute: post what changed to those who were told something else."""
    reconciling.tick(now=timezone.now())
