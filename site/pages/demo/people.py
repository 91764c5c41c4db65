"""Four hundred residents nobody bears the name of, their communities, and what they allowed."""

import datetime as dt
import random
from itertools import islice, product
from typing import Any

from communities import scopes, wordings
from communities.folding import fold
from communities.models import Channel, Community, ConsentEvent, Membership, Neighbourhood, Origin, Resident, Role

from . import fixtures

HOW_MANY = 400
WITHOUT_EMAIL = 60
SEED = 62750


def settle(*, now: dt.datetime) -> None:
    """Neighbourhoods, communities, residents, memberships and consents."""
    places = {row["slug"]: Neighbourhood.objects.create(**row) for row in fixtures.read("communautes")["quartier"]}
    shares = {found(row, places): row["share"] for row in fixtures.read("communautes")["communaute"]}
    chance = random.Random(SEED)  # noqa: S311 - the same town on every laptop
    residents = Resident.objects.bulk_create(
        [resident(number, name, list(places.values()), chance, now) for number, name in enumerate(names(chance))]
    )
    memberships = [
        Membership(community=community, resident=member, joined_at=member.created_at, role=role)
        for community, share in shares.items()
        for member, role in members(residents, share, chance)
    ]
    Membership.objects.bulk_create(memberships)
    ConsentEvent.objects.bulk_create(consents(memberships, residents, chance))


def found(row: dict[str, Any], places: dict[str, Neighbourhood]) -> Community:
    """A community as its row tells it."""
    fields = {name: row[name] for name in ("slug", "name", "kind", "summary")}
    place = places.get(row.get("neighbourhood", ""))
    return Community.objects.create(**fields, neighbourhood=place)


def names(chance: random.Random) -> list[tuple[str, str]]:
    """Every first name with every surname, shuffled, as many as there are residents; the five best known come first."""
    words = fixtures.read("demo_fictive")
    known = list(zip(words["prenoms"], words["noms"], strict=True))[:5]
    others = [pair for pair in product(words["prenoms"], words["noms"]) if pair not in known]
    chance.shuffle(others)
    return list(islice([*known, *others], HOW_MANY))


def resident(
    number: int, name: tuple[str, str], places: list[Neighbourhood], chance: random.Random, now: dt.datetime
) -> Resident:
    """A resident; every seventh or so, sixty in all, has no e-mail and is reached by post or telephone."""
    first, surname = name
    by_hand = number % 20 in (6, 13, 19)
    wants_paper = number % 40 != 19
    words = fixtures.read("demo_fictive")
    has_address = by_hand or number % 4 == 0
    known_since = now - dt.timedelta(days=chance.randrange(30, 900))
    return Resident(
        name=f"{first} {surname}",
        second_name=f"{chance.choice([name for name in words['prenoms'] if name != first])} {surname}"
        if number % 9 == 4
        else "",
        email="" if by_hand else f"{fold(first)}.{fold(surname)}@example.org".replace("’", "").replace(" ", "-"),
        phone=f"035301{1000 + number}" if by_hand else f"063998{number:04}" if number % 3 == 0 else "",
        street=f"{number % 80 + 1} {words['rues'][number % len(words['rues'])]}" if has_address else "",
        postcode=words["mairie"]["postcode"] if has_address else "",
        city=words["mairie"]["city"] if has_address else "",
        neighbourhood=chance.choice([*places, *places, None]),
        language="en" if number % 33 == 32 else "fr",
        preferred_channel=(Channel.LETTER if wants_paper else Channel.PHONE) if by_hand else Channel.EMAIL,
        confirmed_at=None if by_hand else known_since,
        created_at=known_since,
    )


def members(residents: list[Resident], share: int, chance: random.Random) -> list[tuple[Resident, Role]]:
    """`share` residents in a hundred, the first of whom coordinates."""
    chosen = chance.sample(residents, len(residents) * share // 100)
    return [(member, Role.MEMBER if place else Role.COORDINATOR) for place, member in enumerate(chosen)]


def consents(memberships: list[Membership], residents: list[Resident], chance: random.Random) -> list[ConsentEvent]:
    """Nine members in ten with an e-mail agreed to letters about their community; one resident in twelve to all."""
    about_theirs = [
        said(membership.resident, scopes.scope_of(membership.community))
        for membership in memberships
        if membership.resident.email and chance.random() < 0.9
    ]
    about_everything = [said(someone, scopes.TOWN) for someone in residents if someone.email and chance.random() < 0.08]
    second_thoughts = [
        said(event.resident, event.scope, granted=False, wording=wordings.WITHDRAWN, origin=Origin.MAIL)
        for event in about_theirs
        if chance.random() < 0.04
    ]
    return [*about_theirs, *about_everything, *second_thoughts]


def said(
    resident: Resident, scope: str, *, granted: bool = True, wording: str = wordings.SIGN_UP, origin: str = Origin.WEB
) -> ConsentEvent:
    return ConsentEvent(
        resident=resident,
        channel=Channel.EMAIL,
        scope=scope,
        granted=granted,
        wording=wording,
        origin=origin,
        occurred_at=resident.created_at,
    )
