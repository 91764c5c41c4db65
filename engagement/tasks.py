"""What the engagement room does by the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from .caring import reconciling
from .conventions import reminding
from .ideas import forgetting
from .ledger import sheets
from .story import certifying
from .volunteering import forgetting as forgetting_work_days
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
def forget(**kwargs: Any) -> None:
    """Each night: let go of drafts that nobody came back to, of supports that nobody confirmed, of hour sheets that
    nobody applied, of requests for a certificate that were left, or that nobody decided in a year, and of who came to
    work days.
    """
    now = timezone.now()
    forgetting.forget_drafts(now=now)
    forgetting.forget_supports(now=now)
    sheets.forget(now=now)
    certifying.forget(now=now)
    forgetting_work_days.forget(now=now)


@shared_task
def tell_hours_of_the_year(**kwargs: Any) -> None:
    """Each morning of January: the hours of the year before, to whoever asked for them; once."""
    yearly.send(now=timezone.now())
