"""A work day changes: its facts, its shifts and needs; who had something is never sent away silently."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery
from communities.post.kinds import letter_kinds
from engagement.models import Need, Shift, Signup
from engagement.refusals import MayNot
from engagement.volunteering import signing_up, telling
from engagement.volunteering.planning import changing, lines, proposing, words
from engagement.volunteering.planning.words import Lines
from engagement.volunteering.wishes import Wish
from meetings.models import AnswerChannel, MeetingStatus
from meetings.planning import CannotBePublished
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.plans import FIVE, NINE, NOON, TWO, coordinator, in_days, made, need, shift
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return coordinator()


@pytest.fixture
def work_day(ada):
    """Published, with two shifts and wheelbarrows."""
    return proposing.publish(work_day=made(ada), by=ada, now=timezone.now())


def change(work_day, by, *, said=None, anyway=False, **needed):
    return changing.change(
        work_day=work_day, said=said, needed=Lines(**needed), anyway=anyway, by=by, now=timezone.now()
    )


def sign(work_day, *, shifts=(), items=None, waits=(), guests=0):
    resident = ResidentFactory()
    wish = Wish(
        shifts=frozenset(shifts), waits=frozenset(waits), items={each.pk: 1 for each in items or []}, guests=guests
    )
    return signing_up.sign_up(
        work_day=work_day, resident=resident, wish=wish, channel=AnswerChannel.WEB, now=timezone.now()
    )


def letters(kind):
    return Delivery.objects.filter(mailing__kind=kind)


def first_shift(work_day):
    return work_day.shifts.first()


def test_facts_that_change_on_a_published_day_are_published(work_day, ada):
    said = dataclasses.replace(words.of_day(work_day), title="Chantier des pommiers", day=in_days(12))

    change(work_day, ada, said=said)

    work_day.meeting.refresh_from_db()
    assert (work_day.meeting.title, work_day.day) == ("Chantier des pommiers", in_days(12))
    assert work_day.meeting.live
    assert not work_day.meeting.has_unpublished_changes


def test_facts_that_change_on_a_draft_stay_a_draft(ada):
    work_day = made(ada)

    change(work_day, ada, said=dataclasses.replace(words.of_day(work_day), summary="On taille."))

    work_day.meeting.refresh_from_db()
    assert (work_day.meeting.summary, work_day.meeting.live) == ("On taille.", False)


def test_what_does_not_change_publishes_nothing_anew(work_day, ada):
    published = work_day.meeting.last_published_at

    change(work_day, ada, said=words.of_day(work_day), shifts=[(None, shift("Ranger"))])

    work_day.meeting.refresh_from_db()
    assert work_day.meeting.last_published_at == published
    assert work_day.shifts.count() == 3


def test_shifts_and_needs_are_added_changed_and_taken_off_in_one_gesture(work_day, ada):
    first, second = work_day.shifts.all()
    barrows = work_day.needs.get()

    change(
        work_day,
        ada,
        shifts=[(first.pk, shift("Tailler", places=9)), (None, shift("Ranger"))],
        needs=[(barrows.pk, need("Seaux", quantity=3))],
        struck_shifts=frozenset({second.pk}),
    )

    assert [(each.role, each.places) for each in work_day.shifts.all()] == [("Tailler", 9), ("Ranger", 6)]
    assert work_day.needs.get().item == "Seaux"
    assert not Shift.with_struck.filter(pk=second.pk).exists()


def test_lines_of_another_work_day_are_left_alone(work_day, ada):
    other = made(coordinator())

    change(
        work_day,
        ada,
        shifts=[(first_shift(other).pk, shift("Volé"))],
        struck_needs=frozenset({other.needs.get().pk}),
    )

    assert first_shift(other).role == "Désherber"
    assert other.needs.exists()


def test_a_shift_that_somebody_took_is_not_taken_off_and_the_sentence_counts_people(work_day, ada):
    first = first_shift(work_day)
    sign(work_day, shifts=[first.pk], guests=2)

    with pytest.raises(lines.StillTaken) as refused:
        change(work_day, ada, struck_shifts=frozenset({first.pk}))

    assert "3" in refused.value.sentence
    assert Signup.objects.count() == 1


def test_a_place_that_a_letter_still_holds_counts_too(work_day, ada):
    first = first_shift(work_day)
    VolunteerFactory(held=True, work_day=work_day, shifts=[first])

    with pytest.raises(lines.StillTaken):
        change(work_day, ada, struck_shifts=frozenset({first.pk}))


def test_taken_off_anyway_it_is_told_to_those_and_to_nobody_else(work_day, ada):
    first, second = work_day.shifts.all()
    barrows = work_day.needs.get()
    concerned = sign(work_day, shifts=[first.pk], items=[barrows])
    sign(work_day, shifts=[second.pk])

    change(work_day, ada, anyway=True, struck_shifts=frozenset({first.pk}), struck_needs=frozenset({barrows.pk}))

    assert letters(telling.STRUCK_LETTER).get().resident == concerned.resident
    assert not Signup.objects.filter(volunteer=concerned).exists()
    assert (work_day.shifts.count(), work_day.needs.count()) == (1, 0)


def test_the_letter_names_what_is_gone_what_stays_and_takes_it_out_of_the_calendar(work_day, ada):
    first, second = work_day.shifts.all()
    barrows = work_day.needs.get()
    sign(work_day, shifts=[first.pk, second.pk], items=[barrows])

    change(work_day, ada, anyway=True, struck_shifts=frozenset({first.pk}), struck_needs=frozenset({barrows.pk}))

    mailing = letters(telling.STRUCK_LETTER).get().mailing
    letter = composed(mailing)
    gone, stays = letter.text.split("What you have stays yours")
    assert "Désherber" in gone
    assert "Brouettes" in gone
    assert "Planter" in stays
    assert "Brouettes" not in stays
    assert letter.calendar.content.count(b"STATUS:CANCELLED") == 1
    assert letter.calendar.content.count(b"BEGIN:VEVENT") == 2


def composed(mailing):
    return letter_kinds[mailing.kind].compose(mailing=mailing, language="en")


def test_a_key_is_never_longer_than_its_column():
    volunteer = VolunteerFactory()

    key = telling.struck_key(volunteer, range(100_000, 100_050), range(100_000, 100_050))

    assert len(key) <= telling.LONGEST_KEY
    assert key.startswith(f"{volunteer.pk}:s100000:")


def test_fewer_places_than_people_send_nobody_away(work_day, ada):
    first = first_shift(work_day)
    for _someone in range(3):
        sign(work_day, shifts=[first.pk])

    change(work_day, ada, shifts=[(first.pk, dataclasses.replace(words.of_shift(first), places=1))])

    assert first.signups.coming().count() == 3


def test_more_places_are_given_to_those_who_wait(work_day, ada):
    first = first_shift(work_day)
    change(work_day, ada, shifts=[(first.pk, dataclasses.replace(words.of_shift(first), places=1))])
    sign(work_day, shifts=[first.pk])
    waits = sign(work_day, waits=[first.pk])

    change(work_day, ada, shifts=[(first.pk, dataclasses.replace(words.of_shift(first), places=2))])

    assert letters(telling.MOVED_UP_LETTER).get().resident == waits.resident


def test_other_hours_of_a_shift_are_told_to_who_comes_to_it(work_day, ada):
    first, second = work_day.shifts.all()
    comes = sign(work_day, shifts=[first.pk])
    sign(work_day, shifts=[second.pk])

    change(work_day, ada, shifts=[(first.pk, shift(begins=dt.time(10)))])

    assert letters(telling.HOURS_LETTER).get().resident == comes.resident


def test_another_name_of_a_shift_writes_to_nobody(work_day, ada):
    first = first_shift(work_day)
    sign(work_day, shifts=[first.pk])

    change(work_day, ada, shifts=[(first.pk, shift("Arracher les orties"))])

    assert not letters(telling.HOURS_LETTER).exists()


@pytest.mark.parametrize(("begins", "ends"), [(dt.time(10), FIVE), (NINE, NOON)])
def test_the_day_may_not_become_shorter_than_its_shifts(work_day, ada, begins, ends):
    with pytest.raises(lines.OutsideTheDay):
        change(work_day, ada, said=dataclasses.replace(words.of_day(work_day), begins=begins, ends=ends))

    work_day.meeting.refresh_from_db()
    assert words.of_day(work_day).ends == FIVE


def test_a_venue_that_is_taken_is_refused_and_nothing_has_changed(work_day, ada):
    taken = MeetingPageFactory(
        starts_at=words.at(in_days(20), NINE), ends_at=words.at(in_days(20), TWO), venue=work_day.meeting.venue
    )

    with pytest.raises(CannotBePublished) as refused:
        change(
            work_day,
            ada,
            said=dataclasses.replace(words.of_day(work_day), day=in_days(20)),
            shifts=[(None, shift("Ranger"))],
        )

    assert taken.title in refused.value.sentence
    assert work_day.shifts.count() == 2


@pytest.mark.parametrize("facts", [{"status": MeetingStatus.CANCELLED}, {"starts_at": None}])
def test_what_is_over_or_called_off_keeps_its_plan(work_day, ada, facts):
    if "status" in facts:
        work_day.meeting.status, work_day.meeting.status_reason = MeetingStatus.CANCELLED, "La pluie."
    else:
        work_day.meeting.starts_at, work_day.meeting.ends_at = words.at(in_days(-2), NINE), words.at(in_days(-2), FIVE)
    work_day.meeting.save()

    with pytest.raises(changing.IsOver):
        change(work_day, ada, shifts=[(None, shift())])


def test_a_coordinator_of_another_community_changes_nothing(work_day):
    with pytest.raises(MayNot):
        change(work_day, coordinator(), shifts=[(None, shift())])


def test_a_meeting_that_nobody_knows_of_goes_with_its_work_day(ada):
    work_day = made(ada)

    work_day.meeting.delete()

    assert not Need.with_struck.exists()
