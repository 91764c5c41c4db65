"""A coordinator writes a work day down: what is made, and what is refused."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from communities.models import Role
from engagement.models import Need, Shift, WorkDay
from engagement.refusals import MayNot
from engagement.volunteering.planning import lines, making, words
from engagement.volunteering.planning.words import Lines
from meetings.models import MeetingKind, MeetingPage, ParticipationLevel, Venue
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.engagement.volunteering.plans import a_plan, community_of, coordinator, in_days, made, said, shift
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db


def test_a_coordinator_makes_a_draft_with_shifts_and_needs():
    ada = coordinator()

    work_day = made(ada, summary="On taille les pommiers.", practical="Des gants.")

    meeting = MeetingPage.objects.get()
    assert work_day.meeting == meeting
    assert (meeting.kind, meeting.level, meeting.live) == (MeetingKind.WORK_DAY, ParticipationLevel.CARRY_OUT, False)
    assert list(meeting.communities.all()) == [community_of(ada)]
    assert [str(each) for each in work_day.shifts.all()] == ["Désherber", "Planter"]
    assert [str(each) for each in work_day.needs.all()] == ["Brouettes"]
    assert (work_day.proposed_by, work_day.practical) == (ada, "Des gants.")


def test_what_was_written_down_reads_back_the_same():
    before = said(practical="Des gants.", contact_name="Ada", contact_phone="06 00 00 00 00", summary="On taille.")
    ada = coordinator()

    work_day = making.make(community=community_of(ada), said=before, needed=a_plan(), by=ada, now=timezone.now())

    assert words.of_day(WorkDay.objects.get(pk=work_day.pk)) == before


def test_two_of_the_same_title_on_the_same_day_have_each_their_address():
    ada = coordinator()

    slugs = {made(ada).meeting.slug for _each in range(3)}

    assert len(slugs) == 3


@pytest.mark.parametrize("title", ["Chantier", "…", "’", "a" * 255, "Été : l’herbe & les fleurs"])
def test_any_title_has_an_address(title):
    assert made(coordinator(), title=title).meeting.slug


def test_a_place_that_is_only_named_is_a_place_from_now_on_and_once():
    ada = coordinator()

    first, second = made(ada, place="Le verger du stade"), made(ada, place="le verger du STADE")

    assert Venue.objects.get() == first.meeting.venue == second.meeting.venue
    assert Venue.objects.get().is_shared


def test_a_shift_outside_the_hours_of_the_day_is_refused_with_both():
    ada = coordinator()
    late = Lines(shifts=[(None, shift("Ranger", ends=dt.time(19)))])

    with pytest.raises(lines.OutsideTheDay) as refused:
        made(ada, needed=late)

    assert "Ranger" in refused.value.sentence
    assert not WorkDay.objects.exists()


def test_nobody_plans_for_yesterday():
    with pytest.raises(making.InThePast):
        made(coordinator(), day=in_days(-1))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LIAISON, Role.OFFICER])
def test_other_members_make_none(role):
    member = MembershipFactory(role=role).resident

    with pytest.raises(MayNot):
        made(member)


def test_a_coordinator_makes_none_for_another_community():
    ada = coordinator()

    with pytest.raises(MayNot):
        making.make(community=CommunityFactory(), said=said(), needed=a_plan(), by=ada, now=timezone.now())


def test_staff_make_one_too_in_their_own_name():
    nora, community = StaffFactory(communication=True), CommunityFactory()

    work_day = making.make(community=community, said=said(), needed=a_plan(), by=nora, now=timezone.now())

    assert work_day.proposed_by is None
    assert PageLogEntry.objects.get(action=making.MADE).user == nora


def test_the_history_of_the_page_says_which_resident_by_key_only():
    ada = coordinator()

    made(ada)

    entry = PageLogEntry.objects.get(action=making.MADE)
    assert (entry.user, entry.data) == (None, {"resident": ada.pk})


def test_a_meeting_of_the_town_halls_becomes_a_work_day_once():
    meeting, nora = MeetingPageFactory(kind=MeetingKind.WORK_DAY), StaffFactory(communication=True)

    first, second = (making.add_to(meeting=meeting, by=nora) for _press in range(2))

    assert first == second
    assert not Shift.objects.exists()
    assert not Need.objects.exists()


def test_another_kind_of_meeting_has_no_shifts():
    with pytest.raises(making.NotAWorkDay):
        making.add_to(meeting=MeetingPageFactory(), by=StaffFactory(communication=True))
