"""What does the record of a project say of its accounts?"""

import datetime as dt

from communities.panels import Panel
from communities.staff import StaffRequest
from engagement import permissions
from engagement.ledger import accounts, keeping, showing
from engagement.models import Project

LATEST = 5


def of(request: StaffRequest, project: Project, now: dt.datetime) -> Panel | None:
    """The balance, the latest entries, and the ways to write one or bring a sheet in."""
    if not permissions.may_see_ledger(request.user):
        return None
    return "engagement/admin/ledger_section.html", {
        "project": project,
        "balance": showing.of(project),
        "promises": keeping.of(project),
        "lines": accounts.lines_of(project)[:LATEST],
        "may_keep": permissions.may_keep_the_ledger(request.user),
    }
