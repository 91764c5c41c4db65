"""The page where a resident chooses what they are sent: what it shows, what saving it does, and how a break goes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from communities import consent, links, preferences, signing_up, unsubscribing
from communities.models import Channel, ConsentEvent, Origin, Resident, Topic
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    MembershipFactory,
    MutedTopicFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SignUpFactory,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_of_march() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked as in production."""
    return Client(enforce_csrf_checks=True)


def page_of(resident: Resident, name: str = "preferences") -> str:
    return reverse(f"communities:{name}", args=[preferences.token_of(resident)])


def choose(client: Client, resident: Resident, **choices: object) -> str:
    """Save the page with these choices; the words of what it then says."""
    asked = {"scopes": ["town"], "topics": [Topic.INVITATIONS], "channel": "email", "language": "fr", **choices}
    return client.post(page_of(resident), asked, follow=True).content.decode()


def held(resident: Resident, channel: Channel = Channel.EMAIL) -> set[str]:
    return consent.scopes_held(resident=resident, channel=channel)


def test_the_page_shows_what_holds_and_changes_nothing(strict: Client) -> None:
    resident = ResidentFactory(name="Nora Chevalet", allows=["town"])
    MutedTopicFactory(resident=resident)

    for method in (strict.get, strict.head):
        answer = method(page_of(resident))
        assert answer.status_code == 200
        assert not answer.cookies

    form = strict.get(page_of(resident)).context["form"]
    assert form["scopes"].value() == ["town"]
    assert Topic.INVITATIONS not in form["topics"].value()
    assert ConsentEvent.objects.count() == 1


def test_what_concerns_them_comes_first_and_the_rest_of_the_town_after(client: Client) -> None:
    home, elsewhere = NeighbourhoodFactory(), NeighbourhoodFactory()
    resident = ResidentFactory(neighbourhood=home)
    theirs = MembershipFactory(resident=resident, consenting=False).community
    other = CommunityFactory()

    form = client.get(page_of(resident)).context["form"]

    near = {box.data["value"] for box in form.boxes_near()}
    further = {box.data["value"] for box in form.boxes_further()}
    assert near == {"town", consent.scope_of(home), consent.scope_of(theirs)}
    assert further == {consent.scope_of(elsewhere), consent.scope_of(other)}


def test_saving_keeps_each_yes_and_no_as_a_word_of_consent(strict: Client) -> None:
    orchard = CommunityFactory(name="Le verger")
    resident = ResidentFactory(allows=["town"])

    said = choose(strict, resident, scopes=[consent.scope_of(orchard)])

    assert held(resident) == {consent.scope_of(orchard)}
    words = resident.consent_events.order_by("-pk").values_list("scope", "granted", "wording", "origin")
    assert list(words[:2]) == [
        (consent.scope_of(orchard), True, "chosen-1", Origin.MAIL),
        ("town", False, "withdrawn-1", Origin.MAIL),
    ]
    assert "Vos choix sont enregistrés" in said
    assert "Le verger" in said


def test_saving_twice_says_no_more(strict: Client) -> None:
    resident = ResidentFactory()

    for _time in range(2):
        choose(strict, resident)

    assert resident.consent_events.count() == 1


def test_unticking_a_community_does_not_leave_it(strict: Client) -> None:
    membership = MembershipFactory()

    choose(strict, membership.resident, scopes=[])

    assert held(membership.resident) == set()
    assert membership.resident.communities.exists()


def test_a_kind_of_letters_is_muted_and_heard_again(strict: Client) -> None:
    resident = ResidentFactory(allows=["town"])

    without = choose(strict, resident, topics=[])
    muted = set(resident.muted_topics.values_list("topic", "origin", "muted_at"))
    choose(strict, resident, topics=preferences.topics_there_are())

    assert muted == {(topic, Origin.MAIL, NOW) for topic in preferences.topics_there_are()}
    assert "Vous n’avez coché aucun type de message" in without
    assert not resident.muted_topics.exists()


def test_only_kinds_of_letters_that_are_sent_are_offered(client: Client) -> None:
    offered = client.get(page_of(ResidentFactory())).context["form"].fields["topics"].choices

    assert [topic for topic, _label in offered] == [topic.value for topic in preferences.topics_there_are()]
    assert (Topic.INVITATIONS, "Invitations aux réunions") in offered


