"""The carrier, and everything that happens by the clock."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init, worker_ready

from . import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("fifty_fifty")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["communities.post", "communities.inbound"])

app.conf.beat_schedule = {
    "post-sweep": {"task": "communities.post.tasks.sweep", "schedule": 60.0},
    "open-doors": {"task": "communities.tasks.open_doors", "schedule": 60.0},
    "reroute": {"task": "communities.post.tasks.reroute", "schedule": 900.0},
    "reminders": {"task": "meetings.tasks.remind", "schedule": 300.0},
    "fetch-mail": {"task": "communities.inbound.tasks.fetch", "schedule": 60.0},
    "sort-mail": {"task": "communities.inbound.tasks.sort", "schedule": 60.0},
    "waiting-lists": {"task": "meetings.tasks.keep_lines", "schedule": 60.0},
    "weekly-letter": {"task": "communities.tasks.keep_weekly_letter", "schedule": 300.0},
    "tell-changes": {"task": "meetings.tasks.reconcile", "schedule": 60.0},
    "checks": {"task": "engagement.tasks.ask_how_it_stands", "schedule": 900.0},
    "tell-volunteers": {"task": "engagement.tasks.tell_volunteers", "schedule": 120.0},
    "forget-seats": {"task": "meetings.tasks.forget", "schedule": crontab(hour=3, minute=10)},
    "forget-drafts": {"task": "engagement.tasks.forget", "schedule": crontab(hour=3, minute=15)},
    "forget-people": {"task": "communities.tasks.forget", "schedule": crontab(hour=3, minute=20)},
    "yearly-hours": {
        "task": "engagement.tasks.tell_hours_of_the_year",
        "schedule": crontab(hour=8, minute=30, month_of_year=1),
    },
    "convention-dates": {"task": "engagement.tasks.tell_dates_of_conventions", "schedule": crontab(hour=8, minute=15)},
    "picture-rights": {"task": "communities.tasks.keep_back_pictures", "schedule": 900.0},
    "timetable": {"task": "pages.tasks.keep_timetable", "schedule": 300.0},
    "heartbeat": {"task": "pages.tasks.beat", "schedule": 30.0},
}


@worker_process_init.connect
def keep_what_a_start_made(**kwargs: Any) -> None:
    """As in config.wsgi."""
    garbage.look_seldom()


@worker_ready.connect
def say_so(sender: Any, **kwargs: Any) -> None:
    """A worker that has just started is not silent: the clock's first heartbeat is half a minute away."""
    sender.app.send_task("pages.tasks.beat")
