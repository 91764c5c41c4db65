"""Joining a community, leaving it, taking a role in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from communities import consent, membership, noting
from communities.models import Channel, Membership, Origin, Role
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_joining_again_keeps_the_role_and_the_date() -> None:
    joined = MembershipFactory(coordinator=True, joined_at=NOW)

    again = membership.join(community=joined.community, resident=joined.resident, now=NOW + timedelta(days=1))

    assert (again.role, again.joined_at) == (Role.COORDINATOR, NOW)


def test_many_join_in_one_go_and_those_who_are_in_keep_their_role_and_their_date(django_assert_num_queries) -> None:
    joined = MembershipFactory(coordinator=True, joined_at=NOW)
    community, newcomers = joined.community, ResidentFactory.create_batch(12)
    later = NOW + timedelta(days=1)

    with django_assert_num_queries(1):
        membership.join_all(
            community=community, residents=[joined.resident_id, *(each.pk for each in newcomers)], now=later
        )

    joined.refresh_from_db()
    assert (joined.role, joined.joined_at) == (Role.COORDINATOR, NOW)
    new = community.memberships.filter(role=Role.MEMBER, joined_at=later)
    assert {each.resident_id for each in new} == {each.pk for each in newcomers}


def test_nobody_joins_where_nobody_is_named(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        membership.join_all(community=CommunityFactory.build(), residents=[], now=NOW)


def test_leaving_stops_every_channel_and_nothing_else() -> None:
    resident = ResidentFactory(allows=["town"])
    community = MembershipFactory(resident=resident).community
    scope = consent.scope_of(community)
    consent.grant(
        resident=resident, scopes=[scope], channel=Channel.LETTER, wording="paper-1", origin=Origin.STAFF, now=NOW
    )

    membership.leave(community=community, resident=resident, origin=Origin.STAFF, now=NOW)

    assert not Membership.objects.exists()
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {"town"}
    assert not consent.scopes_held(resident=resident, channel=Channel.LETTER)


def test_leaving_a_community_one_is_not_in_says_nothing() -> None:
    resident = ResidentFactory()

    membership.leave(community=CommunityFactory(), resident=resident, origin=Origin.MAIL, now=NOW)

    assert not resident.consent_events.exists()


def test_one_is_in_a_community_once() -> None:
    joined = MembershipFactory()

    with pytest.raises(IntegrityError, match="one_membership_per_community_and_resident"), transaction.atomic():
        Membership.objects.create(community=joined.community, resident=joined.resident, joined_at=NOW)


def test_a_note_at_the_desk_makes_things_exactly_so() -> None:
    resident = ResidentFactory(allows=["town"])
    left = MembershipFactory(resident=resident, consenting=False).community
    joined = CommunityFactory()

    noting.note(resident=resident, communities=[joined], scopes=[consent.scope_of(joined)], proof="Slip 12", now=NOW)

    assert list(resident.communities.all()) == [joined]
    assert not left.members.exists()
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {consent.scope_of(joined)}
    assert [event.origin for event in resident.consent_events.filter(occurred_at=NOW)] == [Origin.STAFF, Origin.STAFF]
