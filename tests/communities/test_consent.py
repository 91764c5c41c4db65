"""What residents allowed: the last word on each matter, and every word kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import consent, scopes, wordings
from communities.models import Channel, ConsentEvent, Origin
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    NeighbourhoodFactory,
    ResidentFactory,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
SCOPES = ["town", "community:1", "neighbourhood:1"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_word_once_given_is_never_changed() -> None:
    event = ConsentEventFactory()

    with pytest.raises(IntegrityError, match="what a resident said of consent is kept"), transaction.atomic():
        ConsentEvent.objects.filter(pk=event.pk).update(granted=False)

    assert ConsentEvent.objects.get().granted


def test_a_word_once_given_is_never_removed() -> None:
    event = ConsentEventFactory()

    with pytest.raises(IntegrityError, match="what a resident said of consent is kept"), transaction.atomic():
        event.delete()

    assert ConsentEvent.objects.get().granted


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.tuples(st.sampled_from(SCOPES), st.sampled_from(Channel.values), st.booleans()), max_size=20))
def test_the_last_word_on_each_scope_and_channel_holds(words: list[tuple[str, str, bool]]) -> None:
    with transaction.atomic():
        resident = ResidentFactory()
        last: dict[tuple[str, str], bool] = {}

        for scope, channel, granted in words:
            last[scope, channel] = granted
            consent.record(
                resident=resident,
                scope=scope,
                granted=granted,
                channel=channel,
                wording=wordings.SIGN_UP,
                origin=Origin.WEB,
                now=NOW,
            )

        for channel in Channel.values:
            allowed = {scope for scope in SCOPES if last.get((scope, channel))}
            assert consent.scopes_held(resident=resident, channel=channel) == allowed
        transaction.set_rollback(True)


def test_withdrawing_everything_stops_one_channel_and_keeps_the_history() -> None:
    resident = ResidentFactory(allows=["town", "community:1"])
    ConsentEventFactory(resident=resident, channel=Channel.LETTER)

    consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=NOW)

    assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)
    assert consent.scopes_held(resident=resident, channel=Channel.LETTER) == {"town"}
    assert resident.consent_events.count() == 5


def test_withdrawing_twice_says_no_more() -> None:
    resident = ResidentFactory(allows=["town"])

    for _time in range(2):
        consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=NOW)

    assert resident.consent_events.filter(granted=False).count() == 1


def test_what_holds_already_is_not_granted_again() -> None:
    resident = ResidentFactory(allows=["town"])

    events = consent.grant(
        resident=resident,
        scopes=["town", "community:1"],
        channel=Channel.EMAIL,
        wording=wordings.PAPER,
        origin=Origin.STAFF,
        proof="Slip 12, blue folder",
        now=NOW + timedelta(days=1),
    )

    assert [event.scope for event in events] == ["community:1"]
    assert events[0].proof == "Slip 12, blue folder"


@pytest.mark.parametrize("version", sorted(wordings.WORDINGS))
def test_a_published_wording_has_a_sentence_for_every_scope(version: str) -> None:
    wording = wordings.WORDINGS[version]

    assert str(wording.community) % {"name": "X"}
    assert str(wording.neighbourhood) % {"name": "X"}
    assert str(wording.town)
    assert str(wording.terms)


def test_scopes_keep_their_order_and_are_told_apart() -> None:
    neighbourhood, community = NeighbourhoodFactory(name="Cité 5"), CommunityFactory(name="Cité 5")
    asked = [consent.scope_of(community), "town", "community:999999", consent.scope_of(neighbourhood)]

    subjects = scopes.subjects_of(asked)

    assert list(subjects) == asked
    assert list(subjects.values()) == [
        "the meetings of “Cité 5”",
        "every public meeting of the town",
        "the meetings of “something that no longer exists”",
        "every meeting in the neighbourhood Cité 5",
    ]
