"""What the communities room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of what nobody confirmed."""
    forgetting.forget(now=timezone.now())
