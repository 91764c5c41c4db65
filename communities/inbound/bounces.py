"""The mail to rebond+…: the return path of each letter names its delivery, so a bounce need not say anything else."""

from django.utils.translation import gettext as _

from communities import bouncing, links
from communities.models import Delivery
from communities.post.preparing import BOUNCE

from . import handlers, reports
from .handlers import Mail, Outcome


class Bounces:
    """Reports of mail servers; and the answers that badly made programs send to a return path."""

    def handle(self, mail: Mail) -> Outcome:
        pk = links.read(BOUNCE, mail.token)
        delivery = Delivery.objects.select_related("resident").filter(pk=pk or 0).first()
        if delivery is None:
            return handlers.set_apart(_("Its address names no letter of ours."))
        report = reports.read(mail.read)
        if report is None:
            return handlers.nothing(_("It reports no failure."), delivery.resident)
        bounce = bouncing.judge(status=report.status, words=report.words, is_delayed=report.is_delayed)
        blocked = bouncing.note(
            delivery=delivery, bounce=bounce, address=reports.sent_to(mail.read), now=mail.received_at
        )
        return handlers.handled(said(bounce, blocked), delivery.resident)


def said(bounce: bouncing.Bounce, is_blocked: bool) -> str:
    if is_blocked:
        return _("The letter came back, and the address is blocked: %(reason)s") % {"reason": bounce.reason}
    if bounce.is_hard:
        return _("The letter came back: %(reason)s") % {"reason": bounce.reason}
    return _("The letter could not be handed over for now: %(reason)s") % {"reason": bounce.reason}
