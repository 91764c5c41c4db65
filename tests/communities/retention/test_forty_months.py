"""Forty months in one story: nothing goes early, and what was promised goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from communities import tasks as of_residents
from communities.models import ArchivedRecord, Delivery, DeliveryState, KeepingQuestion, Resident, RetentionRun
from communities.retention import contacts, deciding
from communities.retention.lengths import months
from engagement import tasks as of_projects
from engagement.models import Idea, IdeaStage
from meetings import tasks as of_meetings
from meetings.models import Answer, HelpAsked, Invitation, MeetingTurnout, WaitingPlace
from tests.communities.factories import ResidentFactory, SignUpFactory
from tests.engagement.factories import IdeaFactory
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, MeetingPageFactory, WaitingPlaceFactory

time_machine = pytest.importorskip("time_machine")

BEGAN = datetime(2027, 3, 1, 2, tzinfo=UTC)
NEW_RULES = [
    "communities.contacts_asked",
    "communities.contacts_erased",
    "meetings.answers",
    "engagement.ideas_refused",
]
NIGHTLY = (of_meetings.forget, of_projects.forget, of_residents.forget)

pytestmark = pytest.mark.django_db


def nights() -> Iterator[int]:
    """The first night of each of forty months, after its work; letters leave by day."""
    for month in range(41):
        now = months(-month).before(BEGAN)
        with time_machine.travel(now, tick=False):
            for work in NIGHTLY:
                work()
            Delivery.objects.filter(state=DeliveryState.PENDING).update(state=DeliveryState.SENT, ended_at=now)
        yield month


def count(model: Any) -> int:
    number: int = model.objects.count()
    return number


def test_in_forty_months_each_thing_goes_in_its_month_and_not_before() -> None:
    silent, faithful = (ResidentFactory(created_at=BEGAN, confirmed_at=BEGAN) for _each in range(2))
    meeting = MeetingPageFactory(starts_at=BEGAN, ends_at=BEGAN + timedelta(hours=2))
    came = AnswerFactory(invitation__meeting=meeting, invitation__resident=silent, answered_at=BEGAN)
    HelpAsked.objects.create(invitation=came.invitation, kinds=["lift"], asked_at=BEGAN)
    WaitingPlaceFactory(invitation=came.invitation, left=True, asked_at=BEGAN)
    SignUpFactory(created_at=BEGAN, resident__created_at=BEGAN)
    IdeaFactory(resident=faithful, stage=IdeaStage.REFUSED, created_at=BEGAN, received_at=BEGAN)
    administrator = StaffFactory(administration=True)
    for name in NEW_RULES:
        deciding.decide(name=name, runs=True, number_seen=0, by=administrator, now=BEGAN)

    gone: dict[str, int] = {}
    for month in nights():
        for what, is_gone in {
            "help": not count(HelpAsked),
            "stranger": Resident.objects.count() == 2,
            "waiting": not count(WaitingPlace),
            "names": not count(Invitation) and not count(Answer),
            "idea": Idea.objects.filter(faded_at__isnull=False).exists(),
            "asked": KeepingQuestion.objects.filter(resident=silent).exists(),
            "erased": Resident.objects.filter(pk=silent.pk, erased_at__isnull=False).exists(),
        }.items():
            if is_gone:
                gone.setdefault(what, month)
        if month == 25:
            contacts.keep(person=faithful, now=months(-month).before(BEGAN))

    assert gone == {"help": 1, "stranger": 1, "waiting": 3, "names": 13, "idea": 25, "asked": 25, "erased": 37}
    assert MeetingTurnout.objects.get().people == 1
    assert Resident.objects.get(pk=faithful.pk).erased_at is None
    assert {run.rule for run in RetentionRun.objects.filter(number__gt=0)} >= set(NEW_RULES)
    assert count(ArchivedRecord) == 2
