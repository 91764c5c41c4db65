"""What is missing, in words for those who look after communities."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from communities.models import Community
from engagement.volunteering import activity
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day

pytestmark = pytest.mark.django_db


def words(now=None):
    everywhere = list(Community.objects.values_list("pk", flat=True))
    with translation.override("fr"):
        return activity.lacking(everywhere, now or timezone.now())


def test_a_sentence_says_what_is_missing_on_which_day():
    community = CommunityFactory()
    shift = ShiftFactory(work_day=a_work_day.of(community), minimum=3)
    NeedFactory(work_day=shift.work_day)
    NeedFactory(work_day=shift.work_day, item="Eau", quantity=10, unit="litres")
    VolunteerFactory(work_day=shift.work_day, shifts=[shift], seats_wanted=1)

    (sentence,) = words()[community.pk]

    assert sentence.endswith("2 personnes, 1 place en voiture, Brouettes (5), Eau (10 litres)")


def test_days_are_told_in_their_order():
    community = CommunityFactory()
    later = ShiftFactory(work_day=a_work_day.of(community), minimum=1)
    later.work_day.meeting.starts_at += dt.timedelta(days=3)
    later.work_day.meeting.ends_at += dt.timedelta(days=3)
    later.work_day.meeting.save()
    ShiftFactory(work_day=a_work_day.of(community), minimum=2)

    first, last = words()[community.pk]

    assert ("2 personnes" in first, "1 personne" in last) == (True, True)


def test_a_day_that_is_complete_cancelled_or_over_misses_nothing():
    shift = ShiftFactory(work_day=a_work_day.of(), minimum=1)
    off = ShiftFactory(work_day=a_work_day.of(), minimum=1).work_day
    VolunteerFactory(work_day=shift.work_day, shifts=[shift])
    MeetingPage.objects.filter(pk=off.meeting.pk).update(status="cancelled")
    ShiftFactory(work_day=a_work_day.of(), minimum=1)

    assert len(words()) == 1
    assert words(timezone.now() + dt.timedelta(days=30)) == {}


@pytest.mark.parametrize("days", [1, 6])
def test_it_costs_the_same_queries_however_many_days(days, django_assert_max_num_queries):
    for _each in range(days):
        ShiftFactory(work_day=a_work_day.of(), minimum=1)

    with django_assert_max_num_queries(4):  # the communities of the test are one of them
        words()
