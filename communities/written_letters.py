"""How does a letter of the town hall read, to each, and why do they get it?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from . import correspondence, scopes, typography
from .audience import Recipient
from .models import Delivery, Mailing, Purpose, Topic, WrittenLetter
from .post import rich_words
from .post.composing import AFTER_HELLO, PREFERENCES_URL, UNSUBSCRIBE_URL, Letter, after_hello, placeholder
from .post.kinds import DigestLine, LetterKind
from .post.paper import OnPaper
from .post.writing import write, write_text


class LetterOfTheTownHall(LetterKind):
    """Its text, its button, the meetings it lists as they stand when it leaves."""

    purpose = Purpose.ANNOUNCEMENTS
    topic = Topic.NEWS
    is_unasked = True
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("letter of the town hall")

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return correspondence.consents_of(letter_of(mailing))

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        letter = letter_of(mailing)
        context = {
            **said(letter, since=mailing.created_at),
            "name": placeholder(AFTER_HELLO),
            "why": placeholder("why"),
            "stop_url": placeholder(UNSUBSCRIBE_URL),
        }
        words = write(name="written", language=language, context=context)
        subject = _("[Test] %(subject)s") % {"subject": letter.subject} if mailing.is_test else letter.subject
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        letter = letter_of(mailing)
        because = correspondence.concerned(
            letter=letter, among={each.resident_id for each in deliveries if each.resident_id}
        )
        names = scopes.names_of(letter.scopes)
        return {
            delivery.pk: {"why": why(because.get(delivery.resident_id or 0, set()), names, is_test=mailing.is_test)}
            for delivery in deliveries
        }

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, OnPaper]:
        """The same words to all, so that a household shares a sheet; each meeting large, since no link leads to it."""
        letter = letter_of(mailing)
        sheet = printed(letter, since=mailing.created_at)
        personal = self.personal(mailing=mailing, deliveries=deliveries)
        return {pk: replace(sheet, why=each["why"]) for pk, each in personal.items()}

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        """Its words, since it has no page; what it lists stands on the site."""
        letter = letter_of(mailing)
        line = DigestLine(
            title=letter.subject,
            text=rich_words.write(letter.body).text.strip(),
            url=letter.button_url,
            prompt=letter.button_words,
        )
        return {delivery.pk: line for delivery in deliveries}


def letter_of(mailing: Mailing) -> WrittenLetter:
    return WrittenLetter.objects.get(pk=mailing.key)


def said(letter: WrittenLetter, *, since: datetime) -> dict[str, Any]:
    """What it says to everyone."""
    dates = correspondence.dates_of(letter, since=since)
    return {"letter": letter, "words": rich_words.write(letter.body), "dates": dates}


def printed(letter: WrittenLetter, *, since: datetime) -> OnPaper:
    """The letter on paper, in the language in force."""
    language = translation.get_language()
    what = said(letter, since=since)
    dates = tuple(
        (
            typography.span(date.starts_at, date.ends_at, language=language),
            typography.typeset(" – ".join(filter(None, [date.title, date.place])), language=language),
        )
        for date in what["dates"]
    )
    nothing = (_("No public meeting is planned for now."),) if letter.has_agenda and not dates else ()
    button = (f"{letter.button_words} – {letter.button_url}",) if letter.button_url else ()
    return OnPaper(
        subject=typography.typeset(letter.subject, language=language),
        before=tuple(typography.typeset(each, language=language) for each in rich_words.paragraphs(what["words"].text)),
        facts=dates,
        after=(*nothing, *button),
    )


def why(because: Collection[str], names: Mapping[str, str], *, is_test: bool = False) -> str:
    """The sentence at the foot; whoever belongs to nothing of it any more agreed to hear of the whole town."""
    if is_test:
        return _("You receive this letter because you asked for a test.")
    known = [names[scope] for scope in sorted(because)] or [scopes.names_of([scopes.TOWN])[scopes.TOWN]]
    return _("You receive this letter because it concerns: %(because)s.") % {"because": ", ".join(known)}


def preview(*, letter: WrittenLetter, recipient: Recipient, now: datetime) -> Letter:
    """As it would leave now to `recipient`; nothing is kept."""
    resident = recipient.resident
    if not recipient.is_by_email:
        text = by_hand(
            letter=letter, language=resident.language, name=str(resident), now=now, aloud=recipient.is_by_phone
        )
        return Letter(subject=typography.typeset(letter.subject, language=resident.language), text=text)
    with translation.override(resident.language):
        reason = why(recipient.because, scopes.names_of(recipient.because))
    return filled(letter, language=resident.language, name=str(resident), why=reason, now=now)


def example(*, letter: WrittenLetter, language: str, now: datetime) -> Letter:
    """As nobody in particular would read it."""
    names = scopes.names_of(letter.scopes)
    with translation.override(language):
        return filled(letter, language=language, name="", why=why(letter.scopes, names), now=now)


def filled(letter: WrittenLetter, *, language: str, name: str, why: str, now: datetime) -> Letter:
    mailing = Mailing(kind=correspondence.LETTER_KIND, key=str(letter.pk), created_at=now)
    composed = LetterOfTheTownHall().compose(mailing=mailing, language=language)
    nowhere = {UNSUBSCRIBE_URL: settings.SITE_URL, PREFERENCES_URL: settings.SITE_URL}
    return composed.filled({"why": why, AFTER_HELLO: after_hello(name), **nowhere})


def by_hand(*, letter: WrittenLetter, language: str, now: datetime, name: str = "", aloud: bool = False) -> str:
    """The letter as the town hall posts it, or says it `aloud`: nobody can press a link on paper."""
    context = {**said(letter, since=now), "name": after_hello(name), "aloud": aloud}
    return write_text(name="written_by_hand", language=language, context=context)
