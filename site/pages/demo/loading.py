"""A town to try everything on: true where it says where it comes from, invented everywhere else."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from communities.models import Delivery, DeliveryState, Resident
from engagement.caring import reconciling
from engagement.models import Idea, Project
from meetings import announcing, rsvp
from meetings.models import AnswerChannel, Choice, MeetingPage
from pages import groups, starting

from . import apports, certificates, changing, desk, gatherings, ideas, lives, logins, people, projects, work_days

FIRST_RESIDENT = logins.RESIDENT
WHO_ANSWERS = 3
A_WEEK = dt.timedelta(days=7)
ASKED_THEN_REMINDED = (31, 14)  # days ago, about the check that is overdue
ANSWERS = [
    (Choice.YES, 1, AnswerChannel.MAIL),
    (Choice.YES, 0, AnswerChannel.WEB),
    (Choice.NO, 0, AnswerChannel.MAIL),
    (Choice.YES, 0, AnswerChannel.PHONE),
    (Choice.MAYBE, 0, AnswerChannel.WEB),
    (Choice.NO, 0, AnswerChannel.PAPER),
]


class TownIsNotEmpty(Exception):
    """There are residents or meetings here already. The demonstration is only loaded into an empty town."""


def is_loaded() -> bool:
    """Whether this is the demonstration's town."""
    return Resident.objects.with_email(FIRST_RESIDENT).exists()


@transaction.atomic
def load(*, site_url: str, language: str, now: dt.datetime) -> list[desk.Login]:
    """Fill an empty town, all of it or nothing; the staff who may sign in. Raises TownIsNotEmpty."""
    if Resident.objects.exists() or MeetingPage.objects.exists():
        raise TownIsNotEmpty
    starting.start(site_url=site_url, language=language, now=now)
    desk.furnish()
    logins = desk.seat_staff()
    people.settle(now=now)
    officer = User.objects.get(username=groups.PARTICIPATION.lower())
    projects.tell(by=officer, now=now)
    carry_projects(by=officer, now=now)
    meeting = gatherings.plan(venues=gatherings.open_venues(), now=now)
    announcing.announce(meeting=meeting, by=None, at_once=True, now=now)
    answer_some(meeting, now=now)
    changing.tell(now=now)
    work_days.plan(now=now)
    return logins


def carry_projects(*, by: User, now: dt.datetime) -> None:
    """Ideas and the lives of projects, as the participation officer followed them; letters of the past have left."""
    ideas.tell(by=by, now=now)
    apports.tell(by=by, now=now)
    lives.tell(by=by, now=now)
    for days in ASKED_THEN_REMINDED:
        reconciling.tick(now=ideas.ago(days, now))
    certificates.ask(now=now)
    entrust(liaison=User.objects.get(groups__name=groups.ELECTED))
    old = Delivery.objects.pending().filter(mailing__created_at__lt=now - A_WEEK)
    old.update(state=DeliveryState.SENT, ended_at=now - A_WEEK)


def entrust(*, liaison: User) -> None:
    """Somebody elected speaks for each idea that somebody follows, and for each project."""
    Idea.objects.filter(officer__isnull=False).update(liaison=liaison)
    Project.objects.update(liaison=liaison)


def answer_some(meeting: MeetingPage, *, now: dt.datetime) -> None:
    """Every third of those who were invited answers, each by a means of their own."""
    answering = meeting.invitations.select_related("resident", "meeting").order_by("pk")[::WHO_ANSWERS]
    for number, invitation in enumerate(answering):
        choice, guests, channel = ANSWERS[number % len(ANSWERS)]
        rsvp.answer(invitation=invitation, choice=choice, guests=guests, channel=channel, now=now)
