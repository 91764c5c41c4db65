"""Who was expected on a work day, and who was there, by name? Only with a reason, which is kept with who asked."""

import csv
import datetime as dt
import io

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from communities.spreadsheets import BYTE_ORDER_MARK, harmless
from engagement import permissions
from engagement.models import Attendance, Volunteer, WorkDay
from engagement.refusals import Refusal, refuse_unless

NAMED = "engagement.work_day_names"


class NeedsAReason(Refusal):
    """Names are no matter of curiosity."""

    MESSAGE = gettext_lazy("Write why names are needed: it is kept.")


@transaction.atomic
def names(*, work_day: WorkDay, reason: str, by: User, now: dt.datetime) -> bytes:
    """A CSV of names, and how many came with each; that somebody asked is kept. Raises MayNot or NeedsAReason."""
    refuse_unless(permissions.may_name_who_came(by))
    if not reason.strip():
        raise NeedsAReason
    log(work_day, NAMED, user=by, data={"reason": reason.strip()}, timestamp=now)
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow([_("name"), _("people expected"), _("of whom minors"), _("people who were there")])
    sheet.writerows([[harmless(cell) for cell in row] for row in rows(work_day)])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def rows(work_day: WorkDay) -> list[list[object]]:
    """Who signed up, then who came unannounced."""
    seen: dict[int | None, int] = {}
    newcomers: list[list[object]] = []
    for row in Attendance.objects.filter(work_day=work_day):
        if row.volunteer_id:
            seen[row.volunteer_id] = max(seen.get(row.volunteer_id, 0), row.people)
        elif row.people and row.given_name:
            newcomers.append([row.given_name, 0, 0, row.people])
    coming = Volunteer.objects.coming().filter(work_day=work_day).select_related("resident")
    return [[str(each.resident), each.people, each.minors, seen.get(each.pk, 0)] for each in coming] + newcomers
