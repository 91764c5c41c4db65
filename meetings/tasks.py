"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of seats that nobody confirmed, and of comments on meetings long over."""
    now = timezone.now()
    forgetting.forget_registrations(now=now)
    forgetting.forget_comments(now=now)
