"""What the pages room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import health


@shared_task
def beat(**kwargs: Any) -> None:
    """Say that beat, broker and worker are alive."""
    health.beat(now=timezone.now())
