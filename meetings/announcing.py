"""Telling residents of a meeting: the first time, and those who came later. Only a person's gesture gets here.

Nobody loses a letter, and none leaves that would bring its reader at a wrong time or to a wrong place. A letter that
waits leaves as it was sent while its appointment holds; once another one is published it is held (see letters), and
whoever presses Send next gives its reader the new one in its place.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import Delivery, DeliveryState, Mailing, Priority, Town, alike
from communities.models.post import DeliveryQuerySet
from communities.post import hours, mailings

from . import audience, calendar_files, facts, refusals, rsvp, seats
from .models import Announcement, Invitation, MeetingPage

LETTER_KIND = "invitation"
NO_FACTS_YET = "draft"
TOLD_THIS_INSTEAD = (
    "ON CONFLICT (meeting_id, resident_id) DO UPDATE SET because = excluded.because, sequence = excluded.sequence"
)


class CannotAnnounce(refusals.Refusal):
    """This meeting cannot be announced."""


class NotPublished(CannotAnnounce):
    """Residents would be sent to a page they cannot see."""

    MESSAGE = _("Publish the meeting first: the letter sends people to its page.")


class DoesNotStand(CannotAnnounce):
    """Nobody is invited to what does not take place."""

    MESSAGE = _("This meeting is over, postponed or cancelled: nobody can be invited to it.")


class NoMailbox(CannotAnnounce):
    """Letters would leave from an address that nobody reads."""

    MESSAGE = _(
        "Fill in the town hall's mailbox first, under “Settings”, “The town hall”: invitations leave from it, and"
        " answers by mail arrive there."
    )


class NobodyToTell(CannotAnnounce):
    """Everyone it concerns has been told, or nobody can be."""

    MESSAGE = _("There is nobody left to invite. Add communities or neighbourhoods to the meeting, or members to them.")


class AudienceChanged(CannotAnnounce):
    """Not the people whose number someone saw before pressing Send."""

    MESSAGE = _("The number of people to invite has changed since you looked: check the new figures, then send.")


def latest(*, meeting: MeetingPage) -> Announcement | None:
    """What residents were last told."""
    return meeting.announcements.order_by("-sequence").first()


def outdated(*, meeting: MeetingPage) -> list[Announcement]:
    """What residents were told of another appointment than the one that is published now."""
    announcements = list(meeting.announcements.order_by("sequence"))
    if not announcements:
        return []
    now = facts.appointment(facts.of(meeting=meeting, sequence=0))
    return [announcement for announcement in announcements if facts.appointment(announcement.told) != now]


def letters_of(meeting: MeetingPage) -> DeliveryQuerySet:
    """Every letter that told residents of it, whatever became of it."""
    return Delivery.objects.filter(thread=thread_of(meeting), resident__isnull=False)


def waiting_in_vain(*, meeting: MeetingPage) -> set[int]:
    """Residents (by pk) whose last letter has not left, and tells another appointment than the published one."""
    false = {announcement.sequence for announcement in outdated(meeting=meeting)}
    if not false:
        return set()
    letters = letters_of(meeting).order_by("order", "pk").values_list("resident_id", "order", "state")
    last = {resident: (order, state) for resident, order, state in letters}
    return {who for who, (order, state) in last.items() if order in false and state in DeliveryState.untold()}


def to_tell(*, meeting: MeetingPage) -> audience.Audience:
    """Those the meeting concerns and who were not invited yet, or whose invitation waits in vain."""
    invited = Invitation.objects.filter(meeting=meeting).values_list("resident_id", flat=True)
    return audience.of(meeting=meeting).besides(set(invited) - waiting_in_vain(meeting=meeting))


@transaction.atomic
def announce(
    *, meeting: MeetingPage, by: User | None, now: dt.datetime, expecting: int | None = None, at_once: bool = False
) -> Announcement:
    """Invite everyone concerned who was not invited yet, once each; the letters leave after the commit.

    Works from the published facts, under the meeting's lock, so that two people pressing Send send once. When a
    calendar would show something else than it was last told, the facts of today go under the next SEQUENCE, also to
    those whose letter waits in vain. Outside the post's hours letters wait for the morning, unless `at_once` or soon.
    `expecting` is the number of people that whoever pressed Send was shown.
    Raises NotPublished, DoesNotStand, NoMailbox, NobodyToTell or
    AudienceChanged.
    """
    meeting = seats.lock(meeting)
    refuse_the_impossible(meeting=meeting, now=now)
    concerned = to_tell(meeting=meeting)
    if not concerned.recipients:
        raise NobodyToTell
    if expecting not in (None, len(concerned.recipients)):
        raise AudienceChanged
    announcement = in_force(meeting=meeting, by=by, now=now)
    invite(announcement=announcement, concerned=concerned, now=now)
    withdraw_what_waits_in_vain(meeting=meeting, now=now)
    hurries = at_once or is_soon(meeting=meeting, now=now)
    post_letters(meeting=meeting, announcement=announcement, concerned=concerned, at_any_hour=hurries, by=by, now=now)
    return announcement


def refuse_the_impossible(*, meeting: MeetingPage, now: dt.datetime) -> None:
    if not meeting.live:
        raise NotPublished
    if not rsvp.is_open(meeting=meeting, now=now):
        raise DoesNotStand
    if not has_mailbox():
        raise NoMailbox


def has_mailbox() -> bool:
    """Whether somebody reads what residents answer by mail: the program, or people at the town hall."""
    return bool(settings.INBOUND_DOMAIN or Town.load().email)


def in_force(*, meeting: MeetingPage, by: User | None, now: dt.datetime) -> Announcement:
    """What was announced last while it is still what is published; otherwise a new announcement of what is."""
    last, said = latest(meeting=meeting), facts.published(meeting=meeting)
    if last and said.sequence == last.sequence:
        return last
    return Announcement.objects.create(
        meeting=meeting,
        sequence=said.sequence,
        facts=said.as_json(),
        announced_at=now,
        announced_by=by,
    )


def invite(*, announcement: Announcement, concerned: audience.Audience, now: dt.datetime) -> None:
    """One invitation each; those who had one, whose letter never left, are told this instead."""
    invitation = Invitation(meeting=announcement.meeting, sequence=announcement.sequence, created_at=now)
    differing: dict[str, list[int] | list[str]] = {
        "resident": [recipient.resident.pk for recipient in concerned.recipients],
        "because": [f"{{{','.join(recipient.because)}}}" for recipient in concerned.recipients],
    }
    alike.insert(invitation, differing=differing, otherwise=TOLD_THIS_INSTEAD)


def withdraw_what_waits_in_vain(*, meeting: MeetingPage, now: dt.datetime) -> None:
    """Letters in a worker's hands are left to it; the new ones come after them in the thread."""
    false = [announcement.sequence for announcement in outdated(meeting=meeting)]
    words = gettext("It told an earlier date or place.")
    mailings.withdraw(deliveries=letters_of(meeting).filter(order__in=false), reason=words, now=now)


