"""The mail to desinscription+…: a mail program's own "unsubscribe" button (RFC 2369), pressed for its owner."""

from django.utils.translation import gettext as _

from communities import unsubscribing

from . import handlers
from .handlers import Mail, Outcome


class StopAnnouncements:
    """The signed token is the proof, whoever wrote: the worst a stranger can do is spare someone letters."""

    def handle(self, mail: Mail) -> Outcome:
        resident = unsubscribing.find(token=mail.token)
        if resident is None:
            return handlers.set_apart(_("Its address was not made by us, or has grown too old."))
        unsubscribing.stop_everything(resident=resident, now=mail.received_at)
        return handlers.handled(_("No more announcements are sent to this person."), resident)
