"""What the desk answers when a meeting cannot be published, hidden or deleted, by whichever of Wagtail's ways."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from meetings.models import MeetingPage, VenueBooking
from pages import workflow
from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ProjectPageFactory
from tests.factories import StaffFactory, home_page
from tests.meetings.conftest import words
from tests.meetings.factories import (
    AnnouncementFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    evening,
    meeting_index,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/meetings/"


@pytest.fixture
def boss(client: Client) -> Client:
    """Only an administrator deletes a page with others below it."""
    client.force_login(StaffFactory(administration=True))
    return client


def draft(**facts: Any) -> MeetingPage:
    """A draft with all it takes, whose last word is a revision."""
    meeting: MeetingPage = MeetingPageFactory(**{"draft": True, "communities": [CommunityFactory()]} | facts)
    meeting.save_revision(clean=False)
    return meeting


def bulk(action: str, *pages: Page) -> str:
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{chosen}&next={LIST}"


def submitted(meeting: MeetingPage) -> TaskState:
    """The meeting, waiting for a colleague in the workflow that the town starts with."""
    workflow.attach(home=home_page())
    meeting.get_workflow().start(meeting, StaffFactory(communication=True))
    return meeting.current_workflow_task_state


def approve(desk: Client, meeting: MeetingPage, task: TaskState, **how: Any) -> Any:
    address = reverse("wagtailadmin_pages:workflow_action", args=[meeting.pk, "approve", task.pk])
    return desk.post(address, {"comment": ""}, **how)


def test_a_complete_meeting_is_published_by_a_colleagues_approval(desk: Client):
    meeting = draft()

    approve(desk, meeting, submitted(meeting))

    meeting.refresh_from_db()
    assert meeting.live
    assert VenueBooking.objects.get().meeting == meeting


def test_approving_a_meeting_whose_venue_was_taken_meanwhile_says_by_whom_and_approves_nothing(desk: Client):
    meeting = draft(title="Le grand rangement")
    task = submitted(meeting)
    MeetingPageFactory(title="La chorale", venue=meeting.venue)

    answer = approve(desk, meeting, task, HTTP_REFERER="http://testserver/admin/", follow=True)

    meeting.refresh_from_db()
    task.refresh_from_db()
    assert answer.redirect_chain == [("http://testserver/admin/", 302)]
    assert "“Le grand rangement” cannot be published yet." in words(answer)
    assert "is already taken from 6:30 pm to 8 pm by “La chorale”" in words(answer)
    assert not meeting.live
    assert task.status == TaskState.STATUS_IN_PROGRESS
    assert meeting.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_window_over_the_page_is_told_where_to_go(desk: Client):
    meeting = draft(empty=True)
    origin = {"HTTP_REFERER": "http://testserver/admin/", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}

    answer = approve(desk, meeting, submitted(meeting), **origin)

    assert answer.json()["redirect"] == "http://testserver/admin/"


def test_incomplete_drafts_published_together_say_what_is_missing_and_none_is_published(desk: Client):
    ready, empty = draft(), draft(title="L’ébauche", empty=True, communities=[])

    answer = desk.post(bulk("publish", ready, empty), follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    for sentence in ("“L’ébauche” cannot be published yet", "Say when it starts", "Choose at least one community"):
        assert sentence in words(answer)
    assert not MeetingPage.objects.live().exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"starts_at": None}, "Say when it starts."),
        ({"ends_at": None}, "Say when it ends."),
        ({"ends_at": evening(in_days=1)}, "The meeting ends before it starts"),
        ({"venue": None}, "Choose a venue, or give a link to join online."),
        ({"communities": []}, "Choose at least one community"),
        ({"status": "cancelled"}, "Say why in a sentence"),
        ({"status": "postponed"}, "Say why in a sentence"),
    ],
)
def test_each_thing_that_keeps_a_meeting_from_being_published_is_said(
    desk: Client, facts: dict[str, Any], sentence: str
):
    meeting = draft()
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.save_revision(clean=False)

    answer = desk.post(bulk("publish", meeting), follow=True)

    assert sentence in words(answer)
    assert not MeetingPage.objects.live().exists()


def test_meetings_below_a_page_published_with_all_below_it_are_held_to_the_same(desk: Client):
    draft(title="L’ébauche", empty=True)

    answer = desk.post(bulk("publish", meeting_index()), {"include_descendants": "on"}, follow=True)

    assert "“L’ébauche” cannot be published yet" in words(answer)


def test_a_draft_of_another_room_that_lacks_something_is_refused_in_words_too(desk: Client):
    project = ProjectPageFactory(draft=True)
    project.title = ""
    project.save_revision(clean=False)

    answer = desk.post(bulk("publish", project), follow=True)

    assert "Something is missing in it" in words(answer)


def test_a_copy_published_at_once_in_the_same_venue_is_refused_and_not_made(desk: Client):
    meeting = MeetingPageFactory(title="La chorale")
    copy = {"new_title": "Encore", "new_slug": "encore", "new_parent_page": meeting_index().pk, "publish_copies": "on"}
    address = reverse("wagtailadmin_pages:copy", args=[meeting.pk])

    answer = desk.post(address, copy, HTTP_REFERER=f"http://testserver{address}", follow=True)

    assert "is already taken from 6:30 pm to 8 pm by “La chorale”" in words(answer)
    assert MeetingPage.objects.count() == 1


def test_the_reader_is_told_in_their_language(client: Client):
    client.force_login(StaffFactory(communication=True, reads="fr"))
    project = ProjectPageFactory(draft=True)
    project.title = ""
    project.save_revision(clean=False)

    answer = client.post(bulk("publish", project), follow=True)

    assert "Il manque quelque chose" in words(answer)


# --- Deleting -----------------------------------------------------------------------------------------------

KNOWN = [AnnouncementFactory, InvitationFactory, RegistrationFactory]


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_meeting_that_residents_know_of_is_not_deleted_and_the_desk_says_to_cancel_it(
    boss: Client, known: Any, method: str
):
    meeting = known(meeting__title="La chorale").meeting
    delete = reverse("wagtailadmin_pages:delete", args=[meeting.pk])

    answer = getattr(boss, method)(delete, HTTP_REFERER=f"http://testserver{LIST}", follow=True)

    assert answer.redirect_chain == [(f"http://testserver{LIST}", 302)]
    assert "Residents know of “La chorale”" in words(answer)
    assert "cancelled" in words(answer)
    assert MeetingPage.objects.get() == meeting


def test_whoever_comes_back_to_a_page_that_is_refused_does_not_turn_in_circles(boss: Client):
    delete = reverse("wagtailadmin_pages:delete", args=[InvitationFactory().meeting.pk])

    answer = boss.get(delete, HTTP_REFERER=f"http://testserver{delete}", follow=True)

    assert answer.redirect_chain == [("/admin/", 302)]


def test_the_page_to_come_next_is_never_elsewhere(boss: Client):
    delete = reverse("wagtailadmin_pages:delete", args=[InvitationFactory().meeting.pk])

    answer = boss.get(f"{delete}?next=https://evil.example/", HTTP_REFERER="https://evil.example/")

    assert answer.url == "/admin/"


def test_several_pages_are_deleted_together_or_not_at_all(boss: Client):
    unknown, known = MeetingPageFactory(), InvitationFactory().meeting

    answer = boss.post(bulk("delete", unknown, known), follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert f"Residents know of “{known.title}”" in words(answer)
    assert MeetingPage.objects.count() == 2


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_the_list_of_meetings_stays_while_residents_know_of_one(boss: Client, way: str):
    InvitationFactory()
    index = meeting_index()
    alone = reverse("wagtailadmin_pages:delete", args=[index.pk])

    answer = boss.post(alone if way == "alone" else bulk("delete", index), follow=True)

    assert "Residents know of" in words(answer)
    assert MeetingPage.objects.exists()


def test_a_meeting_that_nobody_knows_of_is_deleted(boss: Client):
    meeting = MeetingPageFactory(starts_at=evening(in_days=3) + dt.timedelta(hours=1))

    boss.post(reverse("wagtailadmin_pages:delete", args=[meeting.pk]))

    assert not MeetingPage.objects.exists()


# --- Hiding -------------------------------------------------------------------------------------------------


def hide(boss: Client, way: str, page: Page, **how: str) -> Any:
    alone = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    return boss.post(bulk("unpublish", page) if way == "in bulk" else alone, how, follow=True)


@pytest.mark.parametrize("way", ["alone", "in bulk"])
@pytest.mark.parametrize("known", KNOWN)
def test_the_page_of_a_meeting_that_residents_know_of_stays_and_the_desk_says_to_cancel_it(
    boss: Client, known: Any, way: str
):
    meeting = known(meeting__title="La chorale").meeting

    answer = hide(boss, way, meeting)

    assert "Residents know of “La chorale”: its page stays for them." in words(answer)
    assert MeetingPage.objects.live().get() == meeting


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_the_list_of_meetings_is_not_hidden_with_one_that_residents_know_of(boss: Client, way: str):
    meeting = InvitationFactory().meeting

    answer = hide(boss, way, meeting_index(), include_descendants="on")

    assert f"Residents know of “{meeting.title}”" in words(answer)
    assert MeetingPage.objects.live().get() == meeting
    assert meeting_index().live


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_a_meeting_that_nobody_knows_of_is_hidden(boss: Client, way: str):
    InvitationFactory(meeting=MeetingPageFactory(title="Connue"))
    meeting = MeetingPageFactory()

    hide(boss, way, meeting)

    assert [page.title for page in MeetingPage.objects.live()] == ["Connue"]
