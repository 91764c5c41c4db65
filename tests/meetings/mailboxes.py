"""A resident's mailbox and calendar program: what letters do to an entry, by RFC 5546 §2.1.5 and §3.2."""

import datetime as dt
from dataclasses import dataclass, field
from email import message_from_bytes, policy

import icalendar

from communities.models import Delivery, DeliveryState
from communities.post import checking, delivery, mailings
from communities.post.kinds import NotNow, letter_kinds
from communities.post.preparing import Workshop, by_mailing_and_language


@dataclass
class Calendar:
    """Entries by UID, those taken out too: a late REQUEST does not bring back what a later CANCEL took away."""

    entries: dict[str, tuple[int, dt.datetime, bool, icalendar.Event]] = field(default_factory=dict)

    def read(self, data: bytes) -> None:
        """One letter: a newer SEQUENCE wins; the same one with a newer DTSTAMP too."""
        calendar = calendar_of(data)
        event = calendar.events[0]
        sequence, stamp = int(event["SEQUENCE"]), event["DTSTAMP"].dt
        known = self.entries.get(event["UID"])
        if known and (sequence, stamp) < known[:2]:
            return
        is_off = calendar["METHOD"] == "CANCEL" or event["STATUS"] == "CANCELLED"
        self.entries[event["UID"]] = (sequence, stamp, is_off, event)

    @property
    def live(self) -> list[icalendar.Event]:
        return [event for _sequence, _stamp, is_off, event in self.entries.values() if not is_off]


def calendar_of(data: bytes) -> icalendar.Calendar:
    message = message_from_bytes(data, policy=policy.default)
    (entry,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(entry.get_payload(decode=True))


@dataclass
class Post:
    """A worker and its relay inside a test's transaction, with the bad days that a test asks for.

    Claims, checks and composes as the real one does; only SMTP and the way a mark is made are replaced.
    """

    boxes: dict[str, list[bytes]] = field(default_factory=dict)
    last_order: dict[str, int] = field(default_factory=dict)

    def carry(self, *, now: dt.datetime, trouble: str = "") -> None:
        """Every letter that is due. `trouble`: the worker "dies before" or "after" a letter, the relay is "busy"."""
        workshop = Workshop()
        while taken := delivery.claim(fence=delivery.uuid4(), now=now):
            for (mailing, language), letters in by_mailing_and_language(taken).items():
                try:
                    kind = letter_kinds[mailing.kind]
                    reasons = checking.reasons(kind=kind, mailing=mailing, deliveries=letters, now=now)
                except NotNow as held:
                    mailings.pause(mailing=mailing, reason=str(held))
                    continue
                self.skip(reasons, now=now)
                leaving = [letter for letter in letters if letter.pk not in reasons]
                ready, _unaddressable = workshop.prepare(
                    mailing=mailing, language=language, deliveries=leaving, now=now
                )
                for letter in ready:
                    if trouble == "dies before":
                        return
                    self.send(letter, trouble=trouble, now=now)
                    if trouble == "dies after":
                        return
            Delivery.objects.pending().filter(pk__in=[each.pk for each in taken]).update(claim=None, claimed_until=None)

    def skip(self, reasons: dict[int, str], *, now: dt.datetime) -> None:
        for pk, reason in reasons.items():
            letters = Delivery.objects.filter(pk=pk)
            letters.update(state=DeliveryState.SKIPPED, reason=reason, ended_at=now, claim=None, claimed_until=None)

    def send(self, letter: delivery.Ready, *, trouble: str, now: dt.datetime) -> None:
        mark = Delivery.objects.filter(pk=letter.delivery.pk)
        free = {"claim": None, "claimed_until": None, "attempts": letter.delivery.attempts + 1}
        if trouble == "busy":
            mark.update(**free, next_attempt_at=now + dt.timedelta(minutes=5))
            return
        self.boxes.setdefault(letter.recipient, []).append(letter.data)
        if trouble != "dies after":
            mark.update(**free, state=DeliveryState.SENT, ended_at=now, message_id=letter.message_id)
