"""A slip that lay on a table while its meeting moved: its code is that of the next one, and its day is not."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from communities.models import Delivery
from communities.post import batches, by_hand
from meetings import announcing
from meetings.by_hand import codes, slips
from meetings.models import Invitation, MeetingPage
from meetings.updates import reconciling
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db

SLIPS = "/admin/meetings/slips/"
SPOKE_OF = "A slip was printed for them that spoke of:"


@pytest.fixture
def ada(db: None) -> Invitation:
    """Invited by post."""
    community = CommunityFactory()
    MembershipFactory(community=community, resident=ResidentFactory(by_post=True))
    meeting = MeetingPageFactory(starts_at=evening(in_days=20), communities=[community])
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    return Invitation.objects.get()


def print_slips() -> None:
    batches.prepare(deliveries=Delivery.objects.all(), now=timezone.now())


def post_slips() -> None:
    by_hand.told(deliveries=Delivery.objects.all(), by=StaffFactory(), now=timezone.now())


def to(days: int) -> dict[str, dt.datetime]:
    return {"starts_at": evening(in_days=days), "ends_at": evening(in_days=days) + dt.timedelta(hours=2)}


def move(invitation: Invitation, **changes: object) -> None:
    meeting = MeetingPage.objects.get(pk=invitation.meeting_id)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save()
    reconciling.reconcile(meeting=meeting, now=timezone.now(), at_once=True)


def earlier(invitation: Invitation) -> list[dt.datetime]:
    return [told.starts_at for told in slips.of_an_earlier_date(Invitation.objects.get(pk=invitation.pk))]


def test_the_screen_says_of_which_day_a_slip_may_speak(desk: Client, ada: Invitation) -> None:
    print_slips()
    post_slips()
    move(ada, **to(27))

    shown = words(desk.get(SLIPS, {"code": codes.code_of(ada.pk)}))
    heard = words(desk.get(at("type_in", ada.meeting, ada.pk)))

    assert SPOKE_OF in shown
    assert SPOKE_OF in heard
    assert earlier(ada) == [evening(in_days=20)]


def test_a_slip_that_was_printed_and_taken_out_may_be_in_somebodys_hand_all_the_same(ada: Invitation) -> None:
    print_slips()
    move(ada, **to(27))

    assert earlier(ada) == [evening(in_days=20)]


def test_nothing_is_said_where_no_slip_was_printed_before_the_meeting_moved(desk: Client, ada: Invitation) -> None:
    move(ada, **to(27))
    print_slips()

    assert SPOKE_OF not in words(desk.get(SLIPS, {"code": codes.code_of(ada.pk)}))


def test_nothing_is_said_where_the_answer_holds(ada: Invitation) -> None:
    print_slips()
    move(ada, title="Le grand rangement du printemps")

    assert earlier(ada) == []


def test_each_day_that_slips_spoke_of_is_named_the_latest_first(ada: Invitation) -> None:
    for days in (27, 34):
        print_slips()
        post_slips()
        move(ada, **to(days))

    assert earlier(ada) == [evening(in_days=27), evening(in_days=20)]
