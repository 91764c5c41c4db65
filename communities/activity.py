"""Which communities are alive? Who did something in them, when they met and meet, what they lack, how much they get.

Rooms to the left say it through registries; each is asked once for all communities, so that a page costs the same for
ten and for a thousand.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Count

from .models import Community, Delivery, DeliveryState, Membership, Resident, Role
from .registry import Registry

LATELY = timedelta(days=90)
LETTERS_OVER = timedelta(days=30)
SILENT_AFTER = timedelta(days=365)

ActivitySource = Callable[[Collection[int], datetime], Mapping[int, set[int]]]
"""(communities, since): the residents who did something in each since then, by the community's key."""

GapSource = Callable[[Collection[int], datetime], Mapping[int, list[str]]]
"""(communities, now): what each still lacks, in words: “il manque 2 personnes samedi”."""


@dataclasses.dataclass(frozen=True)
class Gatherings:
    """When a community last met, and when it meets next."""

    last: datetime | None = None
    next: datetime | None = None


GatheringSource = Callable[[Collection[int], datetime], Mapping[int, Gatherings]]
"""(communities, now): the meetings of each."""

activity_sources: Registry[ActivitySource] = Registry("what residents do in communities")
gap_sources: Registry[GapSource] = Registry("what communities lack")
gathering_sources: Registry[GatheringSource] = Registry("when communities meet")


@dataclasses.dataclass(frozen=True)
class Life:
    """One community, as staff want to know it."""

    community: Community
    members: int = 0
    new: int = 0
    active: int = 0
    gatherings: Gatherings = dataclasses.field(default_factory=Gatherings)
    gaps: tuple[str, ...] = ()
    letters: int = 0
    most_letters: int = 0
    coordinators: tuple[str, ...] = ()
    is_silent: bool = False

    @property
    def letters_each(self) -> float:
        """Letters for each member in thirty days."""
        return round(self.letters / self.members, 1) if self.members else 0.0

    @property
    def active_members(self) -> int:
        """As a picture shows them, within the members: somebody may take part and belong to nothing."""
        return min(self.active, self.members)


def of(communities: Iterable[Community], *, now: datetime) -> list[Life]:
    """The life of each, in the order in which they came."""
    asked = list(communities)
    keys = [community.pk for community in asked]
    people = members_of(keys)
    letters = letters_to({member.resident_id for members in people.values() for member in members}, since=now)
    active = who_is_active(keys, since=now - LATELY)
    met, gaps = when_they_meet(keys, now=now), what_they_lack(keys, now=now)
    return [
        life_of(
            community,
            people[community.pk],
            letters,
            now=now,
            active=len(active.get(community.pk, ())),
            gatherings=met.get(community.pk, Gatherings()),
            gaps=tuple(gaps.get(community.pk, ())),
        )
        for community in asked
    ]


def life_of(
    community: Community,
    members: list[Membership],
    letters: Mapping[int, int],
    *,
    now: datetime,
    active: int,
    gatherings: Gatherings,
    gaps: tuple[str, ...],
) -> Life:
    got = [letters.get(member.resident_id, 0) for member in members]
    return Life(
        community,
        members=len(members),
        new=sum(member.joined_at >= now - LATELY for member in members),
        active=active,
        gatherings=gatherings,
        gaps=gaps,
        letters=sum(got),
        most_letters=max(got, default=0),
        coordinators=tuple(str(each.resident) for each in members if each.role == Role.COORDINATOR),
        is_silent=is_silent(gatherings, now=now),
    )


def is_silent(gatherings: Gatherings, *, now: datetime) -> bool:
    """Nothing for twelve months, and nothing to come."""
    return gatherings.next is None and (gatherings.last is None or gatherings.last < now - SILENT_AFTER)


def members_of(communities: Collection[int]) -> Mapping[int, list[Membership]]:
    """In the order in which they joined; one query."""
    found: dict[int, list[Membership]] = defaultdict(list)
    known = Membership.objects.filter(community__in=communities, resident__erased_at=None)
    for member in known.select_related("resident").only(*NEEDED).order_by("joined_at", "pk"):
        found[member.community_id].append(member)
    return found


NEEDED = (
    *("community_id", "role", "joined_at"),
    *(f"resident__{name}" for name in ("name", "second_name", "erased_at")),
)


def letters_to(residents: Collection[int], *, since: datetime) -> dict[int, int]:
    """How many letters each was sent in thirty days, whatever they were about."""
    sent = Delivery.objects.filter(state=DeliveryState.SENT, ended_at__gte=since - LETTERS_OVER)
    return dict(sent.filter(resident__in=residents).order_by().values_list("resident").annotate(Count("pk")))


def who_is_active(communities: Collection[int], *, since: datetime) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for _name, source in activity_sources.items():
        for community, residents in source(communities, since).items():
            found[community] |= residents
    return found


def when_they_meet(communities: Collection[int], *, now: datetime) -> dict[int, Gatherings]:
    """Over all that gathers them: the latest that was, the nearest to come."""
    found: dict[int, Gatherings] = {}
    for _name, source in gathering_sources.items():
        for community, told in source(communities, now).items():
            before = found.get(community, Gatherings())
            found[community] = Gatherings(
                last=max(filter(None, [before.last, told.last]), default=None),
                next=min(filter(None, [before.next, told.next]), default=None),
            )
    return found


def what_they_lack(communities: Collection[int], *, now: datetime) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for _name, source in gap_sources.items():
        for community, words in source(communities, now).items():
            found[community] += words
    return found


def gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """(community, resident), as a source gives them back."""
    found: dict[int, set[int]] = defaultdict(set)
    for community, resident in pairs:
        found[community].add(resident)
    return found


def joined(communities: Collection[int], since: datetime) -> Mapping[int, set[int]]:
    """What this room knows: who joined."""
    known = Resident.objects.known().values("pk")
    new = Membership.objects.filter(community__in=communities, joined_at__gte=since, resident__in=known)
    return gathered(new.values_list("community_id", "resident_id"))
