"""Under which name does one read the other? Never more than they show already."""

from communities.models import Resident
from engagement.models import Volunteer, WorkDay


def of_coordinator(resident: Resident, work_day: WorkDay) -> str:
    """What everyone reads of who leads; a first name and an initial for another coordinator."""
    if work_day.leader_id == resident.pk and work_day.leader_shown_as:
        return work_day.leader_shown_as
    return short(resident.name)


def of_writer(resident: Resident, work_day: WorkDay) -> str:
    """The whole name of who comes, which those who run the day see anyway; else a first name and an initial."""
    coming = Volunteer.objects.coming().filter(work_day=work_day, resident=resident).first()
    return (coming.given_name or resident.name) if coming else short(resident.name)


def short(name: str) -> str:
    """ "Ada T." for Ada Terril; a name of one word as it is."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0].upper()}." if rest else first
