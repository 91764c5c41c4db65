"""What the record of a project shows of its public story: its page, its sheet, whom its milestones were told to."""

import datetime as dt

from communities.panels import Panel
from communities.staff import StaffRequest
from engagement import permissions
from engagement.models import CertificateRequest, Project, ProjectSheet
from engagement.story import following


def section(request: StaffRequest, project: Project, now: dt.datetime) -> Panel | None:
    if not permissions.may_see_projects(request.user):
        return None
    may_certify = permissions.may_give_certificates(request.user)
    waiting = CertificateRequest.objects.waiting().filter(project=project).count() if may_certify else 0
    page = getattr(project, "page", None)
    return "engagement/admin/story_section.html", {
        "project": project,
        "may_edit_page": page is not None and page.permissions_for_user(request.user).can_edit(),
        "milestones": list(following.milestones(now=now, project=project)),
        "may_see": permissions.may_see_followers(request.user),
        "sheet": ProjectSheet.objects.filter(project=project).first(),
        "may_write": permissions.may_write_sheets(request.user),
        "certificates_waiting": waiting,
    }
