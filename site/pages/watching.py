"""Does the program itself still run? What staff are told of it on their first page."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communities.alerts import Alert
from communities.typography import clock, day

from . import health
from .models import Heartbeat


def worker(now: dt.datetime) -> Alert | None:
    """The worker says every half minute that it lives."""
    if health.worker_lives(now):
        return None
    heartbeat = Heartbeat.objects.filter(name=health.WORKER).first()
    return Alert(
        trouble=silence(heartbeat),
        advice=_(
            "Letters, reminders and pages to publish at their hour wait. Ask whoever runs the server to start the"
            " worker and the clock (beat) again; what waits leaves by itself."
        ),
        where=gettext_lazy("See the mailings"),
        way=reverse("mailings:index"),
    )


def silence(heartbeat: Heartbeat | None) -> str:
    if heartbeat is None:
        return _("The program that carries the letters has never run.")
    when = {
        "day": day(heartbeat.beaten_at, language=get_language()),
        "time": clock(heartbeat.beaten_at, language=get_language()),
    }
    return _("The program that carries the letters has been silent since %(day)s, %(time)s.") % when