def post_letters(
    *,
    meeting: MeetingPage,
    announcement: Announcement,
    concerned: audience.Audience,
    at_any_hour: bool,
    by: User | None,
    now: dt.datetime,
) -> Mailing:
    """One mailing, one delivery per resident on their channel, in the meeting's thread."""
    return mailings.post(
        kind=LETTER_KIND,
        key=str(announcement.pk),
        title=str(_("Invitation: %(title)s") % {"title": meeting.title}),
        addressees=[mailings.Addressee(each.resident.pk, each.channel) for each in concerned.recipients],
        thread=thread_of(meeting),
        order=announcement.sequence,
        priority=Priority.BULK,
        at_any_hour=at_any_hour,
        created_by=by,
        now=now,
    )


def post_again(*, invitation: Invitation, announcement: Announcement, now: dt.datetime) -> Mailing:
    """The same letter once more to one resident, whose program asks for it or answers an earlier one."""
    return mailings.post_one(
        kind=LETTER_KIND,
        key=str(announcement.pk),
        title=str(_("Invitation: %(title)s") % {"title": invitation.meeting.title}),
        resident=invitation.resident,
        thread=thread_of(invitation.meeting),
        order=announcement.sequence,
        now=now,
    )


def is_soon(*, meeting: MeetingPage, now: dt.datetime) -> bool:
    """Whether it is today or tomorrow: then its letters leave at any hour."""
    if meeting.starts_at is None:
        return False
    return timezone.localdate(meeting.starts_at) - timezone.localdate(now) <= dt.timedelta(days=1)


def leaving(*, meeting: MeetingPage, now: dt.datetime) -> dt.datetime:
    """When the letters of who presses Send now will leave."""
    return hours.leaving(now, at_any_hour=is_soon(meeting=meeting, now=now))


def thread_of(meeting: MeetingPage) -> str:
    """The post keeps letters of one thread to one resident in order."""
    return f"meeting:{meeting.uid}"


def send_test(*, meeting: MeetingPage, address: str, by: User | None, now: dt.datetime) -> Mailing:
    """Send the letter as it would leave now to a member of staff, by the same post; raises as `announce` does."""
    refuse_the_impossible(meeting=meeting, now=now)
    return mailings.post_test(
        kind=LETTER_KIND,
        key=draft_key(meeting),
        title=str(_("Test: %(title)s") % {"title": meeting.title}),
        address=address,
        created_by=by,
        now=now,
    )


@dataclass(frozen=True)
class Told:
    """What one mailing tells: a meeting, by these facts."""

    meeting: MeetingPage
    facts: calendar_files.MeetingFacts


def told(mailing: Mailing) -> Told:
    """An announcement's facts; for a test, the meeting's as they are published."""
    where, _colon, pk = mailing.key.rpartition(":")
    if where == NO_FACTS_YET:
        meeting = MeetingPage.objects.select_related("venue").get(pk=pk)
        return Told(meeting, facts.published(meeting=meeting))
    announcement = Announcement.objects.select_related("meeting__venue").get(pk=pk)
    return Told(announcement.meeting, announcement.told)


def draft_key(meeting: MeetingPage) -> str:
    """The key of a mailing that tells a meeting before it is announced."""
    return f"{NO_FACTS_YET}:{meeting.pk}"
