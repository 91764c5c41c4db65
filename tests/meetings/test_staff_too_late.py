"""A date typed by mistake in the past: nobody would be told, and whoever types it hears so before publishing."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import MeetingPage
from tests.meetings.conftest import words
from tests.meetings.test_staff_editing import typed

pytestmark = pytest.mark.django_db
PAST = {"starts_at": "10/12/2024 18h30", "ends_at": "10/12/2024 20h"}


def foretold(desk: Client, meeting: MeetingPage) -> str:
    return words(desk.post(reverse("meetings_desk:foretell", args=[meeting.pk]), typed(meeting) | PAST))


def test_a_meeting_moved_into_the_past_is_said_to_be_told_to_nobody(desk: Client, invited: MeetingPage):
    assert "This date is past: nobody will be told of it" in foretold(desk, invited)


def test_a_meeting_that_was_held_is_corrected_without_a_word(desk: Client, invited: MeetingPage):
    MeetingPage.objects.filter(pk=invited.pk).update(starts_at="2024-12-09T18:30Z", ends_at="2024-12-09T20:00Z")

    assert "Publishing this sends no letter." in foretold(desk, invited)
