"""Telling residents of a meeting: the first time, and those who came later. Only a person's gesture gets here.

What is published afterwards reaches them by itself: see reconciling.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from communities.models import Delivery, Mailing, Priority, Town, alike
from communities.models.delivery import DeliveryQuerySet
from communities.models.ready import Rows, number
from communities.post import hours, mailings

from . import audience, facts, refusals, rsvp
from .calendars import calendar_files
from .models import Announcement, Invitation, InvitationOrigin, MeetingPage, MeetingTurnout
from .seating import seats

LETTER_KIND = "invitation"
NO_FACTS_YET = "draft"
INVITED_AGAIN = (
    "ON CONFLICT (meeting_id, resident_id) DO UPDATE"
    " SET because = excluded.because, sequence = excluded.sequence, withdrawn_at = NULL"
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


def told_at(*, meeting: MeetingPage, sequence: int | None) -> calendar_files.MeetingFacts | None:
    """What was told under a SEQUENCE, if anything was."""
    announcement = None if sequence is None else meeting.announcements.filter(sequence=sequence).first()
    return announcement.told if announcement else None


def told_or_published(*, meeting: MeetingPage, sequence: int | None) -> calendar_files.MeetingFacts:
    """What was told under a SEQUENCE; without one, what is published."""
    return told_at(meeting=meeting, sequence=sequence) or facts.published(meeting=meeting)


def was_sent(*, meeting_id: int) -> bool:
    """Whether somebody pressed Send. That one person registered, or telephoned, says nothing about the others."""
    if Invitation.objects.filter(meeting=meeting_id, origin=InvitationOrigin.AUDIENCE).exists():
        return True
    return MeetingTurnout.objects.filter(meeting=meeting_id, was_announced=True).exists()


def letters_of(meeting: MeetingPage) -> DeliveryQuerySet:
    """Every letter that told residents of it, whatever became of it."""
    return Delivery.objects.filter(thread=thread_of(meeting), resident__isnull=False)


def to_tell(*, meeting: MeetingPage) -> audience.Audience:
    """Those the meeting concerns and who were not invited yet, or were told that it was not for them."""
    invited = Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    return audience.of(meeting=meeting).besides(invited.values_list("resident_id", flat=True))


@transaction.atomic
def announce(
    *, meeting: MeetingPage, by: User | None, now: dt.datetime, expecting: int | None = None, at_once: bool = False
) -> Announcement:
    """Invite everyone concerned who was not invited yet, once each; the letters leave after the commit.

    Works from the published facts, under the meeting's lock, so that two people pressing Send send once. When a
    calendar would show something else than it was last told, the facts of today go under the next SEQUENCE. Outside
    the post's hours letters wait for the morning, unless `at_once` or soon. `expecting` is the number of people that
    whoever pressed Send was shown. Raises NotPublished, DoesNotStand, NoMailbox, NobodyToTell or AudienceChanged.
    """
    meeting = seats.lock(meeting)
    refuse_the_impossible(meeting=meeting, now=now)
    concerned = to_tell(meeting=meeting)
    if not concerned.recipients:
        raise NobodyToTell
    if expecting not in (None, len(concerned.recipients)):
        raise AudienceChanged
    announcement = in_force(meeting=meeting, by=by, above=highest_withdrawn(meeting=meeting), now=now)
    invite(announcement=announcement, concerned=concerned, now=now)
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


def highest_withdrawn(*, meeting: MeetingPage) -> int:
    """The highest SEQUENCE that took the meeting out of somebody's calendar; -1 when there is none.

    An invitation under the same one would not bring it back.
    """
    withdrawn = Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=False)
    highest: int | None = withdrawn.aggregate(highest=Max("sequence"))["highest"]
    return -1 if highest is None else highest


def in_force(*, meeting: MeetingPage, by: User | None, now: dt.datetime, above: int = -1) -> Announcement:
    """What was announced last while it is still what is published; otherwise a new announcement of what is.

    Its SEQUENCE is higher than `above`.
    """
    last, said = latest(meeting=meeting), facts.published(meeting=meeting)
    if last and said.sequence == last.sequence and last.sequence > above:
        return last
    said = dataclasses.replace(said, sequence=max(said.sequence, above + 1))
    return Announcement.objects.create(
        meeting=meeting,
        sequence=said.sequence,
        facts=said.as_json(),
        announced_at=now,
        announced_by=by,
    )


def invite(*, announcement: Announcement, concerned: audience.Audience, now: dt.datetime) -> None:
    """One invitation each; those who had one, which was withdrawn, have it again."""
    invitation = Invitation(meeting=announcement.meeting, sequence=announcement.sequence, created_at=now)
    differing: dict[str, list[int] | list[str]] = {
        "resident": [recipient.resident.pk for recipient in concerned.recipients],
        "because": [f"{{{','.join(recipient.because)}}}" for recipient in concerned.recipients],
    }
    alike.insert(invitation, differing=differing, otherwise=INVITED_AGAIN)


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
    at = meeting.starts_at
    return at is not None and hours.are_waived(for_what_begins=at, now=now)


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
    """What one mailing tells: a meeting, by these facts; `before` is what its readers were told until then."""

    meeting: MeetingPage
    facts: calendar_files.MeetingFacts
    before: calendar_files.MeetingFacts | None = None

    @cached_property
    def scopes(self) -> list[str]:
        """Every scope that concerns the meeting."""
        return audience.scopes_of(self.meeting)


def told(mailing: Mailing) -> Told:
    """An announcement's facts; for a test, the meeting's as they are published. Read once for a mailing in hand."""
    if LETTER_KIND not in mailing.in_hand:
        mailing.in_hand[LETTER_KIND] = _told(mailing)
    read: Told = mailing.in_hand[LETTER_KIND]
    return read


def _told(mailing: Mailing) -> Told:
    what, _colon, which = mailing.key.partition(":")
    if what == NO_FACTS_YET:
        meeting = MeetingPage.objects.select_related("venue").get(pk=which)
        return Told(meeting, facts.published(meeting=meeting))
    (announcement,) = TOLD.read(announcement=int(what))
    before = told_at(meeting=announcement.meeting, sequence=told_before(mailing.key))
    return Told(announcement.meeting, announcement.told, before)


TOLD: Rows[Announcement] = Rows(
    lambda: Announcement.objects.select_related("meeting__venue").filter(pk=number("announcement")).order_by()
)


def draft_key(meeting: MeetingPage) -> str:
    """The key of a mailing that tells a meeting before it is announced."""
    return f"{NO_FACTS_YET}:{meeting.pk}"


def change_key(announcement: Announcement, *, before: int) -> str:
    """The key of a mailing that tells `announcement` to people who were told another one."""
    return f"{announcement.pk}:{before}"


def told_before(key: str) -> int | None:
    """The SEQUENCE that the readers of a mailing were told until then; None for a first invitation."""
    _what, _colon, which = key.partition(":")
    return int(which) if which else None
