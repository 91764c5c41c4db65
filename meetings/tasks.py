"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting, helping, reminding


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of seats that nobody confirmed, calendars that nobody reads, help for what is over."""
    now = timezone.now()
    forgetting.forget_registrations(now=now)
    forgetting.forget_calendars(now=now)
    helping.forget(now=now)


@shared_task
def remind(**kwargs: Any) -> None:
    """Every few minutes: post the reminders whose time has come."""
    reminding.remind(now=timezone.now())
