"""What the engagement room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from .caring import reconciling
from .conventions import reminding
from .ideas import forgetting
from .ledger import sheets
from .story import certifying
from .volunteering.calling import replies


@shared_task
def ask_how_it_stands(**kwargs: Any) -> None:
    """Each quarter of an hour: post the letters of the checks whose time has come."""
    reconciling.tick(now=timezone.now())


@shared_task
def tell_dates_of_conventions(**kwargs: Any) -> None:
    """Each morning: write to both sides of what ends, goes on by itself, is looked at together or waits for a hand."""
    reminding.remind(now=timezone.now())


@shared_task
def forget(**kwargs: Any) -> None:
    """Each night: let go of drafts that nobody came back to, of supports that nobody confirmed, of hour sheets that
    nobody applied, of requests for a certificate that were left, or that nobody decided in a year, and of what was
    answered about work days a month ago.
    """
    now = timezone.now()
    forgetting.forget_drafts(now=now)
    forgetting.forget_supports(now=now)
    sheets.forget(now=now)
    certifying.forget(now=now)
    replies.let_go(now=now)
