"""No page, feed, file or letter that residents get holds another resident's e-mail, telephone or street.

Every address of the town is walked, by a visitor, and in their space by a member, by who coordinates another community,
by who coordinates this one and by who leads its day. In the pages that a link opens, one person's own may stand: never
two people's.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from communities.models import Mailing, Resident, Role
from communities.post.kinds import letter_kinds
from tests import town
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.town_of_work_days import a_volunteer, a_work_day

pytestmark = pytest.mark.django_db

OURS = ("communities", "meetings", "engagement", "pages")
SPACE = "mon-espace/"
RUN = f"{SPACE}chantiers/"


def plant() -> dict[int, tuple[str, ...]]:
    """Each resident has an e-mail, a telephone and a street that nobody else has: (by pk) how they would be shown."""
    found = {}
    for pk in Resident.objects.known().values_list("pk", flat=True):
        phone, street = f"01993{pk:05}", f"{pk} sentier des Planches"
        email = f"planted-{pk}@example.org"
        Resident.objects.filter(pk=pk).update(email=email, phone=phone, street=street)
        found[pk] = (email, phone, street)
    return found


def shown_in(content: bytes, planted: dict[int, tuple[str, ...]]) -> set[int]:
    """Whose addresses stand there, however they are spaced."""
    text = content.decode("utf-8", "replace")
    plain = re.sub(r"[\s\u00a0\u202f.]", "", text)
    return {
        pk
        for pk, (email, phone, street) in planted.items()
        if email in text.lower() or phone in plain or f"+33{phone[1:]}" in plain or street in text
    }


def test_no_public_page_holds_the_addresses_of_anybody_but_the_one_whose_link_it_is(client: Client) -> None:
    addresses = town.addresses()
    planted = plant()

    shown = {name: shown_in(client.get(path).content, planted) for name, path in addresses.items()}

    assert {name: pks for name, pks in shown.items() if len(pks) > 1} == {}
    with_token = re.compile(r"/[a-z2-7]{24}(/|$)")
    assert {name for name, pks in shown.items() if pks and not with_token.search(addresses[name])} == set()


def test_no_feed_and_no_open_data_holds_anybodys_address(client: Client) -> None:
    town.addresses()
    planted = plant()
    files = [route for route in routes() if re.search(r"\.(ics|json|csv|xml|txt)$", route.address) and not route.names]

    assert files
    for route in files:
        assert shown_in(client.get(reverse(route.name)).content, planted) == set(), route.name


def test_no_letter_to_a_resident_holds_the_address_of_another() -> None:
    town.letters()
    planted = plant()

    for mailing in Mailing.objects.all():
        for delivery in mailing.deliveries.select_related("resident").exclude(resident=None):
            kind = letter_kinds[mailing.kind]
            values = {"unsubscribe_url": "", "preferences_url": "", "after_hello": ""}
            values |= kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
            letter = kind.compose(mailing=mailing, language="fr").filled(values)
            said = f"{letter.subject} {letter.text} {letter.html}".encode()
            assert shown_in(said, planted) <= {delivery.resident_id}, mailing.kind


class Route:
    """One address of ours: its name, what it takes, and the address as it is written."""

    def __init__(self, name: str, address: str, names: list[str]) -> None:
        self.name, self.address, self.names = name, address, names

    @property
    def is_of_a_space(self) -> bool:
        return self.address.startswith(SPACE)


def routes() -> list[Route]:
    """Every address that residents and visitors find."""
    found = []
    for namespace, pattern, address in walk(get_resolver()):
        if namespace in OURS and pattern.name:
            names = re.findall(r"<(?:\w+:)?(\w+)>", address)
            found.append(Route(f"{namespace}:{pattern.name}", re.sub(r"[\^$\\]", "", address), names))
    return found


def walk(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern, str]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from walk(each, prefix + str(each.pattern), each.namespace or space)
        else:
            yield space, each, prefix + str(each.pattern)


class World:
    """Two communities, each with a work day; and who stands where."""

    def __init__(self) -> None:
        self.here, self.elsewhere = CommunityFactory(), CommunityFactory()
        self.leader = ResidentFactory(name="Inès Briquette")
        self.work_day = self.day_of(self.here, leader=self.leader)
        self.other_day = self.day_of(self.elsewhere)
        self.outsider = ResidentFactory(name="Odile Chevalet")
        self.member = self.in_(self.here, Role.MEMBER)
        self.liaison = self.in_(self.here, Role.LIAISON)
        self.officer = self.in_(self.here, Role.OFFICER)
        self.coordinator = self.in_(self.here, Role.COORDINATOR)
        self.stranger = self.in_(self.elsewhere, Role.COORDINATOR)
        for someone in (self.member, self.outsider):
            a_volunteer(self.work_day, resident=someone)

    def day_of(self, community, **facts):
        work_day = a_work_day(**facts)
        work_day.meeting.communities.set([community])
        work_day.meeting.save()
        VolunteerFactory(work_day=work_day, held=True, shifts=[work_day.shifts.all()[0]])
        return work_day

    def in_(self, community, role) -> Resident:
        return MembershipFactory(community=community, role=role).resident

    def values(self, route: Route, work_day) -> dict[str, object] | None:
        """What stands in the address for this work day; None where the address is of something else."""
        known = {"pk": work_day.pk, "slug": work_day.meeting.communities.first().slug, "uid": work_day.meeting.uid}
        return {name: known[name] for name in route.names} if set(route.names) <= known.keys() else None


def in_space(world: World, route: Route, who: Resident, work_day, method: str = "get"):
    values = world.values(route, work_day)
    if values is None:
        return None
    client = signed_in(Client(raise_request_exception=True), who, now=timezone.now())
    return getattr(client, method)(reverse(route.name, kwargs=values))


def test_nobody_reads_anothers_addresses_in_a_space() -> None:
    world = World()
    planted = plant()
    people = ("outsider", "member", "liaison", "officer", "stranger", "coordinator", "leader")
    walked = set()

    for route in (route for route in routes() if route.is_of_a_space):
        for name in people:
            who = Resident.objects.get(pk=getattr(world, name).pk)
            response = in_space(world, route, who, world.work_day)
            if response is None or response.status_code == 405:
                continue
            content = b"".join(response.streaming_content) if response.streaming else response.content
            walked.add(route.name)
            assert shown_in(content, planted) <= {who.pk}, (route.name, name)

    assert {"communities:space", "communities:space_data"} <= walked


RUNS = ["coordinator", "leader"]
RUNS_NOT = ["outsider", "member", "liaison", "officer", "stranger"]


def of_one_work_day() -> list[Route]:
    """The addresses from which one work day is run."""
    return [route for route in routes() if route.address.startswith(RUN) and "pk" in route.names]


@pytest.mark.parametrize("name", RUNS_NOT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_does_not_run_a_work_day_finds_none_of_its_pages(name: str, method: str) -> None:
    world = World()
    who = getattr(world, name)

    answers = {route.name: in_space(world, route, who, world.work_day, method) for route in of_one_work_day()}

    assert {route for route, answer in answers.items() if answer and answer.status_code not in (404, 405)} == set()


@pytest.mark.parametrize("name", RUNS)
def test_whoever_runs_it_opens_every_page_of_it_and_none_of_another_day(name: str) -> None:
    world = World()
    who = getattr(world, name)

    mine = {route.name: in_space(world, route, who, world.work_day) for route in of_one_work_day()}
    others = {route.name: in_space(world, route, who, world.other_day) for route in of_one_work_day()}

    assert {route for route, answer in mine.items() if answer and answer.status_code >= 500} == set()
    assert {route for route, answer in others.items() if answer and answer.status_code not in (404, 405)} == set()


def test_there_are_pages_to_run_a_work_day_from() -> None:
    assert "engagement:run_work_day" in {route.name for route in of_one_work_day()}


def test_without_a_session_every_page_of_a_space_asks_to_come_in(client: Client) -> None:
    world = World()
    open_to_all = {f"communities:space_{name}" for name in ("enter", "sent", "come_in", "leave")}

    for route in (route for route in routes() if route.is_of_a_space and route.name not in open_to_all):
        values = world.values(route, world.work_day)
        if values is None:
            continue
        for method in (client.get, client.post):
            response = method(reverse(route.name, kwargs=values))
            assert response.status_code in (302, 403, 405), (route.name, response.status_code)
            assert response.status_code != 302 or "/mon-espace/entrer/" in response["Location"], route.name
