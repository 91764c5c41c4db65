"""Who invites the members to a work day? Whoever runs it, by a press, after seeing how many they are."""

import datetime as dt

from django.db import transaction

from communities.models import Channel, Resident
from communities.post.composing import Letter
from engagement.models import WorkDay
from meetings import announcing, audience
from meetings.audience import Audience, Recipient
from meetings.letters import invitation_letters

from . import pages, rights
from .rights import Planner

INVITED = "engagement.work_day_invited"


def obstacle(*, work_day: WorkDay, concerned: Audience, now: dt.datetime) -> str:
    """Why nobody can be invited now; empty when they can."""
    try:
        announcing.refuse_the_impossible(meeting=work_day.meeting, now=now)
    except announcing.CannotAnnounce as refusal:
        return refusal.sentence
    return "" if concerned.recipients else announcing.NobodyToTell().sentence


@transaction.atomic
def invite(*, work_day: WorkDay, expecting: int, by: Planner, now: dt.datetime) -> None:
    """Everyone concerned who was not invited yet, once each; who pressed stands in the history of the page.

    Raises MayNot, or as meetings.announcing.announce.
    """
    rights.refuse_unless_may_run(by, work_day)
    announcing.announce(meeting=work_day.meeting, by=rights.staff(by), expecting=expecting, now=now)
    pages.note(work_day, INVITED, by=by, people=expecting)


def preview(*, work_day: WorkDay, reader: Resident, now: dt.datetime) -> Letter:
    """The letter as `reader` would have it, its links inert; nobody else is named."""
    because = audience.scopes_of(work_day.meeting)[:1]
    recipient = Recipient(resident=reader, channel=Channel.EMAIL, because=because)
    return invitation_letters.preview(meeting=work_day.meeting, recipient=recipient, created_at=now)
