"""What a person wrote to us, passed on to someone who can answer: a letter like any other, through the same post."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import links, permissions
from communities.alerts import Alert
from communities.models import Delivery, InboundMessage, InboundState, Mailing, Resident, Suppression, Town
from communities.post import mailings, quoting
from communities.post.composing import Letter
from communities.post.kinds import LetterKind
from communities.post.writing import write

from . import handlers
from .handlers import Mail, Outcome
from .mime import Hostile
from .reading import Incoming, read

LETTER_KIND = "forwarded"
LONGEST = 20_000
# More than residents of a town write, even in the hour after an invitation to all of them; whoever floods us shall not
# flood the mailboxes of the town hall through us.
MOST, WITHIN = 300, timedelta(hours=1)


def pass_on(mail: Mail, *, to: str, about: str = "", resident: Resident | None = None) -> Outcome:
    """To `to`, else to the town hall's mailbox; held where neither may be written to, and once too many came at once.

    Nothing a machine wrote gets here.
    """
    address = mailbox_among(to, Town.load().email)
    if not address:
        return handlers.held(_("Nobody's mailbox is known that it could be passed on to."), resident)
    if not mail.is_vouched and is_a_flood(now=mail.received_at):
        return handlers.held(_("So many messages came at once that a person decides what is passed on."), resident)
    mailings.post_to_address(
        kind=LETTER_KIND,
        key=str(mail.pk),
        # Whoever follows mailings sees titles, and may have no right to read what residents write.
        title=_("Passed on: %(subject)s") % {"subject": about or _("a resident’s message")},
        address=address,
        now=mail.received_at,
    )
    words = _("It was passed on to %(address)s.") % {"address": address}
    return Outcome(InboundState.FORWARDED, words, resident)


def mailbox_among(*addresses: str) -> str:
    """The first of these that is there and not blocked; empty when none is."""
    blocked = Suppression.objects.blocking(addresses)
    return next((address for address in addresses if address and address.lower() not in blocked), "")


def is_a_flood(*, now: datetime) -> bool:
    """Whether so many messages were passed on within the hour that they are not from residents."""
    passed_on = InboundMessage.objects.filter(state=InboundState.FORWARDED).order_by("-pk")
    return any(at > now - WITHIN for at in passed_on.values_list("ended_at", flat=True)[MOST - 1 : MOST] if at)


def alert(now: datetime) -> Alert | None:
    """The town hall's own mailbox is blocked: what should reach it is held instead."""
    address = Town.load().email
    if not address or mailbox_among(address):
        return None
    return Alert(
        _("The town hall’s own mailbox, %(address)s, is among the blocked addresses.") % {"address": address},
        _("Lift the block. What residents wrote meanwhile waits under “Received mail”: let it count there."),
        where=gettext_lazy("See the blocked addresses"),
        way=reverse("suppressions:index"),
        opens_to=permissions.may_see_blocked_addresses,
    )


def to_the_town_hall(mail: Mail) -> Outcome:
    return pass_on(mail, to="")


class ForwardedLetter(LetterKind):
    """The person's words, who they are, and how to answer them; an answer goes straight to them."""

    @property
    def label(self) -> str:
        return _("message passed on")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        message = InboundMessage.objects.select_related("resident").filter(pk=mailing.key).first()
        incoming = said_in(message)
        said = links.without_tokens(incoming.text.strip()) if incoming else ""  # they quote our letter
        to = answer_to(incoming)
        context = {
            "message": message,
            "sender": incoming.from_name if incoming else "",
            "address": incoming.from_address if incoming else "",
            "said": said[:LONGEST],
            "is_cut": len(said) > LONGEST,
            "attachments": incoming.attachments if incoming else (),
            "preferences_url": "",  # whoever reads it is at the town hall, and no resident
            "answer_to": to,
        }
        words = write(name="forwarded", language=language, context=context)
        with translation.override(language):
            subject = _("Message from %(name)s: %(subject)s") % {
                "name": context["sender"] or _("a resident"),
                "subject": (incoming.subject if incoming else "") or _("without a subject"),
            }
        headers = {"Reply-To": to} if to else {}
        return Letter(subject=subject, text=words.text, html=words.html, headers=headers)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return {}


def answer_to(incoming: Incoming | None) -> str:
    """Where an answer goes; empty for an address that no header can hold, which their words name anyway."""
    try:
        return quoting.address(incoming.from_address) if incoming else ""
    except quoting.Unaddressable:
        return ""


def let_go(*, messages: Collection[int], now: datetime) -> None:
    """Letters that pass these messages (by pk) on do not leave any more: there is nothing left in them."""
    passed_on = Mailing.objects.filter(kind=LETTER_KIND, key__in=[str(pk) for pk in messages])
    letters = Delivery.objects.filter(mailing__in=passed_on)
    mailings.withdraw(deliveries=letters, reason=_("Its words are no longer kept."), now=now)


def said_in(message: InboundMessage | None) -> Incoming | None:
    """None once the message was let go of."""
    try:
        return read(bytes(message.raw)) if message and message.raw else None
    except Hostile:
        return None
