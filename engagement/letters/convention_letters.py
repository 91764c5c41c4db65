"""What do the letters about conventions say? Please sign, here is your code, both have signed, a date is near."""

import datetime as dt
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.conventions import on_screen, reading, saying
from engagement.models import Convention, ConventionNotice, ConventionState, NoticeKind, SignatureRequest

READ_URL = "read_url"


class ConventionLetter(LetterKind):
    """A letter that answers what both sides do together: nobody can mute it; to a resident or to the town hall."""

    name: str

    @property
    def goes_by_hand(self) -> bool:
        return True

    def said(self, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
        """Its subject, and what its words are made of; under the reader's language."""
        raise NotImplementedError

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        with translation.override(language):
            subject, said = self.said(mailing, language)
        context = {"name": placeholder(AFTER_HELLO), **nothing_to_choose(mailing), **said}
        words = write(name=self.name, language=language, context=context)
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return {}


def nothing_to_choose(mailing: Mailing) -> dict[str, str]:
    """Whoever reads it for the commune is no resident, and has no letters of ours to choose."""
    return {} if mailing.deliveries.filter(resident__isnull=False).exists() else {"preferences_url": ""}


class RequestLetter(ConventionLetter):
    """Somebody is asked to sign on screen."""

    name = "signature_request"

    @property
    def label(self) -> str:
        return _("request for a signature")

    @property
    def goes_by_hand(self) -> bool:
        return False

    def said(self, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
        request = request_of(mailing.key)
        convention = request.convention
        subject = _("Please sign: %(title)s") % {"title": convention.title}
        return subject, {"convention": convention, "request": request, "sign_url": sign_url(request)}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Taken back, asked anew or signed on paper meanwhile: nothing is asked any more."""
        known = SignatureRequest.objects.select_related("convention__project", "convention__amends", "resident")
        request = known.filter(pk=mailing.key).first()
        if request and on_screen.is_waited_for(request):
            return {}
        return {each.pk: _("There is nothing to sign any more.") for each in deliveries}


class CodeLetter(ConventionLetter):
    """The six digits, and nothing else to do with them than to type them on the page."""

    name = "signature_code"

    @property
    def label(self) -> str:
        return _("code to sign with")

    @property
    def goes_by_hand(self) -> bool:
        return False

    def said(self, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
        pk, sent_at = read_key(mailing.key)
        request = request_of(pk)
        code = on_screen.code_of(request, sent_at=sent_at)
        subject = _("%(code)s is your code to sign") % {"code": spaced(code)}
        until = sent_at + on_screen.GOOD_FOR
        said = {"convention": request.convention, "code": spaced(code), "until": until, "sign_url": sign_url(request)}
        return subject, said

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Only the last code counts, and only for ten minutes."""
        pk, sent_at = read_key(mailing.key)
        request = SignatureRequest.objects.filter(pk=pk, code_sent_at=sent_at).first()
        if request and on_screen.is_good(request, now=now):
            return {}
        return {each.pk: _("This code no longer works.") for each in deliveries}


class ToRead(ConventionLetter):
    """With the way to the whole text: each reader's own."""

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {READ_URL: reading.url_of(delivery)} for delivery in deliveries}


class SignedLetter(ToRead):
    """Both sides have signed: the way to the text, for them alone."""

    name = "convention_signed"

    @property
    def label(self) -> str:
        return _("convention signed by both sides")

    def said(self, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
        convention = Convention.objects.select_related("amends").get(pk=mailing.key)
        subject = _("Signed: %(title)s") % {"title": convention.title}
        return subject, {"convention": convention, READ_URL: placeholder(READ_URL)}


class NoticeLetter(ToRead):
    """A date that concerns both sides."""

    name = "convention_notice"

    @property
    def label(self) -> str:
        return _("a date of a convention")

    def said(self, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
        notice = ConventionNotice.objects.select_related("convention").get(pk=mailing.key)
        convention = notice.convention
        subject = _("A date of your convention: %(title)s") % {"title": convention.title}
        day = saying.day(notice.about_on, language=language)
        return subject, {
            "convention": convention,
            "what": sentence_of(notice) % {"day": day},
            "what_next": what_next(notice),
            READ_URL: placeholder(READ_URL),
        }

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Ended meanwhile: its dates mean nothing any more."""
        if Convention.objects.filter(notices__pk=mailing.key, state=ConventionState.SIGNED).exists():
            return {}
        return {each.pk: _("This convention has ended.") for each in deliveries}


class EndedLetter(ToRead):
    """It ended, on a day and for a reason."""

    name = "convention_ended"

    @property
    def label(self) -> str:
        return _("end of a convention")

    def said(self, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
        convention = Convention.objects.select_related("amends").get(pk=mailing.key)
        subject = _("Ended: %(title)s") % {"title": convention.title}
        return subject, {"convention": convention, READ_URL: placeholder(READ_URL)}


def sentence_of(notice: ConventionNotice) -> str:
    return {
        NoticeKind.ENDS_SOON: _("The convention ends on %(day)s."),
        NoticeKind.ENDS_NOW: _("The convention ends on %(day)s."),
        NoticeKind.RENEWS: _("The convention goes on by itself after %(day)s."),
        NoticeKind.REVIEW: _("On %(day)s it is time to look at the convention together."),
    }[NoticeKind(notice.kind)]


def what_next(notice: ConventionNotice) -> str:
    ends = _(
        "To go on, both sides sign an amendment before that day. Otherwise the project goes back to the commune: say"
        " which you prefer."
    )
    return {
        NoticeKind.ENDS_SOON: ends,
        NoticeKind.ENDS_NOW: ends,
        NoticeKind.RENEWS: _("If you would rather stop, or change something, say so before that day."),
        NoticeKind.REVIEW: _("What went well, what did not, what must change: call each other."),
    }[NoticeKind(notice.kind)]


def sign_url(request: SignatureRequest) -> str:
    return settings.SITE_URL + reverse("engagement:sign_convention", args=[on_screen.token_of(request)])


def request_of(key: str) -> SignatureRequest:
    return SignatureRequest.objects.select_related("convention__amends", "resident").get(pk=key)


def read_key(key: str) -> tuple[str, dt.datetime]:
    """Of a code's letter: the request, and when the code was made."""
    pk, _colon, stamp = key.partition(":")
    return pk, dt.datetime.strptime(stamp, "%Y%m%d%H%M%S%f").replace(tzinfo=dt.UTC)


def spaced(code: str) -> str:
    """123 456."""
    return f"{code[:3]} {code[3:]}"
