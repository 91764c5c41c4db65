"""The same of work days that are over: what everyone reads of them, one letter of every kind."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from communities.models import Resident
from engagement.models import DayAccount, ThanksMatter, WorkDay
from engagement.volunteering.thanking import choices, thanks, yearly
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import KeptFileFactory
from tests.engagement.volunteering.presence.days import a_day, came, closed, project_of, who_runs


def addresses() -> dict[str, str]:
    """A day that is told and thanked for, its community, and a community whose first day is still to come."""
    ada = ResidentFactory(name="Ada Terril")
    done = a_day_done(ada)
    community = done.meeting.communities.get()
    now = timezone.now()
    choices.say(resident=ada, matter=ThanksMatter.IN_PUBLIC, granted=True, shown_as="Ada", now=now)
    account = DayAccount.objects.create(work_day=done, words="Les bacs sont prêts.", written_at=now, public_at=now)
    account.pictures.create(file=KeptFileFactory(), alternative_text="Les bacs fleuris", is_public=True)
    return {
        "a work day that is over": done.meeting.url,
        "thanks for a day": reverse("engagement:work_day_thanks", args=[done.meeting.uid]),
        "thanks for all days": reverse("engagement:community_thanks", args=[community.slug]),
        "no day yet": reverse("engagement:community_thanks", args=[a_day(in_days=9).meeting.communities.get().slug]),
    }


def a_day_done(resident: Resident) -> WorkDay:
    """Their hours count, and its project has accounts."""
    yesterday = timezone.now() - dt.timedelta(days=1)
    work_day = a_day(meeting__starts_at=yesterday, meeting__ends_at=yesterday + dt.timedelta(hours=3))
    project_of(work_day)
    came(work_day, resident=resident, people=2)
    return closed(work_day)


def post_one_of_each(*, now: dt.datetime) -> None:
    """Thanks for a day; in January, the hours of the year before."""
    ada = ResidentFactory(name="Ada Terril")
    done = a_day_done(ada)
    thanks.thank(work_day=done, words="Bravo à toutes et à tous !", by=who_runs(done), now=now)
    choices.say(resident=ada, matter=ThanksMatter.YEARLY, granted=True, now=now)
    assert done.day is not None
    january = timezone.make_aware(dt.datetime.combine(dt.date(done.day.year + 1, 1, 2), dt.time(9)))
    yearly.send(now=january)
