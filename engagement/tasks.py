"""What the engagement room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from .caring import reconciling


@shared_task
def ask_how_it_stands(**kwargs: Any) -> None:
    """Each quarter of an hour: post the letters of the checks whose time has come."""
    reconciling.tick(now=timezone.now())
