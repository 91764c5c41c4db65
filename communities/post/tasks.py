"""Clockwork of the post. The broker only rings: what to carry is in PostgreSQL."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import delivery


@shared_task
def carry(**kwargs: Any) -> None:
    """Carry letters until none is due, or for a minute."""
    delivery.carry_on(clock=timezone.now)


@shared_task
def sweep(**kwargs: Any) -> None:
    """Every minute: ring if letters wait that nobody is carrying."""
    delivery.sweep(now=timezone.now())
