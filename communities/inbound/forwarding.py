"""What a person wrote to us, passed on to someone who can answer: a letter like any other, through the same post."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from communities.models import Delivery, InboundMessage, InboundState, Mailing, Resident, Town
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


def pass_on(mail: Mail, *, to: str, about: str = "", resident: Resident | None = None) -> Outcome:
    """To `to`, else to the town hall's mailbox; held where there is neither. Nothing a machine wrote gets here."""
    address = to or Town.load().email
    if not address:
        return handlers.held(_("Nobody's mailbox is known that it could be passed on to."), resident)
    mailings.post_to_address(
        kind=LETTER_KIND,
        key=str(mail.pk),
        title=_("Passed on: %(subject)s") % {"subject": mail.read.subject or about or _("without a subject")},
        address=address,
        now=mail.received_at,
    )
    words = _("It was passed on to %(address)s.") % {"address": address}
    return Outcome(InboundState.FORWARDED, words, resident)


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
        said = incoming.text.strip() if incoming else ""
        context = {
            "message": message,
            "sender": incoming.from_name if incoming else "",
            "address": incoming.from_address if incoming else "",
            "said": said[:LONGEST],
            "is_cut": len(said) > LONGEST,
            "attachments": incoming.attachments if incoming else (),
            "preferences_url": "",  # whoever reads it is at the town hall, and no resident
            "answer_to": (reply_to := answer_to(incoming)),
        }
        words = write(name="forwarded", language=language, context=context)
        with translation.override(language):
            subject = _("Message from %(name)s: %(subject)s") % {
                "name": context["sender"] or _("a resident"),
                "subject": (incoming.subject if incoming else "") or _("without a subject"),
            }
        headers = {"Reply-To": reply_to} if reply_to else {}
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
    """Letters that pass these messages (by pk) on do not leave any more, and no longer say what they are about."""
    passed_on = Mailing.objects.filter(kind=LETTER_KIND, key__in=[str(pk) for pk in messages])
    passed_on.update(title=ForwardedLetter().label)
    letters = Delivery.objects.filter(mailing__in=passed_on)
    mailings.withdraw(deliveries=letters, reason=_("Its words are no longer kept."), now=now)


def said_in(message: InboundMessage | None) -> Incoming | None:
    """None once the message was let go of."""
    try:
        return read(bytes(message.raw)) if message and message.raw else None
    except Hostile:
        return None
