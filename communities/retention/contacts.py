"""Someone of whom nothing was heard for years: are they asked before they are erased, and do they get to answer?"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import erasing, own_links
from communities.models import Channel, Delivery, DeliveryState, KeepingQuestion, Resident, Suppression
from communities.models.resident import ResidentQuerySet
from communities.post import mailings

from . import activity
from .rules import Reach

PURPOSE = "keep"
LETTER_KIND = "keep-contact"
TIME_TO_ANSWER = timedelta(days=90)


def to_ask(reach: Reach) -> ResidentQuerySet:
    """Silent for as long, carrying nothing that runs, and not asked in that silence."""
    asked = KeepingQuestion.objects.filter(resident=OuterRef("pk"), asked_at__gte=reach.before)
    return activity.carrying_nothing(activity.silent_since(reach.before)).filter(~Exists(asked))


def to_erase(reach: Reach) -> ResidentQuerySet:
    """Silent for as long, asked in that silence, with three months to answer a letter that is not still waiting."""
    told = Q(asked_at__gte=reach.before, asked_at__lt=reach.now - TIME_TO_ANSWER, kept_at__isnull=True)
    asked = KeepingQuestion.objects.filter(told, resident=OuterRef("pk"))
    letters = Delivery.objects.filter(mailing__kind=LETTER_KIND, resident=OuterRef("pk"))
    waiting = letters.filter(Q(state=DeliveryState.PENDING) | Q(ended_at__gte=reach.now - TIME_TO_ANSWER))
    silent = activity.carrying_nothing(activity.silent_since(reach.before))
    return silent.filter(Exists(asked), ~Exists(waiting))


def ask(keys: Sequence[int], reach: Reach) -> int:
    """One letter to each, by the way that reaches them; on paper and by telephone, the town hall's pile."""
    people = list(to_ask(reach).filter(pk__in=keys))
    if not people:
        return 0
    KeepingQuestion.objects.bulk_create(
        [KeepingQuestion(resident=person, asked_at=reach.now) for person in people],
        update_conflicts=True,
        unique_fields=["resident"],
        update_fields=["asked_at", "kept_at"],
    )
    blocked = Suppression.objects.blocking([person.email for person in people if person.email])
    addressees = [mailings.Addressee(person.pk, way_to(person, blocked)) for person in people]
    mailings.post(
        kind=LETTER_KIND,
        key=timezone.localdate(reach.now).isoformat(),
        title=_("Shall we keep your contact details?"),
        addressees=addressees,
        now=reach.now,
    )
    return len(people)


def way_to(person: Resident, blocked: Collection[str]) -> Channel:
    """What reaches them: e-mail, else paper, else the telephone; whoever has only a blocked address is not reached."""
    if person.email and (person.email.lower() not in blocked or not (person.street or person.phone)):
        return Channel.EMAIL
    return Channel.LETTER if person.street else Channel.PHONE


def erase_silent(keys: Sequence[int], reach: Reach) -> int:
    """For good, in every room; whoever answered meanwhile stays."""
    people = list(to_erase(reach).filter(pk__in=keys))
    for person in people:
        erasing.erase(resident=person, by=None, now=reach.now)
    return len(people)


def token_of(person: Resident) -> str:
    """What the letter's two links carry: for the address they have now."""
    return own_links.sign(PURPOSE, person)


def find(*, token: str) -> Resident | None:
    """None for a link that is forged, was sent to an earlier address, or to someone who was erased."""
    return own_links.find(PURPOSE, token)


def is_kept(person: Resident) -> bool:
    """Whether their last word to that letter is yes."""
    return KeepingQuestion.objects.filter(resident=person, kept_at__isnull=False).exists()


def is_asked(person: Resident) -> bool:
    """Whether the question still waits for their word."""
    return KeepingQuestion.objects.filter(resident=person, kept_at__isnull=True).exists()


@transaction.atomic
def keep(*, person: Resident, now: datetime) -> None:
    """They want to be kept, which counts as a sign of them; a second press changes nothing."""
    KeepingQuestion.objects.filter(resident=person, kept_at__isnull=True).update(kept_at=now)
    waiting = Delivery.objects.filter(mailing__kind=LETTER_KIND, resident=person)
    mailings.withdraw(deliveries=waiting, reason=_("They want to be kept."), now=now)


def let_go(*, person: Resident, now: datetime) -> None:
    """They want to be erased: now, in every room, whatever the clock says."""
    erasing.erase(resident=person, by=None, now=now)
