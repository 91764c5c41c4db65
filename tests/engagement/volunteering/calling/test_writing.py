"""Writing to those who signed up, and to members: who gets it, who does not, and how often."""

import datetime as dt
import uuid

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from communities.models import Channel, Delivery, DeliveryState, Priority
from communities.post.kinds import letter_kinds
from engagement.models import CoordinatorLetter, Readers, Signup, SignupState
from engagement.volunteering import names
from engagement.volunteering.calling import writing
from meetings.models import MeetingPage
from tests.communities.factories import MembershipFactory, SuppressionFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    return ShiftFactory(work_day=a_work_day.of())


@pytest.fixture
def work_day(shift):
    return shift.work_day


@pytest.fixture
def coordinator(work_day):
    return a_work_day.coordinator(work_day, name="Nora Chevalet")


def waiting(shift, **facts):
    volunteer = VolunteerFactory(work_day=shift.work_day, shifts=[shift], **facts)
    Signup.objects.filter(volunteer=volunteer).update(state=SignupState.WAITING)
    return volunteer


def readers(work_day, coordinator, to, shift=None):
    addressees, _left_out = writing.reached(work_day=work_day, by=coordinator, readers=to, shift=shift)
    return {each.resident_id for each in addressees}


# --- Who -------------------------------------------------------------------------------------------------------------


def test_each_group_is_those_it_says(work_day, shift, coordinator):
    afternoon, need = ShiftFactory(work_day=work_day, afternoon=True), NeedFactory(work_day=work_day)
    in_the_morning = VolunteerFactory(work_day=work_day, shifts=[shift]).resident_id
    after_lunch = VolunteerFactory(work_day=work_day, shifts=[afternoon], items={need: 1}).resident_id
    in_line = waiting(shift).resident_id
    VolunteerFactory(work_day=work_day, shifts=[shift], withdrawn_at=timezone.now())
    VolunteerFactory(work_day=work_day, shifts=[shift], held=True)
    VolunteerFactory(shifts=[])

    assert readers(work_day, coordinator, Readers.COMING) == {in_the_morning, after_lunch}
    assert readers(work_day, coordinator, Readers.SHIFT, shift) == {in_the_morning}
    assert readers(work_day, coordinator, Readers.BRINGING) == {after_lunch}
    assert readers(work_day, coordinator, Readers.WAITING) == {in_line}


def test_who_waits_and_brings_something_comes_too(work_day, shift, coordinator):
    need = NeedFactory(work_day=work_day)
    volunteer = waiting(shift, items={need: 1})

    assert readers(work_day, coordinator, Readers.COMING) == {volunteer.resident_id}


def test_whoever_writes_does_not_write_to_themselves(work_day, shift, coordinator):
    VolunteerFactory(work_day=work_day, resident=coordinator, shifts=[shift])

    assert readers(work_day, coordinator, Readers.COMING) == set()
    assert readers(work_day, coordinator, Readers.MEMBERS) == set()


def test_those_who_signed_up_are_written_to_without_a_consent_by_the_way_there_is(work_day, coordinator):
    VolunteerFactory(work_day=work_day)
    VolunteerFactory(work_day=work_day, resident__without_email=True)
    bouncing = VolunteerFactory(work_day=work_day).resident
    SuppressionFactory(address=bouncing.email)

    addressees, left_out = writing.reached(work_day=work_day, by=coordinator, readers=Readers.COMING)

    assert sorted(each.channel for each in addressees) == [Channel.EMAIL, Channel.PHONE]
    assert left_out == {str(writing.NO_WAY): 1}


def test_members_are_only_those_who_agreed(work_day, coordinator):
    agreed = a_work_day.member(work_day)
    MembershipFactory(community=a_work_day.community_of(work_day), consenting=False)

    assert readers(work_day, coordinator, Readers.MEMBERS) == {agreed.pk}


@pytest.mark.parametrize("people", [1, 12])
def test_counting_readers_costs_the_same_however_many(work_day, coordinator, people, django_assert_max_num_queries):
    VolunteerFactory.create_batch(people, work_day=work_day)

    with django_assert_max_num_queries(6):
        writing.reached(work_day=work_day, by=coordinator, readers=Readers.COMING)


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_a_letter_is_signed_with_the_name_shown_and_says_why_it_comes(work_day, coordinator):
    reader = VolunteerFactory(work_day=work_day).resident

    letter = a_work_day.write(work_day, coordinator, now=timezone.now())

    said = a_work_day.as_read(a_work_day.to(letter, reader))
    assert letter.signed == "Nora C."
    assert said.from_name.startswith("Nora C.")
    assert "Apportez de quoi manger." in said.text
    assert "parce que vous participez à ce chantier" in said.text
    assert coordinator.email not in said.text + said.html
    assert "Nora Chevalet" not in said.text + said.html


def test_whoever_leads_signs_as_everyone_reads_them(work_day, coordinator):
    work_day.leader, work_day.leader_shown_as = coordinator, "Nono"

    assert names.of_coordinator(coordinator, work_day) == "Nono"


