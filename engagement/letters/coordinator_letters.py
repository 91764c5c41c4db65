"""What do coordinators' letters say: their words, the day, and how to answer them? A call has a button per shift."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import links, scopes, typography
from communities.models import Delivery, Mailing, Purpose, Topic, Town
from communities.post.composing import AFTER_HELLO, UNSUBSCRIBE_URL, Letter, placeholder
from communities.post.kinds import DigestLine, LetterKind
from communities.post.paper import OnPaper
from communities.post.writing import write
from engagement.models import CoordinatorLetter, Volunteer
from engagement.volunteering.calling import replies, writing
from meetings import audience, facts, rsvp
from meetings.letters import invitation_letters
from meetings.letters.paper import facts_of
from meetings.models import Answer, Choice, Invitation

REPLY_TOKEN = "reply_token"  # noqa: S105 - a placeholder


class OfACoordinator(LetterKind):
    """Their words, under their name; an answer reaches them through us."""

    goes_by_hand = True
    template = "coordinator"

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        letter = letter_of(mailing)
        with translation.override(language):
            context = said(letter) | self.more(letter, language=language)
        words = write(name=self.template, language=language, context=context)
        return Letter(
            subject=typography.typeset(letter.subject, language=language),
            text=words.text,
            html=words.html,
            from_name=f"{letter.signed} – {Town.load()}",
            from_address=replies.address_of(placeholder(REPLY_TOKEN)),
        )

    def more(self, letter: CoordinatorLetter, *, language: str) -> dict[str, Any]:
        return {}

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        reasons = self.reasons(letter_of(mailing), deliveries)
        return {each.pk: {REPLY_TOKEN: replies.token_of(each.pk), "why": reasons[each.pk]} for each in deliveries}

    def reasons(self, letter: CoordinatorLetter, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        """For each delivery (by pk), the sentence at the foot."""
        raise NotImplementedError

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, OnPaper]:
        """The words as they were typed, and the town hall's telephone instead of links."""
        letter, language = letter_of(mailing), get_language()
        reasons = self.reasons(letter, deliveries)
        words = [typography.typeset(each, language=language) for each in letter.words.split("\n\n") if each.strip()]
        told = facts_of(facts.published(meeting=letter.work_day.meeting))
        phone = typography.phone(Town.load().phone)
        after = [letter.signed, *([_("To answer, call %(phone)s.") % {"phone": phone}] if phone else [])]
        return {
            each.pk: OnPaper(
                subject=typography.typeset(letter.subject, language=language),
                before=tuple(words),
                facts=told,
                after=tuple(after),
                why=reasons[each.pk],
            )
            for each in deliveries
        }


