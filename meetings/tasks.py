"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting, waiting


@shared_task
def keep_lines(**kwargs: Any) -> None:
    """Each minute: offer free seats to those who wait, and let offers lapse."""
    waiting.keep_all(now=timezone.now())


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of seats that nobody confirmed, and of waiting lists of meetings long gone by."""
    forgetting.forget_registrations(now=timezone.now())
    forgetting.forget_waiting(now=timezone.now())
