"""How many hours did one person give, and for what? Those of confirmed lists; a year later only numbers stay."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery, Sum

from communities.models import Community, Resident
from engagement.models import Attendance, Project

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Given:
    """To one community: its `project`, if it has one, hours and days."""

    community: str
    hours: Decimal
    days: int
    project: int | None = None
    project_title: str = ""

    @property
    def name(self) -> str:
        return self.project_title or self.community


def confirmed() -> QuerySet[Attendance]:
    return Attendance.objects.filter(people__gt=0, hours__gt=0, work_day__closed_at__isnull=False)


def of(resident: Resident, *, year: int | None = None) -> list[Given]:
    """By community, in one query; their own hours, not their companions'."""
    mine = confirmed().filter(volunteer__resident=resident)
    if year:
        mine = mine.filter(work_day__meeting__starts_at__year=year)
    met = Community.objects.filter(meetings=OuterRef("work_day__meeting")).order_by("pk")
    project = Project.objects.filter(community=OuterRef("met")).order_by("pk")
    rows = (
        mine.annotate(met=Subquery(met.values("pk")[:1]), met_name=Subquery(met.values("name")[:1]))
        .values("met", "met_name")
        .annotate(total=Sum("hours"), days=Count("work_day", distinct=True), first=Min("pk"))
        .annotate(project=Subquery(project.values("pk")[:1]), project_title=Subquery(project.values("title")[:1]))
        .order_by("met_name")
    )
    return [
        Given(
            community=row["met_name"] or "",
            hours=row["total"],
            days=row["days"],
            project=row["project"],
            project_title=row["project_title"] or "",
        )
        for row in rows
    ]


def total(given: list[Given]) -> Decimal:
    return sum((each.hours for each in given), ZERO)


def on_project(*, resident: Resident, project: Project) -> Decimal:
    """Their own hours on the work days of its community, without the zeros after the comma."""
    mine = confirmed().filter(volunteer__resident=resident, work_day__meeting__communities=project.community_id)
    summed = mine.aggregate(total=Sum("hours"))["total"]
    return plain(summed) if summed else ZERO


def plain(hours: Decimal) -> Decimal:
    """Three hours, and not 3.00."""
    return hours.quantize(Decimal(1)) if hours == hours.to_integral() else hours.normalize()
