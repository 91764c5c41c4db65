"""What is published of a meeting changes, time passes, and the postman comes."""

import datetime as dt

from django.utils import timezone

from meetings import rsvp
from meetings.models import AnswerChannel, Choice, Invitation, MeetingPage
from meetings.updates import reconciling
from tests.meetings.mailboxes import Post, calendar_of

ADA, BASILE = "ada@example.org", "basile@example.org"
SOON = dt.timedelta(minutes=5)
LATER = dt.timedelta(minutes=31)


def publish(meeting: MeetingPage, **changes: object) -> MeetingPage:
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save_revision().publish()
    return MeetingPage.objects.get(pk=meeting.pk)


def move(meeting: MeetingPage, days: int = 7) -> MeetingPage:
    later = meeting.starts_at + dt.timedelta(days=days)
    return publish(meeting, starts_at=later, ends_at=later + dt.timedelta(hours=2))


def call_off(meeting: MeetingPage, status: str = "cancelled") -> MeetingPage:
    return publish(meeting, status=status, status_reason="La salle est inondée.")


def tick(clock, post: Post, *, after: dt.timedelta = LATER) -> None:
    clock.shift(after)
    reconciling.tick(now=timezone.now())
    post.carry(now=timezone.now())


def say(email: str, choice: Choice, guests: int = 0) -> None:
    invitation = Invitation.objects.get(resident__email=email)
    rsvp.answer(invitation=invitation, choice=choice, guests=guests, channel=AnswerChannel.MAIL, now=timezone.now())


def last(post: Post, email: str):
    calendar = calendar_of(post.boxes[email][-1])
    return calendar, calendar.events[0]
