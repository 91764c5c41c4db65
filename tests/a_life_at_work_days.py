"""What somebody may do at work days, so that nothing of it is left once they are erased."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from communities.models import (
    Delivery,
    Resident,
)
from engagement.models import (
    DayAccount,
    Reply,
    ThanksMatter,
)
from engagement.volunteering import telling
from engagement.volunteering.calling import replies
from engagement.volunteering.planning import making, proposing
from engagement.volunteering.planning.words import DayWords, Lines, NeedWords, ShiftWords
from engagement.volunteering.thanking import accounts, choices
from tests.communities.factories import (
    MembershipFactory,
)
from tests.engagement.factories_of_work_days import (
    AttendanceFactory,
    NeedFactory,
    ShiftFactory,
    VolunteerFactory,
    WorkDayFactory,
)
from tests.engagement.volunteering.calling import a_work_day
from tests.meetings.factories import (
    meeting_index,
)
from tests.somebody import ALL, NAME, PHONE, STREET


def lend_a_hand(who: Resident, now: dt.datetime) -> None:
    """At a day to come, at one gone by, at one that nobody confirmed; leading one, proposing another."""
    said = {"resident": who, "given_name": NAME, "remark": ALL, "phone": PHONE, "leaves_from": STREET}
    for work_day in (WorkDayFactory(leader=who, leader_shown_as=NAME), WorkDayFactory(meeting__held=True)):
        shift, need = ShiftFactory(work_day=work_day), NeedFactory(work_day=work_day)
        mine = VolunteerFactory(work_day=work_day, shifts=[shift], items={need: 1}, **said)
        AttendanceFactory(volunteer=mine, shift=shift)
        telling.confirm(volunteer=mine, now=now)
    VolunteerFactory(held=True, **said)
    WorkDayFactory(proposed_by=who)


def run_work_days(who: Resident, now: dt.datetime) -> None:
    """Written down with their own telephone for everyone, published and changed; letters, answers both ways; its end
    told and thanked for, under their name.
    """
    meeting_index()
    community = MembershipFactory(resident=who, role="coordinator", community__work_days_need_approval=False).community
    facts: dict[str, Any] = {"day": timezone.localdate(now) + dt.timedelta(days=10), "leader": who, "summary": ALL}
    facts |= {"contact_name": NAME, "contact_phone": PHONE, "place": f"Chez {NAME}", "leader_shown_as": NAME}
    said = DayWords(title=f"Chantier de {NAME}", begins=dt.time(9), ends=dt.time(12), practical=ALL, **facts)
    needed = Lines(
        shifts=[(None, ShiftWords(role=f"Avec {NAME}", begins=dt.time(9), ends=dt.time(12), places=3))],
        needs=[(None, NeedWords(item=f"Bêche de {NAME}", quantity=1))],
    )
    work_day = making.make(community=community, said=said, needed=needed, by=who, now=now)
    proposing.publish(work_day=work_day, by=who, now=now)
    other = VolunteerFactory(work_day=work_day, shifts=list(work_day.shifts.all())).resident
    written = a_work_day.write(work_day, who, now=now, subject=f"De {NAME}", words=ALL)
    answered = answer_about_the_day(a_work_day.to(written, other), f"Bonjour {NAME}", now)
    answer_about_the_day(Delivery.objects.get(mailing__kind=replies.LETTER_KIND, mailing__key=answered.pk), ALL, now)
    gone_by = WorkDayFactory(
        meeting__held=True, meeting__starts_at=now - dt.timedelta(days=2), leader=who, proposed_by=who
    )
    VolunteerFactory(work_day=gone_by, resident=who, given_name=NAME)
    accounts.write(work_day=gone_by, words=ALL, by=who, now=now)
    DayAccount.objects.filter(work_day=gone_by).update(thanks=ALL)
    choices.say(resident=who, matter=ThanksMatter.IN_PUBLIC, granted=True, shown_as=NAME, now=now)
    WorkDayFactory(proposed_by=who, asked_at=now, decided_at=now, refusal=f"Non, {NAME}.")


def answer_about_the_day(letter: Delivery, words: str, now: dt.datetime) -> Reply:
    answered = replies.find(token=replies.token_of(letter.pk))
    assert answered is not None
    return replies.reply(answered=answered, words=words, key=uuid.uuid4(), now=now)
