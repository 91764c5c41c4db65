"""What does the invitation say, to whom, and may it still be said?"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities import links, scopes, typography
from communities.models import Delivery, Mailing, Purpose, Topic, Town, alike
from communities.models.delivery import DeliveryQuerySet
from communities.post.composing import (
    AFTER_HELLO,
    PREFERENCES_URL,
    UNSUBSCRIBE_URL,
    CalendarPart,
    Letter,
    after_hello,
    placeholder,
)
from communities.post.kinds import DigestLine, LetterKind
from communities.post.paper import OnPaper
from communities.post.writing import write, write_text
from meetings import announcing, audience, elsewhere, facts, rsvp
from meetings.calendars import calendar_files
from meetings.models import Choice, Invitation, MeetingPage
from meetings.updates import at_the_door

from . import paper

EXAMPLE = "exemple"
ANSWER_TOKEN = "answer_token"  # noqa: S105 - a placeholder
OF_EACH = ["why"]


class InvitationLetter(LetterKind):
    """Date, time, place, why you get it, two large answers, and the calendar object (RFC 5546, RFC 6047)."""

    purpose = Purpose.ANNOUNCEMENTS
    topic = Topic.INVITATIONS
    is_unasked = True
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("invitation")

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return announcing.told(mailing).scopes

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        told = announcing.told(mailing)
        context = {
            "meeting": told.facts,
            "page_url": told.facts.url,
            "name": placeholder(AFTER_HELLO),
        }
        context |= {name: placeholder(name) for name in OF_EACH} | answer_links()
        context |= {"stop_url": placeholder(UNSUBSCRIBE_URL)} | more_ways(told.meeting, language=language)
        words = write(name="invitation", language=language, context=context)
        return Letter(
            subject=subject_of(told.facts, language=language, is_test=mailing.is_test),
            text=words.text,
            html=words.html,
            from_address=organizer_address(placeholder("resident_token")),
            message_id=f"inv-{placeholder('invitation')}-{told.facts.sequence}",
            calendar=calendar_of(told.facts, mailing=mailing, language=language),
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        told = announcing.told(mailing)
        asked = {delivery.resident_id or 0 for delivery in deliveries}
        invitations = Invitation.objects.filter(meeting=told.meeting, resident__in=alike.among(asked)).only(
            "resident_id", "because"
        )
        of_resident = {invitation.resident_id: invitation for invitation in invitations}
        for delivery in deliveries:
            if delivery.resident and delivery.resident_id in of_resident:
                of_resident[delivery.resident_id].resident = delivery.resident  # already read
        names = scopes.names_of({scope for invitation in of_resident.values() for scope in invitation.because})
        asked_by = organizer_name()
        return {
            delivery.pk: values_for(of_resident[delivery.resident_id], names, asked_by)
            if delivery.resident_id in of_resident
            else example_values(
                address=delivery.test_address, token=f"{EXAMPLE}-{delivery.pk}", organizer_name=asked_by
            )
            for delivery in deliveries
        }

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, OnPaper]:
        told = announcing.told(mailing)
        return paper.invitation(told.facts, meeting=told.meeting, deliveries=deliveries)

    def happens_at(self, *, mailing: Mailing) -> datetime:
        return announcing.told(mailing).facts.starts_at

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        """The meeting as it is published, and the page of its reader's own answer."""
        meeting = announcing.told(mailing).meeting
        return digest_lines(facts.published(meeting=meeting), meeting=meeting, deliveries=deliveries)

    def owed(self, *, mailing: Mailing, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> Collection[int]:
        return at_the_door.owed(meeting=announcing.told(mailing).meeting, deliveries=deliveries)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return at_the_door.reasons(told=announcing.told(mailing), deliveries=deliveries, now=now) if deliveries else {}


def digest_lines(
    said: calendar_files.MeetingFacts, *, meeting: MeetingPage, deliveries: Sequence[Delivery]
) -> dict[int, DigestLine]:
    """For each delivery (by pk) to someone who is invited: the meeting, and where they answer."""
    asked = [delivery.resident_id for delivery in deliveries]
    invitations = Invitation.objects.filter(meeting=meeting, resident__in=asked)
    tokens = {invitation.resident_id: rsvp.token_of(invitation) for invitation in invitations}
    return {
        delivery.pk: digest_line(said, token=tokens[delivery.resident_id])
        for delivery in deliveries
        if delivery.resident_id in tokens
    }


def digest_line(told: calendar_files.MeetingFacts, *, token: str) -> DigestLine:
    return DigestLine(
        title=told.title,
        at=told.starts_at,
        when=typography.span(told.starts_at, told.ends_at, language=translation.get_language()),
        where=told.place,
        url=settings.SITE_URL + token.join(links.around("meetings:answer")),
        prompt=_("Are you coming? Answer here"),
    )


def subject_of(told: calendar_files.MeetingFacts, *, language: str, is_test: bool) -> str:
    with translation.override(language):
        subject = _("Invitation: %(title)s") % {"title": told.title}
        subject = _("[Test] %(subject)s") % {"subject": subject} if is_test else subject
    return typography.typeset(subject, language=language)


def organizer_address(resident_token: str) -> str:
    """One address per resident where answers are read by the program; else the town hall's mailbox, read by people."""
    domain = settings.INBOUND_DOMAIN
    return f"reunions+{resident_token}@{domain}" if domain else ""


def organizer_name() -> str:
    """The town hall's, for every letter of a batch; nobody's where calendars have no organizer."""
    return str(Town.load()) if settings.INBOUND_DOMAIN else ""


def calendar_of(told: calendar_files.MeetingFacts, *, mailing: Mailing, language: str) -> CalendarPart:
    """REQUEST when answers by calendar are read; otherwise PUBLISH, so that nobody answers into the void."""
    with translation.override(language):
        prompt = _("Answer:")
    answer, stamp, uid_domain = placeholder("answer_page_lines").encode(), mailing.created_at, facts.uid_domain()
    if not settings.INBOUND_DOMAIN:
        notice = calendar_files.notice(told, stamp=stamp, uid_domain=uid_domain, prompt=prompt)
        return CalendarPart(method="PUBLISH", content=notice.filled(answer=answer))
    request = calendar_files.request(told, stamp=stamp, uid_domain=uid_domain, prompt=prompt)
    people = (placeholder("organizer_line") + placeholder("attendee_line")).encode()
    return CalendarPart(method="REQUEST", content=request.filled(answer=answer, people=people))


def values_for(
    invitation: Invitation, names: Mapping[str, str], organizer_name: str, partstat: str = "NEEDS-ACTION"
) -> dict[str, str]:
    """What differs from one resident's letter to the next; `partstat` is the answer that their calendar shows."""
    resident = invitation.resident
    people = {"name": str(resident), "address": resident.email, "organizer_name": organizer_name}
    return {
        **answer_page(rsvp.token_of(invitation)),
        **addresses(token=resident.token, partstat=partstat, **people),
        "invitation": str(invitation.pk),
        "why": why(invitation, names),
    }


def why(invitation: Invitation, names: Mapping[str, str]) -> str:
    if not invitation.because:
        return _("You receive this letter because you told us that you are coming to this meeting.")
    because = ", ".join(names[scope] for scope in invitation.because)
    return _("You receive this letter because it concerns: %(because)s.") % {"because": because}


def example_values(*, address: str, token: str, organizer_name: str) -> dict[str, str]:
    """A letter to nobody: its links lead to the kind page that knows no such invitation."""
    return {
        **answer_page(token),
        **addresses(token=EXAMPLE, name=_("Test"), address=address, organizer_name=organizer_name),
        "invitation": token,
        "why": _("You receive this letter because you asked for a test."),
    }


def answer_links() -> dict[str, str]:
    """For a letter's texts, a link for each answer: it shows a page whose button answers, for scanners open links."""
    page = settings.SITE_URL + placeholder(ANSWER_TOKEN).join(links.around("meetings:answer"))
    return {f"answer_{choice}_url": f"{page}?a={choice}" for choice in Choice.values}


def more_ways(meeting: MeetingPage, *, language: str) -> dict[str, object]:
    """What may be chosen besides a mere yes: `lines` to read, and `ways`, each with the address it leads to."""
    with translation.override(language):
        other = elsewhere.of(meeting)
    if other is None:
        return {}
    yes = answer_links()[f"answer_{Choice.YES}_url"]
    return {"lines": other.lines, "ways": [(way.words, way.url(yes)) for way in other.ways]}


def answer_page(token: str) -> dict[str, str]:
    """What those links need of each reader; and the page for no answer in particular, as a DESCRIPTION's end."""
    page = settings.SITE_URL + token.join(links.around("meetings:answer"))
    return {ANSWER_TOKEN: token, "answer_page_lines": calendar_files.answer_lines(url=page).decode()}


def addresses(
    *, token: str, name: str, address: str, organizer_name: str, partstat: str = "NEEDS-ACTION"
) -> dict[str, str]:
    """Who asks and who is asked, as calendar lines and for the From header; unused without an inbound mailbox."""
    if not settings.INBOUND_DOMAIN:
        return {}
    organizer = calendar_files.organizer_line(address=organizer_address(token), name=organizer_name)
    attendee = calendar_files.attendee_line(address=address, name=name, partstat=partstat)
    return {
        "resident_token": token,
        "organizer_line": organizer.decode(),
        "attendee_line": attendee.decode(),
    }


def preview(*, meeting: MeetingPage, recipient: audience.Recipient, created_at: datetime) -> Letter:
    """The invitation as it would leave now to `recipient`, its links inert; nothing is kept."""
    resident = recipient.resident
    if not recipient.is_by_email:
        told = facts.of(meeting=meeting, sequence=0)
        text = by_hand(meeting=meeting, language=resident.language, name=str(resident), aloud=recipient.is_by_phone)
        return Letter(subject=subject_of(told, language=resident.language, is_test=False), text=text)
    mailing = Mailing(
        kind=announcing.LETTER_KIND,
        key=announcing.draft_key(meeting),
        created_at=created_at,
    )
    letter = InvitationLetter().compose(mailing=mailing, language=resident.language)
    because = ", ".join(scopes.names_of(recipient.because).values())
    with translation.override(resident.language):
        values = example_values(address=resident.email, token=EXAMPLE, organizer_name=organizer_name())
        values["why"] = _("You receive this letter because it concerns: %(because)s.") % {"because": because}
    pages = {UNSUBSCRIBE_URL: settings.SITE_URL, PREFERENCES_URL: settings.SITE_URL}
    return letter.filled(values | pages | {AFTER_HELLO: after_hello(str(resident))})


def by_hand(*, meeting: MeetingPage, language: str, name: str = "", aloud: bool = False) -> str:
    """The invitation as the town hall posts it, or says it `aloud`: without links to press. Raises NotDated."""
    context = {"meeting": facts.of(meeting=meeting, sequence=0), "name": after_hello(name), "aloud": aloud}
    return write_text(name="invitation_by_hand", language=language, context=context)
