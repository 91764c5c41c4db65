"""The mail to desinscription+…: a mail program's own "unsubscribe" button (RFC 2369), pressed for its owner."""

from django.utils.translation import gettext as _

from communities import unsubscribing

from . import handlers
from .handlers import Mail, Outcome


class StopAnnouncements:
    """The signed token is the proof, whoever wrote: the worst a stranger can do is spare someone letters."""

    def handle(self, mail: Mail) -> Outcome:
        resident = unsubscribing.press(token=mail.token, now=mail.received_at)
        if resident is None:
            return handlers.set_apart(_("Its address was not made by us, or has grown too old."))
        return handlers.handled(what_stops(mail.token), resident)


def what_stops(token: str) -> str:
    """The list that the letter was of; all of them, for a letter of none."""
    if topic := unsubscribing.topic_of(token=token):
        return _("No more letters of this kind are sent: %(letters)s.") % {"letters": topic.label}
    return _("No more announcements are sent to this person.")
