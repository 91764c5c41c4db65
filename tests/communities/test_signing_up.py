"""Signing up without an account: a wish, a letter, a button."""

from datetime import UTC, datetime, timedelta

import pytest

from communities import consent, links, signing_up
from communities.models import Channel, Delivery, Mailing, Origin, Priority, Resident, SignUp
from communities.post.kinds import letter_kinds
from communities.signing_up import Wish
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory, ResidentFactory, SignUpFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_stranger_is_written_down_unconfirmed_and_gets_one_letter() -> None:
    signing_up.ask(email=" Ada@Example.ORG ", name="Ada  Terril", wish=Wish(whole_town=True), now=NOW)

    resident = Resident.objects.get()
    assert (resident.name, resident.email, resident.confirmed_at) == ("Ada Terril", "Ada@example.org", None)
    delivery = Delivery.objects.get()
    assert (delivery.resident, delivery.mailing.kind) == (resident, "confirm-sign-up")
    assert delivery.priority == Priority.TRANSACTIONAL


def test_a_known_address_is_found_whatever_its_case_and_never_changed() -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org")

    sign_up = signing_up.ask(email="ADA@EXAMPLE.ORG", name="Somebody Else", wish=Wish(whole_town=True), now=NOW)

    assert sign_up.resident == resident
    assert Resident.objects.get().name == "Ada Terril"
    assert signing_up.called(sign_up) == "Ada Terril"


def test_a_wish_allows_nothing_before_its_button_is_pressed() -> None:
    community = CommunityFactory()

    sign_up = signing_up.ask(email="ada@example.org", name="Ada", wish=Wish(communities=[community]), now=NOW)

    assert not community.members.exists()
    assert not consent.scopes_held(resident=sign_up.resident, channel=Channel.EMAIL)


def test_the_button_makes_a_member_who_consented_with_proof() -> None:
    community, neighbourhood = CommunityFactory(), NeighbourhoodFactory()
    wish = Wish(communities=[community], neighbourhoods=[neighbourhood], whole_town=True)
    sign_up = signing_up.ask(email="ada@example.org", name="Ada", wish=wish, now=NOW)

    signing_up.confirm(sign_up=sign_up, now=NOW + timedelta(hours=1))

    resident = Resident.objects.get()
    assert resident.confirmed_at == NOW + timedelta(hours=1)
    assert list(community.members.all()) == [resident]
    events = resident.consent_events.all()
    scopes = {"town", f"community:{community.pk}", f"neighbourhood:{neighbourhood.pk}"}
    assert {event.scope for event in events} == scopes
    assert {(event.origin, event.wording, event.granted) for event in events} == {(Origin.MAIL, "sign-up-1", True)}
    assert {event.proof for event in events} == {f"sign-up {sign_up.pk}, 2027-03-01T10:00:00+00:00"}


def test_pressing_the_button_twice_does_no_more() -> None:
    sign_up = SignUpFactory()

    signing_up.confirm(sign_up=sign_up, now=NOW)
    signing_up.confirm(sign_up=SignUp.objects.get(), now=NOW + timedelta(days=1))

    assert sign_up.resident.consent_events.count() == 1
    assert SignUp.objects.get().confirmed_at == NOW


def test_an_old_button_does_not_undo_a_withdrawal() -> None:
    sign_up = SignUpFactory()
    signing_up.confirm(sign_up=sign_up, now=NOW)
    consent.withdraw_everything(resident=sign_up.resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=NOW)

    signing_up.confirm(sign_up=sign_up, now=NOW + timedelta(days=1))

    assert not consent.scopes_held(resident=sign_up.resident, channel=Channel.EMAIL)


def test_the_first_confirmation_keeps_the_name_its_owner_gave() -> None:
    sign_up = SignUpFactory(resident__name="Typed By A Stranger", given_name="Nora Chevalet")

    signing_up.confirm(sign_up=sign_up, now=NOW)

    assert Resident.objects.get().name == "Nora Chevalet"


def test_a_later_confirmation_changes_no_name() -> None:
    sign_up = SignUpFactory(resident=ResidentFactory(name="Nora Chevalet"), given_name="Ada Terril")

    signing_up.confirm(sign_up=sign_up, now=NOW)

    assert Resident.objects.get().name == "Nora Chevalet"


def test_a_wish_that_does_not_join_makes_no_member() -> None:
    community = CommunityFactory()
    wish = Wish(communities=[community], joins=False)
    sign_up = signing_up.note(resident=ResidentFactory(), name="Ada", wish=wish, now=NOW)

    signing_up.confirm(sign_up=sign_up, now=NOW)

    assert not community.members.exists()
    assert consent.scopes_held(resident=sign_up.resident, channel=Channel.EMAIL) == {consent.scope_of(community)}
    assert not Mailing.objects.exists()


def test_a_link_is_good_for_thirty_days() -> None:
    sign_up = SignUpFactory(created_at=NOW)
    token = signing_up.token_of(sign_up)

    assert signing_up.find(token=token, now=NOW + timedelta(days=29)) == sign_up
    assert signing_up.find(token=token, now=NOW + timedelta(days=30)) is None


def test_a_link_for_something_else_opens_nothing() -> None:
    sign_up = SignUpFactory(created_at=NOW)

    assert signing_up.find(token=links.sign("unsubscribe", sign_up.pk), now=NOW) is None
    assert signing_up.find(token=signing_up.token_of(sign_up)[:-1], now=NOW) is None
    assert signing_up.find(token="", now=NOW) is None


def test_the_letter_names_what_one_would_be_told_of_and_carries_ones_own_link() -> None:
    community = CommunityFactory(name="Les bancs de la cité")
    sign_up = signing_up.ask(email="ada@example.org", name="Ada", wish=Wish(communities=[community]), now=NOW)
    mailing, delivery = Mailing.objects.get(), Delivery.objects.get()
    kind = letter_kinds["confirm-sign-up"]

    values = kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
    letter = kind.compose(mailing=mailing, language="en").filled(values)

    link = f"https://commune.example/confirmer/{signing_up.token_of(sign_up)}/"
    for body in (letter.text, letter.html):
        assert "Les bancs de la cité" in body
        assert link in body
        assert "someone typed your address" in body
    assert "Ada" not in letter.text


def test_a_letter_with_nothing_left_to_confirm_does_not_leave() -> None:
    sign_up = signing_up.ask(email="ada@example.org", name="Ada", wish=Wish(whole_town=True), now=NOW)
    mailing, delivery = Mailing.objects.get(), Delivery.objects.get()
    kind = letter_kinds["confirm-sign-up"]
    assert not kind.still_true(mailing=mailing, deliveries=[delivery], now=NOW)

    signing_up.confirm(sign_up=sign_up, now=NOW)

    assert delivery.pk in kind.still_true(mailing=mailing, deliveries=[delivery], now=NOW)
