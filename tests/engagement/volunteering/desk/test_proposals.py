"""What staff say to a work day that a coordinator proposes, and what they read once it is over."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from engagement.models import WorkDay
from engagement.volunteering.planning import proposing
from meetings.models import MeetingPage
from tests.engagement.volunteering.at_the_desk import at, words
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


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
