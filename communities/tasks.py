"""What the communities room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting
from .post import digesting
from .space import entering


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of what nobody confirmed."""
    forgetting.forget(now=timezone.now())


@shared_task
def open_doors(**kwargs: Any) -> None:
    """At once, by a ring, and each minute: write to those who asked to come into their space."""
    entering.answer_all(now=timezone.now())


@shared_task
def keep_weekly_letter(**kwargs: Any) -> None:
    """Every few minutes: this week's letter in its hour, what cannot wait for it, and what became of them."""
    digesting.keep(now=timezone.now())
