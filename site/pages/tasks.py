"""What the pages room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import health, timetable


@shared_task
def beat(**kwargs: Any) -> None:
    """Say that beat, broker and worker are alive."""
    health.beat(now=timezone.now())


@shared_task
def keep_timetable(**kwargs: Any) -> None:
    """Publish and take down the pages whose hour has come."""
    timetable.keep(now=timezone.now())
