"""Does a draft open and publish when what it names was deleted since?"""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import MeetingPage
from pages import timetable
from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ProjectFactory, ProjectPageFactory
from tests.meetings.factories import MeetingPageFactory, VenueFactory

pytestmark = pytest.mark.django_db


def drafted_elsewhere(**facts: object) -> MeetingPage:
    """A published meeting whose draft names a venue that is gone."""
    meeting = MeetingPageFactory(communities=[CommunityFactory()])
    published = meeting.venue
    meeting.venue = VenueFactory(name="Salle démolie")
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.save_revision(approved_go_live_at=facts.get("go_live_at"))
    meeting.venue.delete()
    assert MeetingPage.objects.get(pk=meeting.pk).venue == published
    return meeting


def test_a_draft_opens_without_the_venue_that_was_deleted(desk: Client) -> None:
    meeting = drafted_elsewhere()

    page = desk.get(reverse("wagtailadmin_pages:edit", args=[meeting.pk]))

    assert page.status_code == 200
    assert page.context["form"].instance.venue is None


def test_a_page_opens_without_the_project_that_was_deleted(desk: Client) -> None:
    page = ProjectPageFactory()
    page.project = ProjectFactory()
    page.save_revision()
    page.project.delete()

    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_one_draft_that_cannot_be_published_at_its_hour_holds_up_no_other() -> None:
    now = timezone.now()
    broken = drafted_elsewhere(go_live_at=now - dt.timedelta(hours=2))
    ready = MeetingPageFactory(communities=[CommunityFactory()], title="L’avant")
    ready.title, ready.go_live_at = "L’après", now - dt.timedelta(hours=1)
    ready.save_revision(approved_go_live_at=ready.go_live_at)

    timetable.keep(now=now)

    assert MeetingPage.objects.get(pk=ready.pk).title == "L’après"
    assert MeetingPage.objects.get(pk=broken.pk).venue is not None
