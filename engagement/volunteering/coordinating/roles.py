"""Which residents may run which work days? The coordinators of its communities, and whoever leads it."""

from django.db.models import Q

from communities.models import Community, Membership, Resident, Role
from engagement.models import WorkDay
from engagement.models.work_day import WorkDayQuerySet


def coordinated_by(resident: Resident) -> list[Community]:
    """The communities that they coordinate, by name."""
    theirs = Membership.objects.filter(resident=resident, role=Role.COORDINATOR)
    return list(Community.objects.filter(memberships__in=theirs))


def may_run(resident: Resident, work_day: WorkDay) -> bool:
    """Edit it, see who comes, write to them, tick who was there: a coordinator of one of its communities, or its
    leader.
    """
    return run_by(resident).filter(pk=work_day.pk).exists()


def run_by(resident: Resident) -> WorkDayQuerySet:
    """The work days that they may run, drafts too."""
    theirs = Membership.objects.filter(resident=resident, role=Role.COORDINATOR)
    of_theirs = Q(meeting__communities__memberships__in=theirs)
    pks = WorkDay.objects.filter(of_theirs | Q(leader=resident)).order_by().values("pk")
    return WorkDay.objects.filter(pk__in=pks)
