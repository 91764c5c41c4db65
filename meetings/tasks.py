"""What the meetings room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from . import forgetting, helping, reminding


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of seats that nobody confirmed, of calendars that nobody reads, of help once it was given."""
    now = timezone.now()
    forgetting.forget_registrations(now=now)
    forgetting.forget_calendars(now=now)
    forgetting.forget_comments(now=now)
    helping.forget(now=now)


@shared_task
def remind(**kwargs: Any) -> None:
    """Every few minutes: post the reminders whose time has come."""
    reminding.remind(now=timezone.now())
