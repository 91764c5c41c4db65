"""What did a community do together on its work days? Days, hours, people: sums, and nobody's own."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from communities.models import Community
from engagement.models import DayAccount, DayPicture, WorkDay
from engagement.volunteering.presence import figures

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Done:
    """Confirmed days that everyone may read of, the latest first, each with its hours and people."""

    days: list[tuple[WorkDay, Decimal, int]]

    @property
    def work_days(self) -> list[WorkDay]:
        return [day for day, _hours, _people in self.days]

    @property
    def hours(self) -> Decimal:
        return sum((hours for _day, hours, _people in self.days), ZERO)

    @property
    def times(self) -> int:
        """How often somebody came: who came twice came twice."""
        return sum(people for _day, _hours, people in self.days)


def of(community: Community) -> Done:
    """Two queries, however many days."""
    known = WorkDay.objects.open_to_all().filter(closed_at__isnull=False, meeting__communities=community)
    days = list(known.select_related("meeting").order_by("-meeting__starts_at", "-pk"))
    counts = figures.hours_and_people(days)
    return Done(days=[(day, *counts.get(day.pk, (ZERO, 0))) for day in days])


def pictures_of(account: DayAccount | None) -> QuerySet[DayPicture]:
    """Those that everyone may see."""
    shown = DayPicture.objects.filter(account=account, is_public=True) if account else DayPicture.objects.none()
    return shown.select_related("file").defer("file__content")
