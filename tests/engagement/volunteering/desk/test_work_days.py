"""What staff do with a work day at the desk: a tab of the meeting, shifts, series, who comes, yes or no."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from communities.models import Delivery
from engagement.models import Volunteer, WorkDay
from engagement.volunteering import telling
from meetings.models import Answer, AnswerChannel, MeetingKind, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering import typed
from tests.engagement.volunteering.at_the_desk import at, words
from tests.engagement.volunteering.plans import in_days
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


# --- The tab -----------------------------------------------------------------------------------------------------


def test_a_meeting_of_this_kind_has_the_tab_and_others_have_not(desk, work_day):
    other = MeetingPageFactory()

    for thing, has_it in ((work_day.meeting, True), (other, False)):
        shown = words(desk.get(reverse("meetings_desk:answers", args=[thing.pk])))
        assert (at("work_day", thing) in shown) is has_it


def test_the_editor_of_the_page_leads_there(desk, work_day):
    shown = words(desk.get(reverse("wagtailadmin_pages:edit", args=[work_day.meeting.pk])))

    assert at("work_day", work_day) in shown


def test_a_meeting_without_shifts_gets_them_by_one_press(desk):
    meeting = MeetingPageFactory(kind=MeetingKind.WORK_DAY)
    assert "Give it shifts" in words(desk.get(at("work_day", meeting)))

    for _press in range(2):
        desk.post(at("add_shifts", meeting))

    assert WorkDay.objects.get().meeting == meeting
    assert "Give it shifts" not in words(desk.get(at("work_day", meeting)))


def test_another_kind_of_meeting_is_told_so(desk):
    desk.post(at("add_shifts", MeetingPageFactory()))

    assert not WorkDay.objects.exists()


@pytest.mark.parametrize("view", ["plan", "again", "decide", "write_helper_down"])
def test_what_has_no_shifts_has_no_such_pages(desk, view):
    assert desk.get(at(view, MeetingPageFactory(kind=MeetingKind.WORK_DAY))).status_code == 404


# --- Shifts and needs --------------------------------------------------------------------------------------------


def test_shifts_needs_and_facts_are_recorded_together(desk, work_day, nora):
    leader = MembershipFactory(community=CommunityFactory()).resident
    work_day.meeting.communities = [leader.communities.get()]
    work_day.meeting.save()
    sent = typed.of_work_day(work_day) | {"leader": leader.pk, "leader_shown_as": "Ada", "shifts-1-role": "Ranger"}

    answer = desk.post(at("plan", work_day), sent)

    assert answer.headers["Location"] == at("work_day", work_day)
    work_day.refresh_from_db()
    assert (work_day.leader, work_day.leader_shown_as) == (leader, "Ada")
    assert [each.role for each in work_day.shifts.all()] == ["Désherber", "Ranger"]
    assert PageLogEntry.objects.filter(user=nora, action="engagement.work_day_changed").exists()


def test_somebody_of_another_community_does_not_lead(desk, work_day):
    answer = desk.post(at("plan", work_day), typed.of_work_day(work_day) | {"leader": ResidentFactory().pk})

    assert answer.status_code == 422


def test_the_desk_changes_neither_title_nor_day_here(desk, work_day):
    title = work_day.meeting.title

    desk.post(at("plan", work_day), typed.of_work_day(work_day, title="Autre", day=in_days(99).isoformat()))

    assert MeetingPage.objects.get(pk=work_day.meeting.pk).title == title


def test_what_somebody_took_asks_once_more(desk, work_day):
    VolunteerFactory(work_day=work_day, shifts=[work_day.shifts.get()])
    sent = typed.of_work_day(work_day) | {"shifts-0-DELETE": "on"}

    refused = desk.post(at("plan", work_day), sent)
    assert refused.status_code == 409
    assert 'name="anyway"' in words(refused)

    desk.post(at("plan", work_day), sent | {"anyway": "1"})
    assert Delivery.objects.get(mailing__kind=telling.STRUCK_LETTER)


# --- Again -------------------------------------------------------------------------------------------------------


def test_once_more_and_a_series(desk, work_day):
    desk.post(at("again", work_day), {"once": "1", "day": in_days(17).isoformat()})
    address = f"{at('again', work_day)}?rhythm=weekly&until={in_days(32)}"
    assert "is there already" in words(desk.get(address))

    desk.post(address, {"day": [in_days(24).isoformat(), in_days(31).isoformat()]})

    work_day.refresh_from_db()
    assert WorkDay.objects.count() == 4
    assert WorkDay.objects.filter(series=work_day.series).count() == 3


@pytest.mark.parametrize("day", ["", "\x00", "hier", "2020-01-01"])
def test_a_day_that_was_not_offered_is_not_made(desk, work_day, day):
    desk.post(at("again", work_day), {"day": day})

    assert WorkDay.objects.count() == 1


# --- Who comes ---------------------------------------------------------------------------------------------------


def test_addresses_are_shown_to_whoever_may_see_them_only(client, work_day):
    VolunteerFactory(work_day=work_day, resident__email="ines@example.org", given_name="Inès")

    for group, sees in (("communication", False), ("participation", True)):
        client.force_login(StaffFactory(**{group: True}))
        shown = words(client.get(at("work_day", work_day)))
        assert "Inès" in shown
        assert ("ines@example.org" in shown) is sees, group


def heard(work_day, **more):
    return {
        "name": "Basile Coron",
        "email": "",
        "own_phone": "0611223344",
        "channel": AnswerChannel.PHONE,
        "shift": work_day.shifts.get().pk,
    } | more


def test_somebody_who_telephoned_is_written_down_like_any_other(desk, work_day):
    desk.post(at("write_helper_down", work_day), heard(work_day, guests="1"))

    volunteer = Volunteer.objects.get()
    assert (volunteer.resident.name, volunteer.guests, volunteer.channel) == ("Basile Coron", 1, AnswerChannel.PHONE)
    assert Answer.objects.current().get().channel == AnswerChannel.PHONE


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"own_phone": ""}, 422),
        ({"name": ""}, 422),
        ({"name": "\x00"}, 422),
        ({"email": "basile"}, 422),
        ({"shift": "999"}, 422),
        ({"guests": "7", "minors": "0"}, 409),
        ({"channel": "web"}, 422),
    ],
)
def test_what_is_wrong_is_said_and_kept(desk, work_day, wrong, status):
    answer = desk.post(at("write_helper_down", work_day), heard(work_day) | wrong)

    assert answer.status_code == status
    assert not Volunteer.objects.exists()


def test_somebody_who_can_no_longer_come_is_taken_off_after_a_page_that_asks(desk, work_day):
    desk.post(at("write_helper_down", work_day), heard(work_day))
    volunteer = Volunteer.objects.get()
    assert desk.get(at("take_helper_off", work_day, volunteer.pk)).status_code == 200
    assert Volunteer.objects.get().is_coming

    desk.post(at("take_helper_off", work_day, volunteer.pk))

    assert not Volunteer.objects.get().is_coming
    assert desk.post(at("take_helper_off", work_day, volunteer.pk)).status_code == 404


def test_nobody_is_taken_off_through_another_work_day(desk, work_day):
    other = VolunteerFactory()

    assert desk.post(at("take_helper_off", work_day, other.pk)).status_code == 404
