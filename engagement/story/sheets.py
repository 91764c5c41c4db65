"""When may anyone read the sheet of a project? Once its page is public and it says something."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from engagement import permissions
from engagement.models import ProjectSheet
from engagement.refusals import Refusal, refuse_unless

from . import news


class CannotShow(Refusal):
    """It cannot be read by everyone yet."""


class NoPage(CannotShow):
    """Its project has no public page, where the sheet would be found."""

    MESSAGE = _("Publish the page of the project first: the sheet stands there.")


class SaysNothing(CannotShow):
    """Nobody has told what the project was for."""

    MESSAGE = _("Write at least the objectives first.")


def show(*, sheet: ProjectSheet, wanted: bool, by: User, now: dt.datetime) -> None:
    """Make it public, or no longer. Raises MayNot or CannotShow."""
    refuse_unless(permissions.may_write_sheets(by))
    if wanted and not news.open_pages().filter(project=sheet.project_id).exists():
        raise NoPage
    if wanted and not sheet.objectives.strip():
        raise SaysNothing
    sheet.public_at = (sheet.public_at or now) if wanted else None
    sheet.save(update_fields=["public_at"])
    log(sheet, "wagtail.publish" if wanted else "wagtail.unpublish", user=by)
