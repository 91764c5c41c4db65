"""Whether someone who was not invited can still come, and what a closed door says."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from meetings.seating import door
from tests.meetings.factories import AnswerFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("traits", "sentence"),
    [
        ({"cancelled": True}, "This meeting is cancelled."),
        ({"postponed": True}, "This meeting is postponed; its new date will be announced here."),
        ({"draft": True, "empty": True}, "The date is not known yet."),
        ({"past": True}, "This meeting is over."),
        ({"past": True, "capacity": 0}, "This meeting is over."),
        ({"held": True}, "This meeting is over."),
        ({"capacity": 0}, "Every seat is taken."),
    ],
)
def test_a_closed_door_says_why(traits: dict[str, object], sentence: str) -> None:
    shown = door.of(meeting=MeetingPageFactory(**traits), now=timezone.now())

    assert (shown.is_open, shown.why_not) == (False, gettext(sentence))


@pytest.mark.parametrize(("capacity", "left"), [(None, None), (3, 1)])
def test_an_open_door_says_how_many_seats_are_left(capacity: int | None, left: int | None) -> None:
    meeting = MeetingPageFactory(capacity=capacity)
    AnswerFactory(invitation__meeting=meeting, guests=1)

    shown = door.of(meeting=meeting, now=timezone.now())

    assert (shown.is_open, shown.is_past, shown.seats_left) == (True, False, left)


def test_a_draft_is_not_previewed_as_over() -> None:
    assert door.of(meeting=MeetingPageFactory(draft=True), now=timezone.now()).is_open


@pytest.mark.parametrize(("capacity", "is_offered"), [(2, True), (0, False)])
def test_the_form_stands_behind_an_open_door_only(client: Client, capacity: int, is_offered: bool) -> None:
    meeting = MeetingPageFactory(capacity=capacity)

    page = client.get(meeting.url).content.decode()

    assert (reverse("meetings:register", args=[meeting.uid]) in page) is is_offered
