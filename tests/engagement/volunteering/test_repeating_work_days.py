"""The same once more, or a series: each a meeting of its own; what changes on one may hold for those that follow."""

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from engagement.models import WorkDay
from engagement.refusals import MayNot
from engagement.volunteering.planning import changing, following, making, proposing, repeating, words
from engagement.volunteering.planning.dates import Rhythm
from engagement.volunteering.planning.words import Lines
from meetings.models import MeetingPage
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.plans import NINE, TWO, coordinator, made, shift
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
SATURDAY = dt.date(2027, 3, 13)


@pytest.fixture(autouse=True)
def _first_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ada():
    return coordinator()


@pytest.fixture
def first(ada):
    return made(ada, day=SATURDAY)


def on(day, month=3):
    return dt.date(2027, month, day)


def repeat(work_day, by, *days):
    return repeating.repeat(work_day=work_day, days=days, by=by, now=timezone.now())


def change(work_day, by, *, now=None, **needed):
    """This one and those that follow."""
    said = needed.pop("said", None)
    before = following.plan_of(work_day)
    changed = changing.change(work_day=work_day, said=said, needed=Lines(**needed), by=by, now=NOW)
    return following.follow(work_day=changed, before=before, by=by, now=NOW)


# --- Once more ---------------------------------------------------------------------------------------------------


def test_once_more_is_a_week_later_with_everything_that_is_needed(first, ada):
    again = repeating.once_more(work_day=first, by=ada, now=NOW)

    assert again.day == on(20)
    assert again.series is None
    assert [words.of_shift(each) for each in again.shifts.all()] == [
        words.of_shift(each) for each in first.shifts.all()
    ]
    assert again.needs.count() == 1
    assert not again.meeting.live
    assert again.meeting.uid != first.meeting.uid


def test_of_what_is_long_gone_by_the_next_one_is_to_come(ada):
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)):
        old = made(ada, day=dt.date(2026, 9, 12))

    assert repeating.once_more(work_day=old, by=ada, now=NOW).day == on(6)


def test_pressing_again_takes_the_next_free_day(first, ada):
    days = [repeating.once_more(work_day=first, by=ada, now=NOW).day for _press in range(3)]

    assert days == [on(20), on(27), on(3, month=4)]


def test_a_public_holiday_and_a_taken_venue_are_passed_over(ada):
    monday = made(ada, day=dt.date(2027, 3, 22))
    MeetingPageFactory(
        starts_at=words.at(on(5, month=4), NINE), ends_at=words.at(on(5, month=4), TWO), venue=monday.meeting.venue
    )

    assert repeating.next_day(work_day=monday, now=NOW).day == on(12, month=4)  # the 29th is Easter Monday


def test_the_day_for_bad_weather_is_not_copied(ada):
    first = made(ada, day=SATURDAY, fallback_on=on(14))

    assert repeating.once_more(work_day=first, by=ada, now=NOW).fallback_on is None


def test_who_came_to_the_first_does_not_come_to_the_next(first, ada):
    VolunteerFactory(work_day=first, shifts=[first.shifts.first()])

    assert not repeating.once_more(work_day=first, by=ada, now=NOW).volunteers.exists()


# --- A series ----------------------------------------------------------------------------------------------------


def test_a_series_is_foreseen_with_what_speaks_against_a_day(first):
    MeetingPageFactory(
        title="Loto", starts_at=words.at(on(20), NINE), ends_at=words.at(on(20), TWO), venue=first.meeting.venue
    )

    found = repeating.foresee(work_day=first, rhythm=Rhythm.WEEKLY, until=on(8, month=5), now=NOW)

    assert [each.day for each in found if not each.is_free] == [on(20), on(1, month=5), on(8, month=5)]
    assert "Loto" in found[0].taken
    assert len(found) == 8


def test_each_day_is_a_draft_of_its_own_in_one_series(first, ada):
    made_days = repeat(first, ada, on(20), on(27))

    first.refresh_from_db()
    assert {each.series for each in made_days} == {first.series}
    assert len({each.meeting.uid for each in made_days}) == 2
    assert [each.day for each in repeating.series_of(first)] == [SATURDAY, on(20), on(27)]


def test_a_day_that_is_there_is_not_made_twice(first, ada):
    repeat(first, ada, on(20))

    with pytest.raises(repeating.NoDay):
        repeat(first, ada, on(20))
    assert WorkDay.objects.count() == 2


