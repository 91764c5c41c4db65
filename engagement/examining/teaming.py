"""Who carries a project, who lends a hand, and under which name does the site show them?"""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from communities import membership
from communities.models import Resident
from engagement import permissions
from engagement.models import Project, SignatureRequest, Teammate, TeamRole
from engagement.refusals import Refusal, refuse_unless

TEAM = "engagement.team"


class AlreadyInTheTeam(Refusal):
    """One person has one role."""

    MESSAGE = _("This resident is already in the team.")


@transaction.atomic
def take_in(
    *, project: Project, resident: Resident, role: TeamRole, shown_as: str = "", by: User, now: dt.datetime
) -> Teammate:
    """Into the team, and into the community around the project. Raises AlreadyInTheTeam."""
    refuse_unless(permissions.may_change_teams(by))
    mate, is_new = Teammate.objects.get_or_create(
        project=project, resident=resident, defaults={"role": role, "shown_as": shown_as, "joined_at": now}
    )
    if not is_new:
        raise AlreadyInTheTeam
    if project.community is not None:
        membership.join(community=project.community, resident=resident, now=now)
    log(project, TEAM, user=by)
    return mate


@transaction.atomic
def change(*, mate: Teammate, role: TeamRole, shown_as: str, by: User) -> None:
    """Another role, or another name on the site; an empty one shows none."""
    refuse_unless(permissions.may_change_teams(by))
    mate.role, mate.shown_as = role, shown_as.strip()
    mate.save(update_fields=["role", "shown_as"])
    if role not in TeamRole.carrying():
        ask_no_signature(mate)
    log(mate.project, TEAM, user=by)


@transaction.atomic
def let_go(*, mate: Teammate, by: User) -> None:
    """Out of the team; in the community they stay until they leave it."""
    refuse_unless(permissions.may_change_teams(by))
    ask_no_signature(mate)
    mate.delete()
    log(mate.project, TEAM, user=by)


def ask_no_signature(mate: Teammate) -> None:
    """Whoever no longer carries it signs nothing for it, nor reads it: the link they were sent leads nowhere."""
    SignatureRequest.objects.filter(resident=mate.resident_id, convention__project=mate.project_id).delete()
