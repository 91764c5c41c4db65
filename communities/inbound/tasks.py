"""Clockwork of the mail that comes in."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import mailbox, sorting


@shared_task
def sort(**kwargs: Any) -> None:
    """Rung for each message, and every minute: read what waits."""
    sorting.sort_waiting(now=timezone.now())


@shared_task
def fetch(**kwargs: Any) -> None:
    """Every minute: see whether the mailbox holds anything new."""
    mailbox.fetch(now=timezone.now())