class VolunteersLetter(OfACoordinator):
    """To those who signed up, about what they signed up for: no consent is needed."""

    @property
    def label(self) -> str:
        return _("letter to those who come to a work day")

    def reasons(self, letter: CoordinatorLetter, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        why = _("You receive this letter because you signed up for this work day.")
        return dict.fromkeys((each.pk for each in deliveries), why)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        gone = writing.no_longer_come(letter_of(mailing), list(deliveries))
        return dict.fromkeys(gone, _("They no longer come."))


class MembersLetter(OfACoordinator):
    """To members, who did not ask for it: consent, caps and the way out as for any announcement."""

    purpose = Purpose.ANNOUNCEMENTS
    topic: Topic | None = Topic.NEWS
    is_unasked = True

    @property
    def label(self) -> str:
        return _("letter to the members of a community, about a work day")

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return audience.scopes_of(letter_of(mailing).work_day.meeting)

    def more(self, letter: CoordinatorLetter, *, language: str) -> dict[str, Any]:
        return {"stop_url": placeholder(UNSUBSCRIBE_URL)}

    def reasons(self, letter: CoordinatorLetter, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        names = scopes.names_of([scopes.scope_of(each) for each in letter.work_day.meeting.communities.all()])
        why = _("You receive this letter because it concerns: %(because)s.") % {"because": ", ".join(names.values())}
        return dict.fromkeys((each.pk for each in deliveries), why)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        if letter_of(mailing).work_day.meeting.live:
            return {}
        return {each.pk: _("The work day is no longer published.") for each in deliveries}

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        letter = letter_of(mailing)
        told = facts.published(meeting=letter.work_day.meeting)
        line = DigestLine(title=letter.subject, text=letter.words, url=told.url, prompt=_("All about this work day"))
        return {each.pk: line for each in deliveries}


class CallLetter(MembersLetter):
    """A call for help: the reader is known, so a shift is two pages away."""

    topic = Topic.CALLS
    template = "work_day_call"

    @property
    def label(self) -> str:
        return _("call for help, for a work day")

    def more(self, letter: CoordinatorLetter, *, language: str) -> dict[str, Any]:
        meeting = letter.work_day.meeting
        ways = invitation_letters.more_ways(meeting, language=language) | invitation_letters.answer_links()
        return super().more(letter, language=language) | ways

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        tokens = answer_tokens(letter_of(mailing), deliveries)
        values = super().personal(mailing=mailing, deliveries=deliveries)
        return {pk: {**each, invitation_letters.ANSWER_TOKEN: tokens[pk]} for pk, each in values.items()}

    def happens_at(self, *, mailing: Mailing) -> datetime | None:
        return letter_of(mailing).work_day.meeting.starts_at

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Nobody is asked to a day that is off, nor twice for what they answered."""
        letter = letter_of(mailing)
        meeting = letter.work_day.meeting
        if not rsvp.is_open(meeting=meeting, now=now):
            return {each.pk: _("The work day is over, or no longer takes place.") for each in deliveries}
        asked = [each.resident_id for each in deliveries]
        signed_up = Volunteer.objects.counting(now).filter(work_day=letter.work_day_id, resident__in=asked)
        answers = Answer.objects.current().filter(invitation__meeting=meeting, choice=Choice.NO)
        there = set(signed_up.values_list("resident", flat=True))
        unable = set(answers.filter(invitation__resident__in=asked).values_list("invitation__resident", flat=True))
        words = {who: _("They come already.") for who in there}
        words |= {who: _("They said that they cannot come.") for who in unable - there}
        return {each.pk: words[each.resident_id or 0] for each in deliveries if each.resident_id in words}

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        meeting = letter_of(mailing).work_day.meeting
        return invitation_letters.digest_lines(facts.published(meeting=meeting), meeting=meeting, deliveries=deliveries)


def letter_of(mailing: Mailing) -> CoordinatorLetter:
    """Asked once for as long as this mailing is in hand."""
    known = CoordinatorLetter.objects.select_related("work_day__meeting__venue", "shift")
    found: CoordinatorLetter = mailing.in_hand.get("letter") or known.get(pk=mailing.key)
    mailing.in_hand["letter"] = found
    return found


def said(letter: CoordinatorLetter) -> dict[str, Any]:
    """What all of them show."""
    told = facts.published(meeting=letter.work_day.meeting)
    return {
        "letter": letter,
        "meeting": told,
        "page_url": told.url,
        "name": placeholder(AFTER_HELLO),
        "why": placeholder("why"),
        **ways_to_answer(),
    }


def ways_to_answer() -> dict[str, object]:
    """The page where one answers, and whether an answer to the letter itself arrives."""
    page = settings.SITE_URL + placeholder(REPLY_TOKEN).join(links.around("engagement:work_day_reply"))
    return {"reply_url": page, "is_read": bool(settings.INBOUND_DOMAIN)}


def answer_tokens(letter: CoordinatorLetter, deliveries: Sequence[Delivery]) -> dict[int, str]:
    """For each delivery (by pk), what its answer links carry; a page that knows nobody for a test."""
    asked = [each.resident_id for each in deliveries if each.resident_id]
    theirs = Invitation.objects.filter(meeting=letter.work_day.meeting_id, resident__in=asked)
    of_resident = {each.resident_id: rsvp.token_of(each) for each in theirs.only("resident_id")}
    return {each.pk: of_resident.get(each.resident_id or 0, invitation_letters.EXAMPLE) for each in deliveries}
