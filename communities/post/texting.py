"""Who is told by text message, and how does it leave? As a plain e-mail to the gateway, by the same post.

Only what concerns tomorrow or what somebody just did: a confirmation, a reminder, a cancellation; only to a mobile
telephone whose owner agreed. Off until SMS_GATEWAY is set, and then nothing about it shows anywhere.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Channel, ConsentEvent, Delivery, Mailing, Resident, Town

from . import by_hand, quoting, sparing
from .kinds import LetterKind

# +33 6 or +33 7 (ARCEP), as a gateway takes it: no plus, no spaces.
_MOBILE = re.compile(r"33[67]\d{8}")


def is_on() -> bool:
    """Whether the town has a gateway."""
    return bool(settings.SMS_GATEWAY)


def number_of(phone: str) -> str:
    """A French mobile's number, 33612345678; nothing for a landline or another country."""
    digits = re.sub(r"\D", "", typography.tel(phone))
    return digits if _MOBILE.fullmatch(digits) else ""


def address_of(phone: str) -> str:
    """Where the gateway takes a message for this telephone; empty when it cannot be texted."""
    number = number_of(phone)
    return settings.SMS_GATEWAY.replace("{number}", number) if number and is_on() else ""


def texted(residents: Collection[int]) -> set[int]:
    """Those of these residents (by pk) who agreed and have a mobile telephone; one query, none while it is off."""
    if not is_on() or not residents:
        return set()
    agreed = ConsentEvent.objects.holding().filter(channel=Channel.SMS, resident__in=residents).values("resident")
    phones = Resident.objects.known().filter(pk__in=agreed).values_list("pk", "phone")
    return {pk for pk, phone in phones if number_of(phone)}


def reasons(*, kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> dict[int, str]:
    """For each of one mailing's text messages (by pk) that must not leave: why, for staff to read."""
    agreed = texted([each.resident_id for each in deliveries if each.resident_id])
    muted = sparing.who_muted(kind=kind, residents={each.resident_id for each in deliveries if each.resident_id})
    overtaken, withdrawn = _("A later letter on the same matter has already left."), _("Consent was withdrawn.")
    return {
        **by_hand.resting(kind, mailing=mailing, deliveries=deliveries, now=now),
        **kind.still_true(mailing=mailing, deliveries=deliveries, now=now),
        **{each.pk: overtaken for each in deliveries if each.overtaken},
        **{each.pk: _("They want no more letters of this kind.") for each in deliveries if each.resident_id in muted},
        **{each.pk: withdrawn for each in deliveries if each.resident_id not in agreed},
    }


def message(*, text: str, recipient: str, sender: str, message_id: str, date: str) -> bytes:
    """The e-mail that the gateway turns into a text message: nothing but its words."""
    return b"".join(
        [
            quoting.mailbox_header("From", "", sender),
            quoting.mailbox_header("To", "", recipient),
            quoting.text_header("Subject", "SMS"),
            quoting.text_header("Date", date),
            f"Message-ID: {message_id}\r\n".encode(),
            b"Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n",
            b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
            quoting.quoted_printable(text) + quoting.CRLF,
        ]
    )


def way_out(town: Town) -> str:
    """How to stop: the town hall's telephone, or its desk."""
    phone = typography.phone(town.phone)
    return _("STOP: %(phone)s") % {"phone": phone} if phone else _("STOP: at the town hall")
