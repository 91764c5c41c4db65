"""What becomes of what this room holds, when two records of one person become one? See holding.merge."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.models import (
    AddressChange,
    ConsentEvent,
    Delivery,
    InboundMessage,
    KeepingQuestion,
    Membership,
    MutedTopic,
    Resident,
    Role,
    SignUp,
    SpaceEntry,
    SpaceSession,
    ToldApart,
)
from communities.post import mailings

from .moving import move


def join_memberships(*, kept: Resident, gone: Resident) -> None:
    """A member once, since the first day, with the role that lets them do most."""
    ranks = Role.values
    for theirs, other in move(Membership, kept=kept, gone=gone, once_per=["community_id"]):
        theirs.role = max(theirs.role, other.role, key=ranks.index)
        theirs.joined_at = min(theirs.joined_at, other.joined_at)
        theirs.save(update_fields=["role", "joined_at"])
        other.delete()


def join_consents(*, kept: Resident, gone: Resident) -> None:
    """Every word of both, in the order in which they came: the last one about each matter holds, whichever record said
    it. The rows keep their number, day, origin and proof; the trigger lets them follow their person and nothing else.
    """
    move(ConsentEvent, kept=kept, gone=gone)
    move(SignUp, kept=kept, gone=gone)
    for theirs, other in move(MutedTopic, kept=kept, gone=gone, once_per=["topic"]):
        theirs.muted_at = min(theirs.muted_at, other.muted_at)
        theirs.save(update_fields=["muted_at"])
        other.delete()


def join_letters(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """Of a mailing that went to both, the second copy stays with the blank row: it went there, and its links still
    open. It does not leave any more, and no reason quotes an address that nobody has now.
    """
    if gone.email:
        words = _("The relay named an address of before.")
        gone.deliveries.filter(reason__icontains=gone.email).update(reason=words)
        gone.deliveries.filter(bounce_reason__icontains=gone.email).update(bounce_reason=words)
    twins = move(Delivery, kept=kept, gone=gone, once_per=["mailing_id", "channel"])
    second = Delivery.objects.filter(pk__in=[other.pk for _theirs, other in twins])
    mailings.withdraw(deliveries=second, reason=_("The same person had it already."), now=now)


def join_mail(*, kept: Resident, gone: Resident) -> None:
    """What they wrote from either address is theirs."""
    move(InboundMessage, kept=kept, gone=gone)
    if gone.email:
        InboundMessage.objects.filter(resident=None, sender__iexact=gone.email).update(resident=kept)


def join_pairs(*, kept: Resident, gone: Resident) -> None:
    """Whoever was told apart from one of them is not the other either."""
    pairs = ToldApart.objects.filter(Q(one=gone) | Q(other=gone))
    for pair in pairs:
        someone = pair.other_id if pair.one_id == gone.pk else pair.one_id
        if someone != kept.pk:
            one, other = sorted([kept.pk, someone])
            said = {"told_by_id": pair.told_by_id, "told_at": pair.told_at}
            ToldApart.objects.get_or_create(one_id=one, other_id=other, defaults=said)
    pairs.delete()


def join_doors(*, kept: Resident, gone: Resident) -> None:
    """Browsers that were in stay in, with the one person; what waits to be opened by a letter to the record that goes
    opens nothing any more.
    """
    move(SpaceSession, kept=kept, gone=gone)
    SpaceEntry.objects.filter(resident=gone).delete()
    AddressChange.objects.filter(resident=gone).delete()


def join_questions(*, kept: Resident, gone: Resident) -> None:
    """Whether to keep them was asked once: the last answer holds."""
    theirs = KeepingQuestion.objects.filter(resident=kept).first()
    other = KeepingQuestion.objects.filter(resident=gone).first()
    if theirs and other:
        theirs.kept_at = max(filter(None, (theirs.kept_at, other.kept_at)), default=None)
        theirs.asked_at = min(theirs.asked_at, other.asked_at)
        theirs.save(update_fields=["asked_at", "kept_at"])
        other.delete()
    move(KeepingQuestion, kept=kept, gone=gone)
