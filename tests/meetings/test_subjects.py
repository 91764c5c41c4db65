"""A letter's subject is printed like the letter: what somebody typed, with the apostrophes of print."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Mailing
from communities.post.kinds import letter_kinds
from meetings import announcing, registering, reminding
from meetings.by_hand import writing_down
from meetings.letters import seat_letters
from meetings.models import Choice, MeetingPage, ReminderKind
from meetings.seating import offers, waiting
from tests.meetings.factories import (
    AnswerFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    WaitingPlaceFactory,
)

pytestmark = pytest.mark.django_db


def key(kind: str, meeting: MeetingPage) -> str:
    """What a letter of that kind about the meeting is composed from."""
    if kind == announcing.LETTER_KIND:
        return announcing.draft_key(meeting)
    if kind in reminding.LETTER_KINDS.values():
        return reminding.key_of(meeting, Choice.YES)
    if kind == registering.LETTER_KIND:
        return str(RegistrationFactory(meeting=meeting).pk)
    if kind in {waiting.WAITING_LETTER, offers.OFFER_LETTER, offers.LAPSED_LETTER}:
        return str(WaitingPlaceFactory(invitation__meeting=meeting).pk)
    invitation = InvitationFactory(meeting=meeting)
    return str(invitation.pk if kind == seat_letters.LETTER_KIND else AnswerFactory(invitation=invitation).pk)


@pytest.mark.parametrize(
    "kind",
    [
        announcing.LETTER_KIND,
        reminding.LETTER_KINDS[ReminderKind.EVE],
        reminding.LETTER_KINDS[ReminderKind.NUDGE],
        registering.LETTER_KIND,
        writing_down.LETTER_KIND,
        waiting.WAITING_LETTER,
        offers.OFFER_LETTER,
        offers.LAPSED_LETTER,
        offers.SEATED_LETTER,
        seat_letters.LETTER_KIND,
    ],
)
def test_a_subject_is_set_in_type(kind: str) -> None:
    starts = timezone.now() + dt.timedelta(days=9)
    meeting = MeetingPageFactory(title="L'avenir de l'école", starts_at=starts, capacity=9)
    mailing = Mailing(kind=kind, key=key(kind, meeting), created_at=timezone.now())

    assert "L’avenir de l’école" in letter_kinds[kind].compose(mailing=mailing, language="fr").subject
