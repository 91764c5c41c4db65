"""A work day that is published, the community that meets, and whoever coordinates it."""

import datetime as dt
import uuid
from typing import Any

from communities.models import Community, Delivery, Resident, Role
from communities.post.composing import Letter
from communities.post.kinds import letter_kinds
from communities.post.preparing import Workshop
from engagement.models import CoordinatorLetter, Readers, WorkDay
from engagement.volunteering.calling import calls, writing
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.engagement.factories_of_work_days import WorkDayFactory


def of(community: Community | None = None, **facts: Any) -> WorkDay:
    """One that its community is invited to."""
    work_day: WorkDay = WorkDayFactory(**facts)
    work_day.meeting.communities.set([community or CommunityFactory()])
    work_day.meeting.save()
    return work_day


def community_of(work_day: WorkDay) -> Community:
    community: Community = work_day.meeting.communities.get()
    return community


def coordinator(work_day: WorkDay, **facts: Any) -> Resident:
    of_theirs = {f"resident__{name}": value for name, value in facts.items()}
    member = MembershipFactory(community=community_of(work_day), role=Role.COORDINATOR, **of_theirs)
    resident: Resident = member.resident
    return resident


def member(work_day: WorkDay, **facts: Any) -> Resident:
    """Who agreed to be written to."""
    of_theirs = {f"resident__{name}": value for name, value in facts.items()}
    resident: Resident = MembershipFactory(community=community_of(work_day), **of_theirs).resident
    return resident


def call(work_day: WorkDay, by: Resident, *, now: dt.datetime, key: uuid.UUID | None = None, how_many: int = 50) -> Any:
    return calls.call(
        work_day=work_day,
        by=by,
        subject="Il manque deux personnes",
        words="Venez nous aider.\n\nMerci !",
        how_many=how_many,
        key=key or uuid.uuid4(),
        now=now,
    )


def write(
    work_day: WorkDay, by: Resident, *, now: dt.datetime, readers: Readers = Readers.COMING, **more: Any
) -> CoordinatorLetter:
    said = {"subject": "Le repas de midi", "words": "Apportez de quoi manger.", "key": uuid.uuid4()}
    return writing.write(work_day=work_day, by=by, readers=readers, now=now, **{**said, **more})


def asked(letter: CoordinatorLetter) -> set[Resident]:
    return {each.resident for each in Delivery.objects.filter(mailing=letter.mailing_id) if each.resident}


def to(letter: CoordinatorLetter, resident: Resident) -> Delivery:
    return Delivery.objects.select_related("mailing", "resident").get(mailing=letter.mailing_id, resident=resident)


def as_read(delivery: Delivery) -> Letter:
    """What its reader sees, without the post's own values."""
    kind = letter_kinds[delivery.mailing.kind]
    letter = kind.compose(mailing=delivery.mailing, language="fr")
    values = kind.personal(mailing=delivery.mailing, deliveries=[delivery])[delivery.pk]
    return letter.filled({"after_hello": " Ada", "unsubscribe_url": "https://x.example/d", **values})


def bytes_of(delivery: Delivery, *, now: dt.datetime) -> bytes:
    """The very message that goes over the line."""
    ready, _unaddressable = Workshop().prepare(mailing=delivery.mailing, language="fr", deliveries=[delivery], now=now)
    return ready[0].data