def test_another_channel_takes_the_choices_along(strict: Client) -> None:
    resident = ResidentFactory(allows=["town"], street="1 rue du Terril", language="fr")

    choose(strict, resident, channel="letter", language="en")

    resident.refresh_from_db()
    assert (resident.preferred_channel, resident.language) == (Channel.LETTER, "en")
    assert (held(resident), held(resident, Channel.LETTER)) == (set(), {"town"})


def test_a_channel_that_does_not_reach_them_is_not_offered(strict: Client) -> None:
    resident = ResidentFactory()

    choose(strict, resident, channel="phone")

    resident.refresh_from_db()
    assert resident.preferred_channel == Channel.EMAIL
    assert "channel" not in strict.get(page_of(resident)).context["form"].fields


@pytest.mark.parametrize(
    "nonsense", [{"scopes": ["community:999999"]}, {"topics": ["spam"]}, {"language": "xx"}, {"language": ""}]
)
def test_what_is_not_there_cannot_be_chosen_and_nothing_is_lost(strict: Client, nonsense: dict[str, object]) -> None:
    resident = ResidentFactory(allows=["town"])

    page = strict.post(page_of(resident), {"scopes": [], "topics": [], "language": "fr", **nonsense})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert held(resident) == {"town"}


# --- A break -------------------------------------------------------------------------------------------------


def test_a_break_lasts_a_month_and_says_until_when(strict: Client) -> None:
    resident = ResidentFactory(allows=["town"])

    said = strict.post(page_of(resident, "preferences_pause"), {"pause": "month"}, follow=True).content.decode()

    resident.refresh_from_db()
    assert resident.paused_until == NOW + timedelta(days=30)
    assert "nous ne vous écrivons rien avant le mercredi 31\xa0mars 2027" in said
    assert "jeudi 1er\xa0avril 2027" in said


def test_a_break_can_be_ended(strict: Client) -> None:
    resident = ResidentFactory(paused_until=NOW + timedelta(days=3))

    strict.post(page_of(resident, "preferences_pause"), {"pause": "end"})

    resident.refresh_from_db()
    assert resident.paused_until is None


def test_opening_the_address_of_a_break_begins_none(client: Client) -> None:
    resident = ResidentFactory()

    assert client.get(page_of(resident, "preferences_pause")).status_code == 405
    resident.refresh_from_db()
    assert resident.paused_until is None


# --- Whose page it is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["preferences", "preferences_saved", "preferences_pause"])
def test_a_link_for_something_else_opens_no_page(client: Client, name: str) -> None:
    resident = ResidentFactory(allows=["town"])
    for token in (unsubscribing.token_of(resident), links.sign(preferences.PURPOSE, 999_999), "abc"):
        address = reverse(f"communities:{name}", args=[token])
        answer = client.post(address) if name == "preferences_pause" else client.get(address)

        assert answer.status_code == 404


def test_whoever_asks_again_hears_again() -> None:
    sign_up = SignUpFactory()
    preferences.mute(resident=sign_up.resident, topics=Topic, origin=Origin.MAIL, now=NOW)

    signing_up.confirm(sign_up=sign_up, now=NOW)

    assert not sign_up.resident.muted_topics.exists()


def test_muting_twice_keeps_the_first_date() -> None:
    resident = MutedTopicFactory(muted_at=NOW - timedelta(days=9)).resident

    preferences.mute(resident=resident, topics=[Topic.INVITATIONS], origin=Origin.STAFF, now=NOW)

    muted = resident.muted_topics.get()
    assert (muted.muted_at, muted.origin) == (NOW - timedelta(days=9), Origin.MAIL)


def test_the_page_costs_the_same_queries_however_large_the_town(
    client: Client, django_assert_max_num_queries: object
) -> None:
    resident = ConsentEventFactory().resident
    for thing in [*NeighbourhoodFactory.create_batch(6), *CommunityFactory.create_batch(12)]:
        consent.grant(
            resident=resident,
            scopes=[consent.scope_of(thing)],
            channel=Channel.EMAIL,
            wording="paper-1",
            origin=Origin.STAFF,
            now=NOW,
        )

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        client.get(page_of(resident))
