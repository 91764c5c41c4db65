"""What does the room of residents keep for a while, how does it go, and what says that we heard of someone?"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities import forgetting, signing_up
from communities.inbound import keeping
from communities.models import (
    Delivery,
    DeliveryState,
    InboundMessage,
    InboundState,
    KeepingQuestion,
    Membership,
    MutedTopic,
    Resident,
    ResidentImport,
    RetentionRun,
    SignUp,
    SpaceSession,
)

from . import activity, archives, contacts
from .lengths import Length, days, months
from .rules import Reach, RetentionRule, deleting

PROMISED = _("Promised by the letter that asks to confirm")
MINIMAL = _("Data kept no longer than needed (GDPR article 5(1)(e))")
ADVICE = _("Proposed by the town's study of the law (CNIL names no figure for this case)")
CAME_BACK_IN_WORDS = "…"
SILENT = {"communities.contacts_asked", "communities.contacts_erased"}


def read_mail(label: Any, *, states: Sequence[InboundState], length: Length) -> RetentionRule:
    def due(reach: Reach) -> QuerySet[InboundMessage]:
        return keeping.read_through(states=states, before=reach.before)

    return RetentionRule(
        label=label,
        what_goes=_("The words and who wrote them; a line without them stays, so that a message is not taken twice."),
        length=length,
        least=days(2),
        most=months(6),
        source=MINIMAL,
        due=due,
        moment="ended_at",
        let_go=keeping.forget_words,
        runs=True,
    )


def came_back(reach: Reach) -> QuerySet[Delivery]:
    """Letters in whose story a relay's words still stand."""
    returned = Q(bounced_at__lt=reach.before) & ~Q(bounce_reason=CAME_BACK_IN_WORDS)
    refused = Q(state=DeliveryState.FAILED, ended_at__lt=reach.before) & ~Q(reason=CAME_BACK_IN_WORDS)
    return Delivery.objects.filter(returned | refused)


def forget_relays_words(keys: Sequence[Any], reach: Reach) -> int:
    letters = Delivery.objects.filter(pk__in=keys).order_by()
    letters.filter(bounced_at__lt=reach.before).update(bounce_reason=CAME_BACK_IN_WORDS)
    letters.filter(state=DeliveryState.FAILED).update(reason=CAME_BACK_IN_WORDS)
    return len(keys)


def tidy_sign_ups(reach: Reach) -> None:
    forgetting.forget_letters(kind=signing_up.LETTER_KIND, about=SignUp, before=reach.before)


def unanswered(reach: Reach) -> QuerySet[RetentionRun]:
    return archives.files().filter(last_at__lt=reach.before)


def of_silent(
    due: Callable[[Reach], Any], let_go: Callable[[Sequence[Any], Reach], int], **facts: Any
) -> RetentionRule:
    return RetentionRule(due=due, let_go=let_go, moment="created_at", source=ADVICE, **facts)


RULES = {
    "archives": RetentionRule(
        label=_("Files for the archives that nobody collected"),
        what_goes=_("The file. What was handed over goes at once, by the button that says so."),
        length=months(24),
        least=months(6),
        most=months(60),
        source=_("Public archives are offered to the departmental archives before they go (heritage code, L212-2)"),
        due=unanswered,
        moment="last_at",
        let_go=archives.drop,
    ),
    "contacts_asked": of_silent(
        contacts.to_ask,
        contacts.ask,
        label=_("People of whom nothing was heard: asked"),
        what_goes=_("Nothing goes: each gets one letter, on paper for those without e-mail, with two buttons."),
        length=months(24),
        least=months(12),
        most=months(36),
    ),
    "contacts_erased": of_silent(
        contacts.to_erase,
        contacts.erase_silent,
        label=_("People of whom nothing was heard: erased"),
        what_goes=_("Who they are, in every room. They were asked, and had three months at least to answer."),
        length=months(36),
        least=months(24),
        most=months(60),
        batch=50,
    ),
    "files": RetentionRule(
        label=_("Files of residents that nobody applied"),
        what_goes=_("The whole file."),
        length=days(1),
        least=days(1),
        most=days(30),
        source=MINIMAL,
        due=lambda reach: forgetting.unapplied_files(before=reach.before),
        moment="uploaded_at",
        let_go=deleting(ResidentImport),
        runs=True,
    ),
    "letters_came_back": RetentionRule(
        label=_("What mail servers said of letters that did not arrive"),
        what_goes=_("Their words. That the letter did not arrive, and when, stays with the mailing."),
        length=months(6),
        least=months(3),
        most=months(12),
        source=ADVICE,
        due=came_back,
        moment="ended_at",
        let_go=forget_relays_words,
    ),
    "mail_held": read_mail(_("Received mail that waits for a decision"), states=[InboundState.HELD], length=days(60)),
    "mail_known": RetentionRule(
        label=_("Received mail: the line without its words"),
        what_goes=_("The line. A message that came again after that would be read again."),
        length=days(365),
        least=months(3),
        most=months(24),
        source=MINIMAL,
        due=lambda reach: keeping.known_from_before(before=reach.before),
        moment="ended_at",
        let_go=deleting(InboundMessage),
        runs=True,
    ),
    "mail_nothing": read_mail(
        _("Received mail in which there was nothing to do"), states=[InboundState.NOTHING], length=days(7)
    ),
    "mail_quarantined": read_mail(
        _("Received mail that could not be read safely"), states=[InboundState.QUARANTINED], length=days(14)
    ),
    "mail_read": read_mail(
        _("Received mail that was counted or passed on"),
        states=[InboundState.HANDLED, InboundState.FORWARDED],
        length=days(30),
    ),
    "sign_ups": RetentionRule(
        label=_("Sign-ups that nobody confirmed"),
        what_goes=_("The wish and the letter that asked to confirm it."),
        length=days(signing_up.GOOD_FOR.days),
        least=days(signing_up.GOOD_FOR.days),
        most=days(90),
        source=PROMISED,
        due=lambda reach: forgetting.unconfirmed_sign_ups(before=reach.before),
        moment="created_at",
        let_go=deleting(SignUp),
        afterwards=tidy_sign_ups,
        runs=True,
    ),
    "strangers": RetentionRule(
        label=_("Names that strangers typed and nobody confirmed"),
        what_goes=_("The name and the address, once nothing else speaks of them."),
        length=days(signing_up.GOOD_FOR.days),
        least=days(signing_up.GOOD_FOR.days),
        most=days(90),
        source=PROMISED,
        due=lambda reach: forgetting.strangers(before=reach.before),
        moment="created_at",
        let_go=forgetting.forget_strangers,
        runs=True,
    ),
}
"""In the order of their names, which is the order of the night: who began a sign-up goes after it."""

SIGNS = [
    ("communities.confirmed", lambda: Resident.objects.all(), "pk", "confirmed_at"),
    ("communities.consent", activity.words_of_their_own, "resident", "occurred_at"),
    ("communities.heard", lambda: Resident.objects.all(), "pk", "heard_at"),
    ("communities.joined", lambda: Membership.objects.all(), "resident", "joined_at"),
    ("communities.kept", lambda: KeepingQuestion.objects.all(), "resident", "kept_at"),
    ("communities.muted", lambda: MutedTopic.objects.all(), "resident", "muted_at"),
    ("communities.came_in", lambda: SpaceSession.objects.all(), "resident", "begun_at"),
    ("communities.signed_up", lambda: SignUp.objects.all(), "resident", "confirmed_at"),
    ("communities.wrote", lambda: InboundMessage.objects.exclude(resident=None), "resident", "received_at"),
]
