"""What the engagement room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from communities.retention import nightly

from .caring import reconciling
from .conventions import reminding
from .volunteering import keeping_told
from .volunteering.calling import replies
from .volunteering.thanking import yearly


@shared_task
def ask_how_it_stands(**kwargs: Any) -> None:
    """Each quarter of an hour: post the letters of the checks whose time has come."""
    reconciling.tick(now=timezone.now())


@shared_task
def tell_dates_of_conventions(**kwargs: Any) -> None:
    """Each morning: write to both sides of what ends, goes on by itself, is looked at together or waits for a hand."""
    reminding.remind(now=timezone.now())


@shared_task
def tell_volunteers(**kwargs: Any) -> None:
    """Every few minutes: the shifts of work days that moved or are called off, to whoever has them in a calendar."""
    keeping_told.tick(now=timezone.now())


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of what is older than its period, drafts that nobody came back to among it; and of answers."""
    now = timezone.now()
    nightly.run(room="engagement", now=now)
    replies.let_go(now=now)


@shared_task
def tell_hours_of_the_year(**kwargs: Any) -> None:
    """Each morning of January: the hours of the year before, to whoever asked for them; once."""
    yearly.send(now=timezone.now())
