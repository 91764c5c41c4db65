"""Clockwork of the post. The broker only rings: what to carry is in PostgreSQL."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from communities.models import Priority

from . import claiming, delivery, rerouting


@shared_task
def carry(**kwargs: Any) -> None:
    """Carry letters until none is due, or for a minute."""
    delivery.carry_on(clock=timezone.now)


@shared_task
def carry_answers(**kwargs: Any) -> None:
    """Carry what answers something that a person just did, and nothing else."""
    delivery.carry_on(clock=timezone.now, only=Priority.TRANSACTIONAL)


@shared_task
def sweep(**kwargs: Any) -> None:
    """Every minute: ring if letters wait that nobody is carrying."""
    claiming.sweep(now=timezone.now())


@shared_task
def reroute(**kwargs: Any) -> None:
    """Every quarter of an hour: put whoever e-mail did not reach on the paper or on the telephone's list."""
    rerouting.reroute(now=timezone.now())