def test_another_coordinator_signs_as_their_community_reads_them(work_day, coordinator):
    assert names.of_coordinator(coordinator, work_day) == "Nora C."

    coordinator.memberships.update(shown_as="La Nonore")

    assert names.of_coordinator(coordinator, work_day) == "La Nonore"


def test_an_address_where_a_name_should_stand_is_read_by_nobody(work_day, coordinator):
    coordinator.name = "nora@exemple.fr"
    coordinator.save()
    coming = VolunteerFactory(work_day=work_day, resident__name="basile@exemple.fr")

    shown = [names.of_coordinator(coordinator, work_day), names.of_writer(coming.resident, work_day)]

    assert "exemple" not in "".join(shown)
    assert all(shown)


def test_letters_to_those_who_come_overtake_others_and_letters_to_members_do_not(work_day, coordinator):
    VolunteerFactory(work_day=work_day, resident=a_work_day.member(work_day))

    to_some = a_work_day.write(work_day, coordinator, now=timezone.now())
    to_all = a_work_day.write(work_day, coordinator, readers=Readers.MEMBERS, now=timezone.now())

    assert to_some.mailing.priority == Priority.TRANSACTIONAL
    assert to_all.mailing.priority == Priority.BULK


def test_a_letter_to_members_counts_among_those_nobody_asked_for(work_day, coordinator):
    member = a_work_day.member(work_day)
    for _each in range(django_settings.MOST_UNASKED_LETTERS + 1):
        letter = a_work_day.write(work_day, coordinator, readers=Readers.MEMBERS, now=timezone.now())

    assert a_work_day.to(letter, member).state == DeliveryState.HELD
    line = letter_kinds[writing.MEMBERS_LETTER].digest_lines(
        mailing=letter.mailing, deliveries=[a_work_day.to(letter, member)]
    )
    assert [each.title for each in line.values()] == ["Le repas de midi"]


def test_the_same_press_twice_is_one_letter(work_day, coordinator):
    VolunteerFactory(work_day=work_day)
    key = uuid.uuid4()

    for _press in range(2):
        a_work_day.write(work_day, coordinator, key=key, now=timezone.now())

    assert Delivery.objects.filter(mailing__kind=writing.VOLUNTEERS_LETTER).count() == 1


def test_the_sixth_letter_of_a_day_is_one_too_many_whoever_writes_it(work_day, coordinator):
    VolunteerFactory(work_day=work_day)
    now = timezone.now()
    for _each in range(writing.MOST_A_DAY):
        a_work_day.write(work_day, coordinator, now=now)

    with pytest.raises(writing.WrittenOftenEnough):
        a_work_day.write(work_day, a_work_day.coordinator(work_day), now=now + dt.timedelta(hours=23))
    assert a_work_day.write(work_day, coordinator, now=now + dt.timedelta(hours=25))


def test_nothing_is_written_about_a_draft_or_what_is_long_past(work_day, coordinator):
    VolunteerFactory(work_day=work_day)

    with pytest.raises(writing.NotWrittenAbout):
        a_work_day.write(work_day, coordinator, now=work_day.meeting.ends_at + dt.timedelta(days=15))
    MeetingPage.objects.filter(pk=work_day.meeting.pk).update(live=False)
    with pytest.raises(writing.NotWrittenAbout):
        a_work_day.write(work_day, coordinator, now=timezone.now())


def test_a_letter_to_nobody_is_not_written(work_day, coordinator):
    with pytest.raises(writing.NobodyToWriteTo):
        a_work_day.write(work_day, coordinator, now=timezone.now())
    assert not CoordinatorLetter.objects.exists()


def test_whoever_withdrew_before_it_leaves_is_spared(work_day, coordinator):
    stays, leaves = VolunteerFactory(work_day=work_day), VolunteerFactory(work_day=work_day)
    letter = a_work_day.write(work_day, coordinator, now=timezone.now())
    type(leaves).objects.filter(pk=leaves.pk).update(withdrawn_at=timezone.now())

    deliveries = [a_work_day.to(letter, each.resident) for each in (stays, leaves)]
    reasons = letter_kinds[writing.VOLUNTEERS_LETTER].still_true(
        mailing=letter.mailing, deliveries=deliveries, now=timezone.now()
    )

    assert reasons.keys() == {deliveries[1].pk}


def test_what_looks_like_html_stays_words_and_a_link_is_shown_as_it_is(work_day, coordinator):
    reader = VolunteerFactory(work_day=work_day).resident
    words = "<a href='https://ailleurs.example'>ici</a> https://ailleurs.example/plan"

    letter = a_work_day.write(work_day, coordinator, words=words, now=timezone.now())

    said = a_work_day.as_read(a_work_day.to(letter, reader))
    assert "<a href=" not in said.html.partition("</h2>")[0]
    assert "https://ailleurs.example/plan" in said.html
