"""Who was told by people, on paper or by telephone, and who must not be any more? The post does not carry these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from communities.models import Channel, ConsentEvent, Delivery, DeliveryState, Mailing
from communities.models.delivery import DeliveryQuerySet

from . import sparing
from .kinds import LetterKind, NotNow, letter_kinds

CHANNELS = [Channel.LETTER, Channel.PHONE]


@dataclass
class Standing:
    """Deliveries (by pk) that must not be told any more, and those that must wait, each with the reason."""

    over: dict[int, str] = field(default_factory=dict)
    held: dict[int, str] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[int, str]:
        return self.held | self.over

    @property
    def waiting(self) -> set[int]:
        """Those that may be told later."""
        return set(self.held) - set(self.over)


def told(*, deliveries: DeliveryQuerySet, by: User, now: datetime) -> int:
    """Mark those of these letters and calls that still wait as done, with who says so; how many that was.

    What travels by e-mail is never touched: only the post knows when it left.
    """
    waiting = deliveries.order_by().pending().filter(channel__in=CHANNELS)
    words = _("Done at the town hall by %(name)s.") % {"name": by.get_full_name() or by.get_username()}
    return waiting.update(state=DeliveryState.SENT, ended_at=now, reason=words[:255])


def standing(*, deliveries: DeliveryQuerySet, now: datetime) -> Standing:
    """Asked again before paper is printed and before somebody dials: days lie between Send and either.

    A number of queries that grows with the mailings, not with their letters.
    """
    waiting = deliveries.pending().filter(channel__in=CHANNELS).select_related("resident", "mailing").with_overtaken()
    groups: dict[Mailing, list[Delivery]] = {}
    for delivery in waiting:
        groups.setdefault(delivery.mailing, []).append(delivery)
    result = Standing()
    for mailing, group in groups.items():
        examine(result, mailing=mailing, deliveries=group, now=now)
    return result


def examine(result: Standing, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> None:
    """One mailing's letters and calls, put where they belong in `result`."""
    kind = letter_kinds[mailing.kind]
    if mailing.holds_paper:
        result.held |= {delivery.pk: mailing.reason for delivery in deliveries}
    try:
        result.over |= kind.still_true(mailing=mailing, deliveries=deliveries, now=now)
    except NotNow as held:
        result.held |= {delivery.pk: str(held) for delivery in deliveries}
    result.held |= resting(kind, mailing=mailing, deliveries=deliveries, now=now)
    result.over |= refused(kind, mailing=mailing, deliveries=deliveries)
    result.over |= {each.pk: NOWHERE[each.channel]() for each in deliveries if not way_to(each)}
    result.over |= {
        each.pk: _("A later letter on the same matter has already left.") for each in deliveries if each.overtaken
    }


def refused(kind: LetterKind, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    """Those who said no since: to this kind, about this, or about something else without a yes about this."""
    if kind.purpose is None:
        return {}
    asked = {"resident__in": [each.resident_id for each in deliveries], "channel__in": CHANNELS}
    last = ConsentEvent.objects.last_words().filter(**asked, purpose=kind.purpose)
    scopes, said = set(kind.scopes(mailing=mailing)), list(last.values_list("resident", "channel", "scope", "granted"))
    yes = {(who, channel) for who, channel, scope, granted in said if granted and scope in scopes}
    no = {
        (who, channel)
        for who, channel, scope, granted in said
        if not granted and (scope in scopes or (who, channel) not in yes)
    }
    muted = sparing.who_muted(kind=kind, residents={each.resident_id for each in deliveries if each.resident_id})
    words = {each.pk: _("They want no more letters of this kind.") for each in deliveries if each.resident_id in muted}
    words |= {each.pk: _("Consent was withdrawn.") for each in deliveries if (each.resident_id, each.channel) in no}
    held_back = [each for each in deliveries if each.pk in words]
    owed = kind.owed(mailing=mailing, deliveries=held_back) if held_back else ()
    return {pk: reason for pk, reason in words.items() if pk not in owed}


def resting(kind: LetterKind, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
    """Those who asked for a break since, until it ends; what is owed to them is told all the same."""
    if kind.purpose is None:
        return {}
    on_a_break = [each for each in deliveries if each.resident and each.resident.is_paused(now)]
    owed = kind.owed(mailing=mailing, deliveries=on_a_break) if on_a_break else ()
    return {
        each.pk: sparing.words_of_a_pause(each.resident.paused_until)
        for each in on_a_break
        if each.pk not in owed and each.resident and each.resident.paused_until
    }


NOWHERE: dict[str, Callable[[], str]] = {
    Channel.LETTER: lambda: _("This resident has no postal address any more."),
    Channel.PHONE: lambda: _("This resident has no telephone number any more."),
}


def way_to(delivery: Delivery) -> str:
    """The street for a letter, the number for a call."""
    if delivery.resident is None:
        return ""
    return delivery.resident.phone if delivery.is_by_phone else delivery.resident.street


def turn_back(*, deliveries: DeliveryQuerySet, reasons: Mapping[int, str], now: datetime) -> None:
    """Mark those as not told, each with its reason."""
    if not reasons:
        return
    cases = [
        When(pk__in=[pk for pk, reason in reasons.items() if reason == words], then=Value(words[:255]))
        for words in set(reasons.values())
    ]
    waiting = deliveries.order_by().pending().filter(pk__in=reasons, channel__in=CHANNELS)
    waiting.update(state=DeliveryState.SKIPPED, reason=Case(*cases), ended_at=now)
