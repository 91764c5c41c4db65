"""What the fifty-fifty does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from .conventions import reminding


@shared_task
def tell_dates_of_conventions(**kwargs: Any) -> None:
    """Each morning: write to both sides of what ends, goes on by itself, is looked at together or waits for a hand."""
    reminding.remind(now=timezone.now())
