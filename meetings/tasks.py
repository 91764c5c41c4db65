"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting, helping


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of seats that nobody confirmed, and of what helped people come to what is over."""
    forgetting.forget_registrations(now=timezone.now())
    helping.forget(now=timezone.now())