def test_hours_are_the_towns_on_both_sides_of_the_change_of_clocks(first, ada):
    (after,) = repeat(first, ada, on(3, month=4))

    assert words.of_day(after).begins == NINE


def test_never_more_than_thirty_at_once(first, ada):
    days = [SATURDAY + dt.timedelta(days=number) for number in range(1, 40)]

    assert len(repeat(first, ada, *days)) == repeating.MOST


def test_a_day_whose_venue_is_taken_does_not_lose_the_others(first, ada):
    MeetingPageFactory(starts_at=words.at(on(20), NINE), ends_at=words.at(on(20), TWO), venue=first.meeting.venue)
    taken, free = repeat(first, ada, on(20), on(27))

    proposing.publish(work_day=free, by=ada, now=NOW)
    with pytest.raises(proposing.publishing.CannotBePublished):
        proposing.publish(work_day=taken, by=ada, now=NOW)

    assert MeetingPage.objects.get(pk=free.meeting.pk).live


def test_nobody_repeats_what_they_do_not_run(first):
    with pytest.raises(MayNot):
        repeat(first, coordinator(), on(20))


def test_nothing_is_repeated_into_the_past(first, ada):
    with pytest.raises(making.InThePast):
        repeat(first, ada, dt.date(2027, 2, 20))


# --- This one, and those that follow -----------------------------------------------------------------------------


def test_what_changes_on_one_alone_leaves_the_others(first, ada):
    (next_one,) = repeat(first, ada, on(20))

    changing.change(work_day=first, needed=Lines(shifts=[(None, shift("Ranger"))]), by=ada, now=NOW)

    assert next_one.shifts.count() == 2


def test_facts_and_lines_hold_for_those_that_follow_and_their_days_stay(first, ada):
    earlier, later = repeat(first, ada, on(20), on(27))
    said = dataclasses.replace(words.of_day(earlier), practical="Des bottes.", day=on(21))
    desherber = earlier.shifts.get(role="Désherber")

    followed = change(
        earlier,
        ada,
        said=said,
        shifts=[(desherber.pk, shift("Biner")), (None, shift("Ranger"))],
        struck_shifts=frozenset({earlier.shifts.get(role="Planter").pk}),
    )

    later.refresh_from_db()
    assert followed.changed == [later]
    assert (later.practical, later.day) == ("Des bottes.", on(27))
    assert [each.role for each in later.shifts.all()] == ["Biner", "Ranger"]
    first.refresh_from_db()
    assert first.practical == ""


def test_what_somebody_had_put_otherwise_on_a_day_stays(first, ada):
    (later,) = repeat(first, ada, on(20))
    changing.change(
        work_day=later,
        said=dataclasses.replace(words.of_day(later), practical="Apportez le gâteau."),
        needed=Lines(),
        by=ada,
        now=NOW,
    )
    first.refresh_from_db()

    followed = change(first, ada, said=dataclasses.replace(words.of_day(first), practical="Des bottes."))

    later.refresh_from_db()
    assert later.practical == "Apportez le gâteau."
    assert followed.changed == []


def test_a_day_on_which_somebody_counts_keeps_its_shift_and_says_so(first, ada):
    taken, free = repeat(first, ada, on(20), on(27))
    VolunteerFactory(work_day=taken, shifts=[taken.shifts.get(role="Planter")])
    first.refresh_from_db()

    followed = change(first, ada, struck_shifts=frozenset({first.shifts.get(role="Planter").pk}))

    assert followed.changed == [free]
    assert [each for each, _why in followed.refused] == [taken]
    assert taken.shifts.count() == 2


def test_one_day_whose_venue_is_taken_holds_up_no_other(first, ada):
    taken, free = repeat(first, ada, on(20), on(27))
    for each in (first, taken, free):
        proposing.publish(work_day=each, by=ada, now=NOW)
    other = MeetingPageFactory(starts_at=words.at(on(20), NINE), ends_at=words.at(on(20), TWO)).venue
    first = WorkDay.objects.get(pk=first.pk)

    followed = change(first, ada, said=dataclasses.replace(words.of_day(first), venue=other))

    assert followed.changed == [free]
    assert followed.refused[0][0] == taken
    assert MeetingPage.objects.get(pk=taken.meeting.pk).venue != other
