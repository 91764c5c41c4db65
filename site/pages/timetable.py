"""Which pages appear or go now, by the hours that staff chose?"""

import datetime as dt
import logging

from django.db import transaction
from wagtail.models import Page, Revision

from meetings.models import MeetingPage

logger = logging.getLogger(__name__)


def keep(*, now: dt.datetime) -> None:
    """Take down what has expired, then publish what is due; a second time at the same hour does nothing.

    Meetings never expire: residents who were told of one find what became of it.
    """
    for page in Page.objects.live().not_type(MeetingPage).filter(expire_at__lte=now):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        publish(revision)


def publish(revision: Revision) -> None:
    """Publish it; if that cannot be, say why in the log and hand the draft back to those who write.

    A page that waits for its hour is locked: without its hour it opens again, and its history says so.
    """
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except Exception:  # whatever the reason, the others have their hour too
        logger.exception("Not published at its hour: page %s", revision.object_id)
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
