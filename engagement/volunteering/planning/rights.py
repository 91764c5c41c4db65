"""Who may plan a work day: which residents, which members of staff, and who must ask first?"""

from django.contrib.auth.models import User

from communities import membership
from communities.models import Community, Resident
from engagement import permissions
from engagement.models import WorkDay
from engagement.refusals import refuse_unless
from engagement.volunteering.coordinating import roles

Planner = Resident | User


def refuse_unless_may_make(by: Planner, community: Community) -> None:
    """A coordinator of the community, or staff. Raises MayNot."""
    if isinstance(by, Resident):
        refuse_unless(membership.coordinates(community=community, resident=by))
    else:
        refuse_unless(permissions.may_plan_work_days(by))


def refuse_unless_may_run(by: Planner, work_day: WorkDay) -> None:
    """A coordinator of one of its communities, whoever leads it, or staff. Raises MayNot."""
    if isinstance(by, Resident):
        refuse_unless(roles.may_run(by, work_day))
    else:
        refuse_unless(permissions.may_plan_work_days(by))


def needs_a_yes(work_day: WorkDay) -> bool:
    """Whether the town hall has to say yes before residents publish it, and did not yet."""
    is_decided = work_day.decided_at is not None and not work_day.is_refused
    return not is_decided and work_day.meeting.communities.filter(work_days_need_approval=True).exists()


def staff(by: Planner) -> User | None:
    """For what Wagtail keeps of who did it."""
    return None if isinstance(by, Resident) else by
