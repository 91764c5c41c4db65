"""What would it cost the usual way? One task and one SMTP connection a letter, message and calendar built in each.

`celery -A config worker --include=tests.bench.naive --queues=naive` carries these.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from communities.models import Resident, Town
from config.celery import app
from meetings import facts
from meetings.models import Invitation, MeetingPage

QUEUE = "naive"


@app.task
def invite(*, invitation_id: int, **kwargs: Any) -> None:
    """Everything that one letter needs, from the database to the last 250."""
    invitation = Invitation.objects.select_related("resident", "meeting__venue").get(pk=invitation_id)
    meeting, resident = invitation.meeting, invitation.resident
    words = {
        "meeting": facts.published(meeting=meeting),
        "name": resident.name,
        "town": Town.load(),
        "site_url": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject=f"Invitation : {meeting.title}",
        body=render_to_string("letters/invitation.txt", words),
        from_email="mairie@example.org",
        to=[resident.email],
        connection=get_connection("django.core.mail.backends.smtp.EmailBackend"),
    )
    calendar = calendar_of(meeting, resident)
    message.attach_alternative(render_to_string("letters/invitation.html", words), "text/html")
    message.attach_alternative(calendar, "text/calendar; method=REQUEST")
    message.attach("invitation.ics", calendar, "application/ics")
    message.send()


def calendar_of(meeting: MeetingPage, resident: Resident) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//naive//")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    event = Event()
    event.add("uid", f"{meeting.uid}@example.org")
    event.add("summary", meeting.title)
    event.add("dtstamp", meeting.starts_at)
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("organizer", vCalAddress("mailto:mairie@example.org"))
    event.add("attendee", vCalAddress(f"mailto:{resident.email}"))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: str = calendar.to_ical().decode()
    return written
