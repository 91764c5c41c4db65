"""Who may lead a work day, and who comes to it, as whoever runs it sees them? By name, and never where they live."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from communities.models import Community, Resident, Role
from communities.names import short
from engagement.models import Pledge, Signup, Volunteer, WorkDay
from engagement.volunteering import names


@dataclass(frozen=True)
class Leaders:
    """The coordinators of these communities, and those who have lent a hand there before."""

    communities: Iterable[Community]
    now_leads: Resident | None = None

    @property
    def residents(self) -> QuerySet[Resident]:
        coordinators = Q(memberships__community__in=self.communities, memberships__role=Role.COORDINATOR)
        helped = Volunteer.objects.coming().filter(work_day__meeting__communities__in=self.communities)
        hands = Q(pk__in=helped.order_by().values("resident"), memberships__community__in=self.communities)
        now = Q(pk=self.now_leads.pk if self.now_leads else None)
        pks = Resident.objects.filter(coordinators | hands | now).order_by().values("pk")
        return Resident.objects.known().filter(pk__in=pks).order_by("folded", "pk")

    @cached_property
    def choices(self) -> list[tuple[int, str]]:
        return [(resident.pk, short(resident.name) or gettext("a member")) for resident in self.residents]


@dataclass(frozen=True)
class Helper:
    """One who comes, as those who run the day see them."""

    volunteer: Volunteer
    signups: list[Signup]

    @property
    def name(self) -> str:
        return names.of_volunteer(self.volunteer)

    @property
    def only_waits(self) -> bool:
        return bool(self.signups) and all(signup.is_waiting for signup in self.signups)


def who_comes(work_day: WorkDay) -> list[Helper]:
    """By name, those who wait last; three queries."""
    signups = Prefetch("signups", Signup.objects.select_related("shift"))
    pledges = Prefetch("pledges", Pledge.objects.select_related("need"))
    coming = Volunteer.objects.coming().filter(work_day=work_day, resident__erased_at__isnull=True)
    known = coming.select_related("resident").prefetch_related(signups, pledges)
    found = [Helper(volunteer, list(volunteer.signups.all())) for volunteer in known]
    return sorted(found, key=lambda each: (each.only_waits, each.volunteer.resident.folded, each.volunteer.pk))
