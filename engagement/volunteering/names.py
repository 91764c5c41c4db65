"""Under which name does one read the other? Never more than they show already."""

from django.utils.translation import gettext

from communities import names
from communities.models import Membership, Resident
from engagement.models import Volunteer, WorkDay


def of_coordinator(resident: Resident, work_day: WorkDay) -> str:
    """What everyone reads of who leads; of another coordinator, what their community reads."""
    if work_day.leader_id == resident.pk and work_day.leader_shown_as:
        return work_day.leader_shown_as
    communities = work_day.meeting.communities.all()
    theirs = Membership.objects.filter(resident=resident, community__in=communities).named().order_by("pk").first()
    return theirs.called if theirs else names.short(resident.name)


def of_writer(resident: Resident, work_day: WorkDay) -> str:
    """The whole name of who comes, which those who run the day see anyway; else a first name and an initial."""
    coming = Volunteer.objects.coming().select_related("resident").filter(work_day=work_day, resident=resident).first()
    return of_volunteer(coming) if coming else names.short(resident.name)


def of_volunteer(volunteer: Volunteer) -> str:
    """For those who run the day: as they gave it, or as we know it; nothing of an address that stands there."""
    said = volunteer.given_name or str(volunteer.resident)
    return gettext("a member") if "@" in said else said
