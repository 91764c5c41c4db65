"""A meeting that residents were told of stays where they were sent until it is cancelled, whichever way is tried."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from meetings import keeping
from meetings.models import MeetingIndexPage, MeetingPage
from meetings.updates import reconciling
from pages import timetable
from tests.communities.factories import CommunityFactory
from tests.factories import StaffFactory, home_page
from tests.meetings.conftest import words
from tests.meetings.factories import (
    AnnouncementFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db

KNOWN = [AnnouncementFactory, InvitationFactory, RegistrationFactory]
PUBLISHED, IN_PLACE = "a_meeting_residents_know_of_stays_published", "a_meeting_residents_know_of_stays_in_its_place"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(StaffFactory(administration=True))
    return client


@pytest.fixture
def known() -> MeetingPage:
    """One that somebody is invited to."""
    meeting = AnnouncementFactory(meeting__title="La chorale", meeting__communities=[CommunityFactory()]).meeting
    InvitationFactory(meeting=meeting)
    return MeetingPage.objects.get(pk=meeting.pk)


@pytest.fixture
def elsewhere() -> MeetingIndexPage:
    """Another list of meetings, where none of the town's is looked for."""
    index: MeetingIndexPage = home_page().add_child(instance=MeetingIndexPage(title="Archives", slug="archives"))
    return index


def the_list() -> MeetingIndexPage:
    """The town's, whatever other there is."""
    index: MeetingIndexPage = MeetingIndexPage.objects.exclude(slug="archives").get()
    return index


def cancel(meeting: MeetingPage) -> MeetingPage:
    """Published as cancelled, and told."""
    meeting.status, meeting.status_reason = "cancelled", "La salle est inondée."
    meeting.save_revision().publish()
    reconciling.tick(now=timezone.now())
    return MeetingPage.objects.get(pk=meeting.pk)


def sql(words: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words, values)


@pytest.mark.parametrize("known", KNOWN)
def test_by_code_a_meeting_residents_know_of_is_not_unpublished(known: Any):
    meeting = known().meeting

    with pytest.raises(IntegrityError, match="cancel it first"), transaction.atomic():
        meeting.unpublish()

    assert MeetingPage.objects.live().exists()


def test_with_the_pages_above_it_it_is_not_unpublished_either(known: MeetingPage):
    def hide_everything() -> None:
        for page in Page.objects.descendant_of(home_page(), inclusive=True).specific():
            page.unpublish()

    with pytest.raises(IntegrityError), transaction.atomic():
        hide_everything()

    assert MeetingPage.objects.live().get() == known


@pytest.mark.parametrize("clock", ["Wagtail's command", "ours"])
def test_an_hour_of_expiry_does_not_take_it_down(known: MeetingPage, clock: str):
    MeetingPage.objects.filter(pk=known.pk).update(expire_at=timezone.now() - dt.timedelta(hours=1))

    if clock == "ours":
        timetable.keep(now=timezone.now())
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            call_command("publish_scheduled")

    assert MeetingPage.objects.live().get() == known


def test_by_the_databases_own_prompt_it_is_neither_hidden_nor_moved_nor_deleted(known: MeetingPage, elsewhere: Page):
    hide = "UPDATE wagtailcore_page SET live = false WHERE id = %s"
    move = "UPDATE wagtailcore_page SET path = %s WHERE id = %s"

    for name, attempt in ((PUBLISHED, [hide, known.pk]), (IN_PLACE, [move, elsewhere.path + "0001", known.pk])):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            sql(*attempt)
        assert refused.value.__cause__.diag.constraint_name == name
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM meetings_meetingpage WHERE page_ptr_id = %s", known.pk)


def test_by_code_it_is_not_deleted_even_once_it_is_cancelled(known: MeetingPage):
    with pytest.raises(ProtectedError), transaction.atomic():
        cancel(known).delete()

    assert MeetingPage.objects.get() == known


def test_by_code_it_is_not_moved_to_another_list(known: MeetingPage, elsewhere: Page):
    with pytest.raises(IntegrityError, match="before it is moved elsewhere"), transaction.atomic():
        known.move(elsewhere, pos="last-child")

    assert MeetingPage.objects.get().is_child_of(the_list())


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_at_the_desk_moving_it_is_refused_with_a_sentence(boss: Client, known: MeetingPage, elsewhere: Page, way: str):
    alone = reverse("wagtailadmin_pages:move_confirm", args=[known.pk, elsewhere.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={known.pk}&next=/admin/"

    answer = boss.post(alone if way == "alone" else bulk, {"chooser": elsewhere.pk}, follow=True)

    assert "Residents know of “La chorale”: its page stays where it is." in words(answer)
    assert MeetingPage.objects.get().is_child_of(the_list())


def test_its_list_may_move_and_takes_it_along(known: MeetingPage, elsewhere: Page):
    keeping.refuse_to_move(pages=[the_list()], parent=elsewhere)

    Page.objects.get(pk=the_list().pk).move(elsewhere, pos="last-child")

    moved = MeetingPage.objects.get()
    assert moved.url_path.startswith(Page.objects.get(pk=elsewhere.pk).url_path)
    assert moved.uid == known.uid


def test_its_place_among_the_others_may_change(known: MeetingPage):
    others = MeetingPageFactory.create_batch(2)

    MeetingPage.objects.get(pk=known.pk).move(others[1], pos="right")

    assert MeetingPage.objects.get(pk=known.pk).is_child_of(the_list())


def test_lists_that_change_places_take_their_meetings_along(known: MeetingPage, elsewhere: Page):
    Page.objects.get(pk=elsewhere.pk).move(Page.objects.get(pk=the_list().pk), pos="left")

    assert MeetingPage.objects.get(pk=known.pk).is_child_of(the_list())


def test_once_it_is_cancelled_and_that_was_told_it_may_be_hidden_and_put_away(known: MeetingPage, elsewhere: Page):
    MeetingPage.objects.filter(pk=known.pk).update(status="cancelled")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingPage.objects.get(pk=known.pk).unpublish()

    cancelled = cancel(MeetingPage.objects.get(pk=known.pk))
    cancelled.move(elsewhere, pos="last-child")
    MeetingPage.objects.get(pk=known.pk).unpublish()

    assert not MeetingPage.objects.live().exists()


def test_a_meeting_nobody_knows_of_goes_where_one_likes(elsewhere: Page):
    meeting = MeetingPageFactory(parent=the_list())

    meeting.move(elsewhere, pos="last-child")
    MeetingPage.objects.get(pk=meeting.pk).unpublish()

    assert not MeetingPage.objects.live().exists()


def test_a_copy_is_another_meeting_that_nobody_was_told_of(known: MeetingPage):
    copy = known.copy(update_attrs={"slug": "encore"}, keep_live=False)

    assert copy.uid != known.uid
    assert not copy.announcements.exists()
    assert not MeetingPage.objects.announced().filter(pk=copy.pk).exists()


def test_a_changed_title_and_address_keep_the_entry_and_the_old_link(
    client: Client, known: MeetingPage, django_capture_on_commit_callbacks: Any
):
    uid, old = known.uid, known.url
    known.title, known.slug = "La grande chorale", "la-grande-chorale"
    with django_capture_on_commit_callbacks(execute=True):
        known.save_revision().publish()

    answer = client.get(old, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == MeetingPage.objects.get().url
    assert MeetingPage.objects.get().uid == uid
