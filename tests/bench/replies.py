"""How many calendar answers are taken in a second: each stored as it came, then read and recorded, in one process?"""

import time

from django.conf import settings
from django.utils import timezone

from communities.inbound import receiving, sorting
from communities.models import InboundMessage, InboundState
from meetings import facts
from meetings.letters import invitation_letters
from meetings.models import Answer, AnswerChannel, Invitation, MeetingPage
from tests import mails
from tests.bench.figures import Figure
from tests.communities.factories import ResidentFactory
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory

REPLIES = 1_000


def measure() -> list[Figure]:
    """Every durable step of receive_mail, each message in transactions of its own."""
    settings.INBOUND_DOMAIN = mails.DOMAIN
    try:
        replies = answers_to(MeetingPageFactory())
        started = time.perf_counter()
        for raw in replies:
            receiving.receive(raw=raw, source="pipe", now=timezone.now())
        stored = time.perf_counter()
        while sorting.sort_waiting(now=timezone.now()):
            pass
        ended = time.perf_counter()
    finally:
        settings.INBOUND_DOMAIN = ""
    assert Answer.objects.filter(channel=AnswerChannel.CALENDAR).count() == REPLIES
    assert not InboundMessage.objects.exclude(state=InboundState.HANDLED).exists()
    note = f"{REPLIES:,} from four calendar programs; stored at {REPLIES / (stored - started):,.0f}/s"
    return [Figure("calendar answers stored, read and recorded", REPLIES / (ended - started), "/s", note)]


def answers_to(meeting: MeetingPage) -> list[bytes]:
    """A yes from each of a thousand residents, by the programs in turn."""
    AnnouncementFactory(meeting=meeting)
    now, uid = timezone.now(), f"reunion-{meeting.uid}@{facts.uid_domain()}"
    residents = ResidentFactory.create_batch(REPLIES)
    Invitation.objects.bulk_create(
        [Invitation(meeting=meeting, resident=resident, sequence=0, created_at=now) for resident in residents]
    )
    programs = list(mails.CLIENTS.values())
    return [
        programs[number % len(programs)](
            to=invitation_letters.organizer_address(resident.token),
            sender=resident.email,
            ics=mails.calendar(uid=uid, attendee=resident.email, stamp=f"{now:%Y%m%dT%H%M%SZ}"),
            headers={"Message-ID": f"<answer-{number}@example.net>"},
        )
        for number, resident in enumerate(residents)
    ]
