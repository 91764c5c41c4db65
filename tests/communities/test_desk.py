"""What staff do about residents in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import consent, scopes
from communities.models import Channel, ConsentEvent, Membership, Origin, Resident
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SuppressionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

RESIDENT = {
    "name": "Ada Terril",
    "second_name": "",
    "language": "fr",
    "email": "ada@example.org",
    "phone": "",
    "street": "",
    "postcode": "",
    "city": "",
    "neighbourhood": "",
    "preferred_channel": "email",
    "proof": "",
}


def names(page: Any) -> list[str]:
    return [resident.name for resident in page.context["object_list"]]


# --- The list --------------------------------------------------------------------------------------------------------


def test_residents_are_listed_in_french_order_without_the_erased(desk: Client) -> None:
    for name in ("Zoé", "Éloi", "Emma"):
        ResidentFactory(name=name)
    ResidentFactory(name="Gone", erased_at=timezone.now())

    assert names(desk.get(reverse("residents:index"))) == ["Éloi", "Emma", "Zoé"]


def test_residents_are_searched_without_accents_by_name_address_and_telephone(desk: Client) -> None:
    ResidentFactory(name="Félix Gaillette", email="fg@example.org", phone="0199000102")
    ResidentFactory(name="Ada Terril")

    for words in ("felix", "FG@example", "01 99 00 01 02"):
        assert names(desk.get(reverse("residents:index"), {"q": words})) == ["Félix Gaillette"]


def test_residents_are_filtered(desk: Client) -> None:
    community, neighbourhood = CommunityFactory(), NeighbourhoodFactory()
    member = ResidentFactory(name="Member", neighbourhood=neighbourhood)
    MembershipFactory(community=community, resident=member)
    ResidentFactory(name="Caller", without_email=True)
    ResidentFactory(name="Unconfirmed", unconfirmed=True)
    SuppressionFactory(address=ResidentFactory(name="Blocked", email="b@example.org").email.upper())

    def found(**asked: Any) -> list[str]:
        return names(desk.get(reverse("residents:index"), asked))

    assert found(neighbourhood=neighbourhood.pk) == ["Member"]
    assert found(communities=community.pk) == ["Member"]
    assert found(preferred_channel="phone") == ["Caller"]
    assert found(address="no-email") == ["Caller"]
    assert found(address="email") == ["Blocked", "Member", "Unconfirmed"]
    assert found(address="unconfirmed") == ["Unconfirmed"]
    assert found(address="blocked") == ["Blocked"]
    assert found(agreed="yes") == ["Member"]
    assert found(agreed="no") == ["Blocked", "Caller", "Unconfirmed"]


def people(number: int) -> None:
    neighbourhood, community = NeighbourhoodFactory(), CommunityFactory()
    made = ResidentFactory.build_batch(number, neighbourhood=neighbourhood)
    Resident.objects.bulk_create(made)
    Membership.objects.bulk_create(
        MembershipFactory.build(resident=resident, community=community, consenting=False) for resident in made
    )
    scope = scopes.scope_of(community)
    ConsentEvent.objects.bulk_create(ConsentEventFactory.build(resident=resident, scope=scope) for resident in made)


@pytest.mark.parametrize("asked", [{}, {"q": "ada"}, {"export": "csv"}, {"export": "xlsx"}])
def test_a_list_of_a_thousand_costs_as_many_queries_as_one_of_ten(
    desk: Client, asked: dict[str, str], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def read() -> None:
        page = desk.get(reverse("residents:index"), asked)
        page.getvalue()

    people(10)
    read()
    with django_assert_max_num_queries(40) as ten:
        read()
    people(990)
    with django_assert_num_queries(len(ten.captured_queries)):
        read()


@pytest.mark.parametrize("name", ["communities_desk:index", "neighbourhoods:index", "suppressions:index"])
def test_the_other_lists_cost_the_same_whatever_their_length(
    desk: Client, name: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def more(number: int) -> None:
        NeighbourhoodFactory.create_batch(number)
        SuppressionFactory.create_batch(number)
        for _one in range(number):
            MembershipFactory(community__around_a_neighbourhood=True)

    more(3)
    desk.get(reverse(name))
    with django_assert_max_num_queries(40) as few:
        desk.get(reverse(name))
    more(20)
    with django_assert_num_queries(len(few.captured_queries)):
        desk.get(reverse(name))


# --- One resident ----------------------------------------------------------------------------------------------------


def test_someone_is_written_down_with_what_they_agreed_to_and_its_proof(desk: Client) -> None:
    community = CommunityFactory()
    said = {
        "member_of": [community.pk],
        "told_of": [consent.scope_of(community), "town"],
        "proof": "Slip 12, blue folder",
    }

    answer = desk.post(reverse("residents:add"), RESIDENT | said)

    assert answer.status_code == 302, answer.context["form"].errors
    resident = Resident.objects.get()
    assert list(community.members.all()) == [resident]
    events = resident.consent_events.all()
    assert {event.scope for event in events} == {consent.scope_of(community), "town"}
    assert {(event.origin, event.proof, event.wording, event.channel) for event in events} == {
        (Origin.STAFF, "Slip 12, blue folder", "paper-1", Channel.EMAIL)
    }


def test_a_new_tick_needs_a_proof(desk: Client) -> None:
    answer = desk.post(reverse("residents:add"), RESIDENT | {"told_of": ["town"]})

    assert answer.context["form"].has_error("proof", "no_proof")
    assert not Resident.objects.exists()


@pytest.mark.parametrize("channel", ["phone", "letter"])
def test_a_preferred_channel_must_reach_the_person(desk: Client, channel: str) -> None:
    answer = desk.post(reverse("residents:add"), RESIDENT | {"preferred_channel": channel})

    assert answer.context["form"].has_error("preferred_channel", "unreachable")


def test_staff_choose_among_the_ways_that_carry_something(desk: Client) -> None:
    offered = desk.get(reverse("residents:add")).context["form"].fields["preferred_channel"].choices

    assert [value for value, _label in offered if value] == ["email", "letter", "phone"]


def test_an_address_that_is_taken_gets_a_sentence(desk: Client) -> None:
    ResidentFactory(email="ADA@example.org")

    answer = desk.post(reverse("residents:add"), RESIDENT)

    assert "already belongs to another resident" in str(answer.context["form"].errors)


def test_someone_nobody_can_reach_gets_a_sentence(desk: Client) -> None:
    answer = desk.post(reverse("residents:add"), RESIDENT | {"email": ""})

    assert "needs an e-mail address" in str(answer.context["form"].errors)
    assert not Resident.objects.exists()


def test_a_tick_taken_away_is_a_withdrawal_and_one_left_is_no_news(desk: Client) -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org", allows=["town"])
    community = MembershipFactory(resident=resident).community
    page = desk.get(reverse("residents:edit", args=[resident.pk]))
    assert set(page.context["form"].initial["told_of"]) == {"town", consent.scope_of(community)}

    answer = desk.post(reverse("residents:edit", args=[resident.pk]), RESIDENT | {"told_of": ["town"]})

    assert answer.status_code == 302, answer.context["form"].errors
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {"town"}
    assert not community.members.exists()
    assert resident.consent_events.count() == 3


def test_an_address_changed_by_staff_is_proven_by_nobody(desk: Client) -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org")
    assert resident.confirmed_at

    for email, is_proven in (("ada@example.org", True), ("autre@example.org", False)):
        desk.post(reverse("residents:edit", args=[resident.pk]), RESIDENT | {"email": email})

        resident.refresh_from_db()
        assert (resident.email, bool(resident.confirmed_at)) == (email, is_proven)


def test_whoever_corrects_an_address_is_told_that_links_change_with_it(desk: Client) -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org")
    edit = reverse("residents:edit", args=[resident.pk])
    before = desk.get(edit).content.decode()

    told = [
        desk.post(edit, RESIDENT | {"email": email}, follow=True).content.decode()
        for email in ("ADA@example.org", "autre@example.org")
    ]

    assert "Their next letters bring new links." in before
    assert "Their next letters bring new links." not in desk.get(reverse("residents:add")).content.decode()
    assert ["What was sent to ADA@example.org no longer opens" in page for page in told] == [False, True]


def test_preferring_another_channel_stops_the_former_one(desk: Client) -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org", allows=["town"])
    changed = RESIDENT | {"phone": "01 99 00 01 02", "preferred_channel": "phone", "told_of": ["town"], "proof": "Call"}

    answer = desk.post(reverse("residents:edit", args=[resident.pk]), changed)

    assert answer.status_code == 302, answer.context["form"].errors
    assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)
    assert consent.scopes_held(resident=resident, channel=Channel.PHONE) == {"town"}


def test_a_resident_is_shown_with_every_word_of_consent(desk: Client) -> None:
    resident = ResidentFactory(name="Inès Briquette", phone="0199000102")
    community = CommunityFactory(name="Les bancs")
    ConsentEventFactory(resident=resident, scope=consent.scope_of(community), proof="Slip 12")
    ConsentEventFactory(resident=resident, scope="community:999999", granted=False)
    ResidentFactory(name="INES BRIQUETTE", email="namesake@example.org")

    page = desk.get(reverse("residents:inspect", args=[resident.pk])).content.decode()

    assert "Write to me about the meetings of “Les bancs”." in page
    assert "Slip 12" in page
    assert "something that no longer exists" in page
    assert "namesake@example.org" in page


def test_consents_are_read_beside_a_blocked_address(desk: Client) -> None:
    resident = ResidentFactory(email="ada@example.org")
    ConsentEventFactory(resident=resident, scope="town", proof="Slip 12")
    SuppressionFactory(address="ada@example.org")

    assert "Slip 12" in desk.get(reverse("residents:inspect", args=[resident.pk])).content.decode()


def test_nobody_erased_is_shown_or_changed(desk: Client) -> None:
    erased = ResidentFactory(erased_at=timezone.now())

    for view in ("inspect", "edit"):
        assert desk.get(reverse(f"residents:{view}", args=[erased.pk])).status_code == 404
