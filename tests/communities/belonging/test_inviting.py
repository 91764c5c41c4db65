"""One letter to a neighbour: how many, to whom, and how it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Model

from communities import blocking, forgetting
from communities.belonging import inviting
from communities.belonging.refusals import EnoughForThisWeek, NotAMember
from communities.models import (
    Delivery,
    DeliveryState,
    Mailing,
    Membership,
    NeighbourInvitation,
    Resident,
    Suppression,
    Topic,
)
from tests.communities.factories import MembershipFactory, NeighbourInvitationFactory, ResidentFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
ADDRESS = "basile.coron@example.org"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def invite(joined: Membership, *, address: str = ADDRESS, now: datetime = NOW) -> NeighbourInvitation:
    return inviting.invite(
        community=joined.community, inviter=joined.resident, shown_as="Ada", address=address, now=now
    )


def letters() -> int:
    return Mailing.objects.filter(kind=inviting.LETTER_KIND).count()


def test_a_neighbour_gets_one_letter_signed_with_a_first_name() -> None:
    invitation = invite(MembershipFactory())

    delivery = Delivery.objects.get()
    assert delivery.resident.email == ADDRESS
    assert not delivery.resident.confirmed_at
    assert invitation.shown_as == "Ada"


def test_whoever_is_no_member_invites_nobody() -> None:
    joined = MembershipFactory()
    joined.delete()

    with pytest.raises(NotAMember):
        invite(joined)


def test_five_a_week_for_all_communities_together() -> None:
    joined = MembershipFactory()
    other = MembershipFactory(resident=joined.resident)
    for number in range(5):
        invite(joined if number % 2 else other, address=f"voisin-{number}@example.org")

    with pytest.raises(EnoughForThisWeek):
        invite(joined, address="sixieme@example.org")

    invite(joined, address="sixieme@example.org", now=NOW + timedelta(days=7, minutes=1))
    assert letters() == 6


@pytest.mark.parametrize("typed", [ADDRESS, "BASILE.coron@EXAMPLE.org", f" {ADDRESS} "])
def test_an_address_is_invited_once_a_year_to_a_community_whoever_asks(typed: str) -> None:
    joined = MembershipFactory()
    invite(joined)
    neighbour = MembershipFactory(community=joined.community)

    again = invite(neighbour, address=typed, now=NOW + timedelta(days=364))

    assert not again.is_sent
    assert letters() == 1


def test_after_a_year_or_to_another_community_a_letter_leaves_again() -> None:
    joined = MembershipFactory()
    invite(joined)

    invite(MembershipFactory(resident=joined.resident))
    invite(joined, now=NOW + timedelta(days=366))

    assert letters() == 3


def test_a_member_is_not_invited_where_they_are_and_the_inviter_reads_the_same() -> None:
    joined = MembershipFactory()
    MembershipFactory(community=joined.community, resident=ResidentFactory(email=ADDRESS))

    invitation = invite(joined)

    assert invitation.is_sent
    assert letters() == 0


def test_a_known_resident_is_not_changed_by_being_invited() -> None:
    known = ResidentFactory(email=ADDRESS, name="Basile Coron")

    invite(MembershipFactory())

    known.refresh_from_db()
    assert known.name == "Basile Coron"
    assert not known.consent_events.exists()


def test_no_address_is_kept_but_in_the_letter() -> None:
    invitation = invite(MembershipFactory())

    kept = " ".join(str(getattr(invitation, field.name)) for field in NeighbourInvitation._meta.concrete_fields)

    assert ADDRESS not in kept
    assert "basile" not in invitation.fingerprint
    assert len(invitation.fingerprint) == 64


# --- Never again ---------------------------------------------------------------------------------------------


def test_a_stranger_who_says_never_is_never_written_to_again() -> None:
    invitation = invite(MembershipFactory())

    inviting.never_again(invitation=invitation, now=NOW)

    assert Suppression.objects.blocking([ADDRESS]) == {ADDRESS}
    assert inviting.said_never(invitation)


def test_a_resident_who_says_never_keeps_their_other_letters() -> None:
    known = ResidentFactory(email=ADDRESS)
    invitation = invite(MembershipFactory())

    inviting.never_again(invitation=invitation, now=NOW)
    inviting.never_again(invitation=invitation, now=NOW)

    assert not blocking.is_blocked(ADDRESS)
    assert [muted.topic for muted in known.muted_topics.all()] == [Topic.NEIGHBOURS]
    assert inviting.said_never(invitation)


def test_whoever_staff_wrote_down_is_known_too() -> None:
    ResidentFactory(email=ADDRESS, unconfirmed=True, allows=["town"])
    invitation = invite(MembershipFactory())

    inviting.never_again(invitation=invitation, now=NOW)

    assert not blocking.is_blocked(ADDRESS)


def test_a_link_opens_its_own_invitation_and_no_other() -> None:
    invitation = NeighbourInvitationFactory()
    token = inviting.token_of(invitation)

    assert inviting.find(token=token) == invitation
    assert inviting.find(token=token[:-1]) is None
    assert inviting.find(token="a" * len(token)) is None


# --- Forgetting ----------------------------------------------------------------------------------------------


def sent(model: type[Model] = Delivery) -> None:
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=NOW)


def test_after_a_month_whom_it_was_sent_to_is_forgotten() -> None:
    joined = MembershipFactory()
    invitation = invite(joined)
    sent()

    forgetting.forget(now=NOW + timedelta(days=31))

    invitation.refresh_from_db()
    assert (invitation.invited, invitation.shown_as) == (None, "")
    assert not Resident.objects.filter(email=ADDRESS).exists()
    assert letters() == 0
    assert not invite(joined, now=NOW + timedelta(days=40)).is_sent


def test_before_that_nothing_is() -> None:
    invitation = invite(MembershipFactory())
    sent()

    forgetting.forget(now=NOW + timedelta(days=29))

    invitation.refresh_from_db()
    assert invitation.invited is not None


def test_whoever_answered_stays() -> None:
    invitation = invite(MembershipFactory())
    sent()
    Resident.objects.filter(email=ADDRESS).update(confirmed_at=NOW)

    forgetting.forget(now=NOW + timedelta(days=31))

    assert Resident.objects.filter(email=ADDRESS).exists()
    assert NeighbourInvitation.objects.get().pk == invitation.pk


def test_after_a_year_not_even_the_fingerprint_stays() -> None:
    invite(MembershipFactory())
    sent()

    forgetting.forget(now=NOW + timedelta(days=366))

    assert not NeighbourInvitation.objects.exists()


def test_a_letter_that_waits_is_not_forgotten() -> None:
    invite(MembershipFactory())

    forgetting.forget(now=NOW + timedelta(days=31))

    assert letters() == 1
