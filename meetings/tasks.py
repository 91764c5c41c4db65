"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting, reconciling


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of seats that nobody confirmed."""
    forgetting.forget_registrations(now=timezone.now())


@shared_task
def reconcile(**kwargs: Any) -> None:
    """Each minute: post what changed to those who were told something else."""
    reconciling.tick(now=timezone.now())
