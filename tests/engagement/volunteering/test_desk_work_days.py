"""What staff do with a work day at the desk: a tab of the meeting, shifts, series, who comes, yes or no."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from communities.models import Delivery
from engagement.models import Volunteer, WorkDay
from engagement.volunteering import telling
from engagement.volunteering.planning import proposing
from meetings.models import Answer, AnswerChannel, MeetingKind, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories_of_work_days import ShiftFactory, VolunteerFactory
from tests.engagement.volunteering import typed
from tests.engagement.volunteering.plans import coordinator, in_days, made
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory, meeting_index

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def nora():
    return StaffFactory(communication=True, reads="en")


@pytest.fixture
def desk(client, nora):
    client.force_login(nora)
    return client


def at(view, thing, *more):
    meeting = thing.meeting if isinstance(thing, WorkDay) else thing
    return reverse(f"work_days_desk:{view}", args=[meeting.pk, *more])


def words(answer):
    return answer.content.decode()


@pytest.fixture
def work_day():
    return ShiftFactory().work_day


@pytest.fixture
def proposed():
    meeting_index()
    asks = coordinator(CommunityFactory(), name="Ada Terril")
    return proposing.propose(work_day=made(asks), by=asks, now=NOW)


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


# --- Yes or no ---------------------------------------------------------------------------------------------------


def test_what_waits_is_on_the_first_page_for_whoever_decides(client, proposed):
    for group, sees in (("communication", True), ("elected", False)):
        client.force_login(StaffFactory(**{group: True}))
        assert (at("decide", proposed) in words(client.get("/admin/"))) is sees, group


def test_a_yes_publishes_under_the_name_of_whoever_said_it(desk, proposed, nora):
    assert "Ada Terril" in words(desk.get(at("decide", proposed)))

    desk.post(at("decide", proposed), {"yes": "1", "words": ""})

    assert MeetingPage.objects.get().live
    assert PageLogEntry.objects.get(action=proposing.APPROVED).user == nora


def test_a_no_needs_words_and_keeps_it_a_draft(desk, proposed):
    assert desk.post(at("decide", proposed), {"no": "1", "words": " "}).status_code == 409

    desk.post(at("decide", proposed), {"no": "1", "words": "Le parc est fermé."})

    assert WorkDay.objects.get().refusal == "Le parc est fermé."
    assert "Le parc est fermé." in words(desk.get(at("work_day", proposed)))


def test_a_press_that_comes_second_is_told_and_changes_nothing(desk, proposed):
    desk.post(at("decide", proposed), {"yes": "1"})

    desk.post(at("decide", proposed), {"no": "1", "words": "Non."})

    assert not WorkDay.objects.get().is_refused
    assert desk.get(at("decide", proposed)).headers["Location"] == at("work_day", proposed)


def test_the_history_of_the_page_names_the_resident_while_they_are_known(client, proposed):
    client.force_login(StaffFactory(administration=True, reads="en"))

    shown = words(client.get(reverse("wagtailadmin_pages:history", args=[proposed.meeting.pk])))

    assert "Proposed the work day (Ada Terril, in their space)" in shown


def test_a_draft_that_nobody_knows_of_is_deleted_with_its_shifts(client, proposed):
    client.force_login(StaffFactory(administration=True))

    client.post(reverse("wagtailadmin_pages:delete", args=[proposed.meeting.pk]))

    assert not WorkDay.objects.exists()


# --- The day itself ----------------------------------------------------------------------------------------------


@pytest.fixture
def gone_by(work_day):
    ago = NOW - dt.timedelta(days=3)
    MeetingPage.objects.filter(pk=work_day.meeting_id).update(starts_at=ago, ends_at=ago + dt.timedelta(hours=3))
    return work_day


def test_the_sheet_of_the_day_is_printed_from_the_tab(desk, work_day):
    address = reverse("days_done:sheet", args=[work_day.pk])

    assert address in words(desk.get(at("work_day", work_day)))
    assert desk.get(address).headers["Content-Type"] == "application/pdf"


def test_of_a_day_gone_by_staff_read_that_nobody_said_who_was_there(desk, gone_by):
    shown = words(desk.get(at("work_day", gone_by)))

    assert "Nobody has said yet who was there" in shown
    assert "Who had signed up" in shown


def test_once_the_list_is_confirmed_the_tab_leads_to_the_accounts(desk, gone_by):
    WorkDay.objects.filter(pk=gone_by.pk).update(closed_at=NOW)

    shown = words(desk.get(at("work_day", gone_by)))

    assert reverse("days_done:inspect", args=[gone_by.pk]) in shown
    assert "Nobody has said yet" not in shown
