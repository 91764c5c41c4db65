"""Who enters at once, and who asks first?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from communities import consent, membership
from communities.belonging import asking
from communities.belonging.refusals import AlreadyHasARole, NotAMember
from communities.models import Channel, Delivery, Membership, MembershipRequest, Origin, Outcome, Role
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    MembershipRequestFactory,
    ResidentFactory,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def letters_to(resident) -> list[str]:
    return list(Delivery.objects.filter(resident=resident).values_list("mailing__kind", flat=True))


def test_one_enters_an_open_community_at_once() -> None:
    community, resident = CommunityFactory(), ResidentFactory()

    asked = asking.enter(community=community, resident=resident, now=NOW)

    assert asked is None
    assert membership.find(community=community, resident=resident)
    assert not MembershipRequest.objects.exists()


def test_a_closed_community_is_asked_and_its_coordinators_are_told() -> None:
    community, resident = CommunityFactory(is_closed=True), ResidentFactory()
    coordinator = MembershipFactory(community=community, coordinator=True).resident
    MembershipFactory(community=community)

    asked = asking.enter(community=community, resident=resident, name="Nora", words=" Bonjour ", now=NOW)

    assert asked is not None
    assert (asked.given_name, asked.words, asked.outcome) == ("Nora", "Bonjour", Outcome.WAITING)
    assert membership.find(community=community, resident=resident) is None
    assert letters_to(coordinator) == [asking.ASKED_LETTER]
    assert Delivery.objects.count() == 1


def test_asking_twice_is_one_request_and_one_letter() -> None:
    community, resident = CommunityFactory(is_closed=True), ResidentFactory()
    MembershipFactory(community=community, coordinator=True)
    first = asking.enter(community=community, resident=resident, words="Un", now=NOW)

    again = asking.enter(community=community, resident=resident, words="Deux", now=NOW + timedelta(days=1))

    assert again == first
    assert Delivery.objects.count() == 1


def test_there_is_one_open_request_for_each_whatever_the_code_does() -> None:
    asked = MembershipRequestFactory()

    with pytest.raises(IntegrityError, match="one_open_request_per_community_and_resident"), transaction.atomic():
        MembershipRequestFactory(community=asked.community, resident=asked.resident)


def test_whoever_was_declined_may_ask_again() -> None:
    before = MembershipRequestFactory(declined=True)

    again = asking.enter(community=before.community, resident=before.resident, now=NOW)

    assert again is not None
    assert again != before


def test_a_member_of_a_closed_community_asks_nothing() -> None:
    joined = MembershipFactory(community__is_closed=True)

    assert asking.enter(community=joined.community, resident=joined.resident, now=NOW) is None


def test_a_community_that_opens_takes_in_whoever_asked() -> None:
    asked = MembershipRequestFactory()
    asked.community.is_closed = False
    asked.community.save()

    asking.enter(community=asked.community, resident=asked.resident, now=NOW)

    asked.refresh_from_db()
    assert asked.outcome == Outcome.ACCEPTED
    assert Membership.objects.count() == 1


def test_coordinators_without_an_address_are_told_by_nobody_and_nothing_breaks() -> None:
    community = CommunityFactory(is_closed=True)
    MembershipFactory(community=community, coordinator=True, resident=ResidentFactory(without_email=True))

    asking.enter(community=community, resident=ResidentFactory(), now=NOW)

    assert not Delivery.objects.exists()


def test_from_their_space_one_is_told_of_the_meetings_too() -> None:
    community, resident = CommunityFactory(), ResidentFactory()

    asking.enter_and_be_told(community=community, resident=resident, words="", now=NOW)

    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {consent.scope_of(community)}
    assert resident.consent_events.get().origin == Origin.WEB


# --- Offering to coordinate ----------------------------------------------------------------------------------


def test_a_member_offers_to_coordinate_and_the_town_hall_alone_sees_it() -> None:
    joined = MembershipFactory()
    MembershipFactory(community=joined.community, coordinator=True)

    offer = asking.propose(community=joined.community, resident=joined.resident, words="Volontiers", now=NOW)

    assert offer.is_to_coordinate
    assert not Delivery.objects.exists()


def test_whoever_is_no_member_cannot_offer_to_coordinate() -> None:
    with pytest.raises(NotAMember):
        asking.propose(community=CommunityFactory(), resident=ResidentFactory(), words="", now=NOW)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LIAISON, Role.OFFICER])
def test_whoever_has_a_role_has_nothing_to_offer(role: Role) -> None:
    joined = MembershipFactory(role=role)

    with pytest.raises(AlreadyHasARole):
        asking.propose(community=joined.community, resident=joined.resident, words="", now=NOW)


# --- Taking it back ------------------------------------------------------------------------------------------


def test_a_request_is_taken_back_with_the_announcements_it_brought() -> None:
    community, resident = CommunityFactory(is_closed=True), ResidentFactory()
    asking.enter_and_be_told(community=community, resident=resident, words="", now=NOW)
    asked = MembershipRequest.objects.get()

    assert asking.take_back(request=asked, origin=Origin.WEB, now=NOW)

    asked.refresh_from_db()
    assert asked.outcome == Outcome.WITHDRAWN
    assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)


def test_an_offer_taken_back_leaves_its_author_a_member() -> None:
    joined = MembershipFactory()
    offer = asking.propose(community=joined.community, resident=joined.resident, words="", now=NOW)

    asking.take_back(request=offer, origin=Origin.WEB, now=NOW)

    assert membership.find(community=joined.community, resident=joined.resident)
    assert consent.scopes_held(resident=joined.resident, channel=Channel.EMAIL)


def test_what_was_answered_is_not_taken_back() -> None:
    answered = MembershipRequestFactory(declined=True)

    assert not asking.take_back(request=answered, origin=Origin.WEB, now=NOW)

    answered.refresh_from_db()
    assert answered.outcome == Outcome.DECLINED
