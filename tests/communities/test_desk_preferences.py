"""What staff see and note of the letters a resident wants: for someone who telephones."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Origin, Resident, Topic
from tests.communities.factories import MutedTopicFactory, ResidentFactory
from tests.communities.post.factories import DeliveryFactory

RESIDENT = {"name": "Ada Terril", "email": "ada@example.org", "language": "fr", "preferred_channel": "email"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def shown(desk: Client, resident: Resident) -> str:
    return desk.get(reverse("residents:inspect", args=[resident.pk])).content.decode()


def test_a_resident_is_shown_with_what_they_want_to_be_sent(desk: Client) -> None:
    now = timezone.now()
    resident = ResidentFactory(paused_until=now + timedelta(days=3))
    MutedTopicFactory(resident=resident, topic=Topic.INVITATIONS)
    facts = {"resident": resident, "state": "sent", "counts_as_unasked": True}
    DeliveryFactory(ended_at=now - timedelta(days=29), **facts)
    DeliveryFactory(ended_at=now - timedelta(days=31), **facts)

    page = shown(desk, resident)

    assert "They asked not to be written to before" in page
    assert "No more invitations to meetings, since" in page
    assert "1 letter that they did not ask for, in the last thirty days; at most 4." in page


def test_someone_who_telephones_has_a_break_and_a_kind_of_letters_noted(desk: Client) -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org")
    said = {"muted": [Topic.INVITATIONS], "paused_until": "2027-01-31 00:00"}

    answer = desk.post(reverse("residents:edit", args=[resident.pk]), RESIDENT | said)

    assert answer.status_code == 302, answer.context["form"].errors
    resident.refresh_from_db()
    assert f"{timezone.localtime(resident.paused_until):%Y-%m-%d %H:%M}" == "2027-01-31 00:00"
    assert [(muted.topic, muted.origin) for muted in resident.muted_topics.all()] == [(Topic.INVITATIONS, Origin.STAFF)]


def test_a_tick_taken_away_lets_them_hear_again_and_one_left_keeps_its_date(desk: Client) -> None:
    since = timezone.now() - timedelta(days=40)
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org")
    MutedTopicFactory(resident=resident, muted_at=since)
    edit = reverse("residents:edit", args=[resident.pk])
    assert desk.get(edit).context["form"].initial["muted"] == [Topic.INVITATIONS]

    desk.post(edit, RESIDENT | {"muted": [Topic.INVITATIONS]})
    left = resident.muted_topics.get()
    desk.post(edit, RESIDENT)

    assert (left.muted_at, left.origin) == (since, Origin.MAIL)
    assert not resident.muted_topics.exists()
