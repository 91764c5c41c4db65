"""To whom goes an answer to a letter about a work day? To whoever wrote it, neither seeing the other's address.

Each letter has an address of its own, and a page of its own for where no mailbox is read: both name its delivery.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities import links
from communities.inbound.forwarding import mailbox_among
from communities.models import Delivery, Resident, Town
from communities.post import mailings
from engagement import telling
from engagement.models import CoordinatorLetter, Reply, WorkDay
from engagement.refusals import Refusal
from engagement.volunteering import names
from engagement.volunteering.coordinating import roles
from engagement.volunteering.locking import NoLongerKnown
from engagement.volunteering.telling import leaders_of

HANDLER = "equipe"
LETTER_KIND = "work-day-reply"
GOOD_FOR = dt.timedelta(days=30)
DAY = dt.timedelta(days=1)
MOST_A_DAY = 10


class TooManyReplies(Refusal):
    """Nobody writes so much to one person in a day."""

    MESSAGE = _("You have written very often since yesterday: please telephone, or come to the town hall.")


class NoWayToReply(Refusal):
    """Whoever wrote the letter, those who lead and the town hall: none can be reached."""

    MESSAGE = _("Your answer could not be passed on: please telephone the town hall.")


@dataclass(frozen=True)
class Answered:
    """A letter that its reader, `writer`, answers; `to` wrote it, or leads the work day now: None when nobody does."""

    letter: Delivery
    work_day: WorkDay
    writer: Resident
    to: Resident | None
    signed: str

    def is_open(self, now: dt.datetime) -> bool:
        """Until a month after the day."""
        ends_at = self.work_day.meeting.ends_at
        return ends_at is not None and now < ends_at + GOOD_FOR


def token_of(letter: int) -> str:
    return links.sign(HANDLER, letter)


def address_of(token: str) -> str:
    """Where answers to this letter come; empty where no mailbox is read for them."""
    return f"{HANDLER}+{token}@{settings.INBOUND_DOMAIN}" if settings.INBOUND_DOMAIN else ""


def find(*, token: str) -> Answered | None:
    """The letter behind an address or a page; None for a forged or forgotten one."""
    known = Delivery.objects.select_related("resident", "mailing")
    letter = known.filter(pk=links.read(HANDLER, token) or 0, resident__erased_at__isnull=True).first()
    if letter is None or letter.resident is None:
        return None
    if letter.mailing.kind == LETTER_KIND:
        reply = Reply.objects.select_related("work_day__meeting", "to__resident").filter(pk=letter.mailing.key).first()
        return answering(letter, letter.resident, reply.work_day, reply.to.resident, reply.shown_as) if reply else None
    written = CoordinatorLetter.objects.select_related("work_day__meeting", "by").filter(mailing=letter.mailing).first()
    return answering(letter, letter.resident, written.work_day, written.by, written.signed) if written else None


def answering(letter: Delivery, writer: Resident, work_day: WorkDay, author: Resident | None, signed: str) -> Answered:
    """Who runs the day answers whoever wrote to them; anybody else's words go to who runs it, and to nobody else."""
    if author and author.erased_at is None and (roles.may_run(author, work_day) or roles.may_run(writer, work_day)):
        return Answered(letter, work_day, writer, author, signed)
    leader = next((each for each in leaders_of(work_day) if each.pk != writer.pk), None)
    return Answered(letter, work_day, writer, leader, names.of_coordinator(leader, work_day) if leader else "")


@transaction.atomic
def reply(*, answered: Answered, words: str, attachments: int = 0, key: uuid.UUID, now: dt.datetime) -> Reply:
    """Pass words on, once for each `key`; to the town hall where nobody runs the day any more.

    Raises NoLongerKnown, TooManyReplies or NoWayToReply.
    """
    # The same press twice, at once; and whoever erases its reader waits, or was quicker.
    Delivery.objects.select_for_update(of=("self",)).get(pk=answered.letter.pk)
    if not Resident.objects.known().filter(pk=answered.writer.pk).exists():
        raise NoLongerKnown
    known = Reply.objects.filter(key=key).first()
    if known:
        return known
    theirs = Reply.objects.filter(work_day=answered.work_day, to__resident=answered.writer, written_at__gt=now - DAY)
    if theirs.count() >= MOST_A_DAY:
        raise TooManyReplies
    said = Reply.objects.create(
        work_day=answered.work_day,
        to=answered.letter,
        shown_as=shown_as(answered),
        words=words,
        attachments=attachments,
        key=key,
        written_at=now,
    )
    post(said, answered.to, now=now)
    return said


def shown_as(answered: Answered) -> str:
    if roles.may_run(answered.writer, answered.work_day):
        return names.of_coordinator(answered.writer, answered.work_day)
    return names.of_writer(answered.writer, answered.work_day)


def post(said: Reply, to: Resident | None, *, now: dt.datetime) -> None:
    title = str(_("Answer about: %(title)s")) % {"title": said.work_day}
    way = telling.way_to(to) if to else None
    if to and way:
        mailings.post_one(kind=LETTER_KIND, key=str(said.pk), title=title, resident=to, channel=way, now=now)
        return
    address = mailbox_among(Town.load().email)
    if not address:
        raise NoWayToReply
    mailings.post_to_address(kind=LETTER_KIND, key=str(said.pk), title=title, address=address, now=now)


def let_go(*, now: dt.datetime) -> None:
    """A month after the day, what was said is nobody's business any more; that somebody answered stays."""
    Reply.objects.filter(work_day__meeting__ends_at__lt=now - GOOD_FOR).exclude(words="").update(words="", shown_as="")
