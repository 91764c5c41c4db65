"""The letter whose button takes a seat: when it leaves, and when it must not any more."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from communities.models import Delivery, DeliveryState, Mailing
from meetings import registering
from meetings.models import MeetingPage, MeetingStatus, Registration
from tests.meetings.conftest import Carry
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db(transaction=True)


def ask(meeting: MeetingPage, *, ago: dt.timedelta = dt.timedelta(), guests: int = 0) -> Registration:
    return registering.ask(
        meeting=meeting,
        name="Nora Chevalet",
        email="nora@example.org",
        guests=guests,
        follow=None,
        now=timezone.now() - ago,
    )


def test_the_letter_leaves_with_the_button_of_its_registration(carry: Carry) -> None:
    registration = ask(MeetingPageFactory())

    (letter,) = carry()["nora@example.org"]

    assert registering.token_of(registration) in letter.get_body(("plain",)).get_content()


def test_asking_again_while_the_letter_waits_sends_the_later_one_alone(carry: Carry) -> None:
    meeting = MeetingPageFactory()
    ask(meeting, ago=dt.timedelta(hours=1))
    again = ask(meeting, guests=2)

    (letter,) = carry()["nora@example.org"]

    earlier, _later = Delivery.objects.order_by("pk")
    assert registering.token_of(again) in letter.get_body(("plain",)).get_content()
    assert (earlier.state, earlier.reason) == (
        DeliveryState.SKIPPED,
        gettext("A later request of the same person replaces it."),
    )
    assert not any(mailing.is_paused for mailing in Mailing.objects.all())


def test_a_seat_that_is_confirmed_already_needs_no_letter(carry: Carry) -> None:
    registering.confirm(registration=ask(MeetingPageFactory()), now=timezone.now())

    assert carry() == {}
    assert Delivery.objects.get().reason == gettext("The seat is already confirmed.")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": MeetingStatus.CANCELLED},
        {"status": MeetingStatus.POSTPONED},
        {"starts_at": evening(in_days=-3), "ends_at": evening(in_days=-2)},
    ],
)
def test_no_button_leads_to_a_meeting_that_takes_no_answer(changes: dict[str, object], carry: Carry) -> None:
    meeting = MeetingPageFactory()
    ask(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)

    assert carry() == {}
    assert Delivery.objects.get().reason == gettext("The meeting is over, or no longer takes place.")
