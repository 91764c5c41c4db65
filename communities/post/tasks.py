"""Clockwork of the post. The broker only rings: what to carry is in PostgreSQL."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import delivery, rerouting


@shared_task
def carry(**kwargs: Any) -> None:
    """Carry letters until none is due, or for a minute."""
    delivery.carry_on(clock=timezone.now)


@shared_task
def sweep(**kwargs: Any) -> None:
    """Every minute: ring if letters wait that nobody is carrying."""
    delivery.sweep(now=timezone.now())


@shared_task
def reroute(**kwargs: Any) -> None:
    """Every quarter of an hour: put whoever e-mail did not reach on the paper or on the telephone's list."""
    rerouting.reroute(now=timezone.now())
