"""At which hours do letters leave?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from communities.models import DeliveryState
from communities.post import claiming, hours, mailings
from communities.post.delivery import Shift
from tests.communities.factories import ResidentFactory
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def _from_eight_to_eight(settings: Settings) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20


def paris(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        (paris(22, 8), paris(22, 8)),
        (paris(22, 13, 37), paris(22, 13, 37)),
        (paris(22, 19, 59), paris(22, 19, 59)),
        (paris(22, 20), paris(23, 8)),
        (paris(22, 23, 59), paris(23, 8)),
        (paris(23, 0), paris(23, 8)),
        (paris(23, 7, 59), paris(23, 8)),
        (paris(31, 21, month=12), datetime(2027, 1, 1, 8, tzinfo=PARIS)),
        # The nights when clocks change: 8 o'clock is what the clock on the wall says.
        (paris(28, 22, month=3), paris(29, 8, month=3)),
        (paris(24, 22, month=10), paris(25, 8, month=10)),
        (datetime(2026, 7, 1, 18, 30, tzinfo=UTC), paris(2, 8, month=7)),
        (datetime(2026, 12, 1, 18, 30, tzinfo=UTC), datetime(2026, 12, 1, 18, 30, tzinfo=UTC)),
    ],
)
def test_an_announcement_leaves_at_once_by_day_and_in_the_morning_by_night(asked: datetime, leaves: datetime) -> None:
    assert hours.leaving(asked, at_any_hour=False) == leaves
    assert hours.leaving(asked, at_any_hour=True) == asked


@pytest.mark.parametrize(
    ("begins", "waived"),
    [
        (paris(22, 23), True),
        (paris(23, 23, 59), True),
        (paris(24, 0), False),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), False),  # past midnight in the town
        (paris(20, 9), True),
    ],
)
def test_no_hour_keeps_back_what_tells_of_today_or_tomorrow(begins: datetime, waived: bool) -> None:
    assert hours.are_waived(for_what_begins=begins, now=paris(22, 22)) is waived


@pytest.mark.django_db
@pytest.mark.usefixtures("postcard")
@pytest.mark.parametrize(("at_any_hour", "due"), [(True, paris(22, 22)), (False, paris(23, 8))])
def test_what_is_posted_at_night_says_when_it_leaves(at_any_hour: bool, due: datetime) -> None:
    addressees = [mailings.Addressee(ResidentFactory().pk)]

    mailing = mailings.post(
        kind="postcard", key="", title="-", addressees=addressees, at_any_hour=at_any_hour, now=paris(22, 22)
    )

    assert mailing.deliveries.get().next_attempt_at == due


@pytest.mark.django_db(transaction=True)
def test_an_announcement_that_is_not_through_by_the_evening_goes_on_in_the_morning(
    postcard: Postcard, cranky: relays.Relay, shift: Shift
) -> None:
    announcement = DeliveryFactory(next_attempt_at=paris(22, 19))
    urgent = DeliveryFactory(next_attempt_at=paris(22, 19), mailing__at_any_hour=True)

    in_the_evening = carry_all(shift, paris(22, 20, 1)), state_of(announcement)[0], state_of(urgent)[0]
    carry_all(shift, paris(23, 8))

    assert in_the_evening == (1, DeliveryState.PENDING, DeliveryState.SENT)
    assert state_of(announcement)[0] == DeliveryState.SENT


@pytest.mark.django_db(transaction=True)
def test_a_letter_postponed_at_the_last_minute_is_tried_again_in_the_morning(
    postcard: Postcard, cranky: relays.Relay, shift: Shift
) -> None:
    cranky.replies = {"RCPT": "450 greylisted"}
    letter = DeliveryFactory(next_attempt_at=paris(22, 19, 59))
    urgent = DeliveryFactory(next_attempt_at=paris(22, 19, 59), mailing__at_any_hour=True)

    carry_all(shift, paris(22, 19, 59))

    letter.refresh_from_db()
    urgent.refresh_from_db()
    assert letter.next_attempt_at == paris(23, 8)
    assert urgent.next_attempt_at == paris(22, 19, 59) + timedelta(minutes=1)


@pytest.mark.django_db
def test_nobody_is_rung_for_at_night(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bool] = []
    monkeypatch.setattr("communities.post.doorbell.ring", lambda *, at_once=False: heard.append(at_once))
    DeliveryFactory(next_attempt_at=paris(22, 19))

    claiming.sweep(now=paris(22, 23))
    at_night = list(heard)
    claiming.sweep(now=paris(23, 8))

    assert (at_night, heard) == ([], [False])
