"""What do the letters say that ask how it stands, and the one that tells the town hall of a trouble?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing, Town
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.paper import OnPaper
from communities.post.writing import write
from engagement.caring import asking
from engagement.models import CheckState, StewardshipCheck

CHOICES = {"good_url": CheckState.GOOD, "trouble_url": CheckState.NEEDS_WORK}
ASKED = "etat"


class CheckLetter(LetterKind):
    """What to look at, by when, and two large buttons. Nobody can mute it: they said that they look after it."""

    goes_by_hand = True
    is_reminder = False

    @property
    def label(self) -> str:
        return _("how does it stand, to whoever looks after it")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        check = check_of(mailing)
        context = {**said(check), "name": placeholder(AFTER_HELLO), "is_reminder": self.is_reminder}
        context |= {name: placeholder(name) for name in CHOICES}
        words = write(name="check", language=language, context=context)
        with translation.override(language):
            subject = self.subject(check)
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def subject(self, check: StewardshipCheck) -> str:
        return _("How does it stand? %(title)s") % {"title": check.project}

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: links_of(delivery) for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Not once it was answered, called off, moved, or entrusted to somebody else."""
        check = StewardshipCheck.objects.select_related("project", "resident").filter(pk=mailing.key).first()
        if check is None or not check.is_to_come or not asking.is_open(check) or check.asked_at is None:
            return {delivery.pk: _("This check was done, moved or called off meanwhile.") for delivery in deliveries}
        asked = asking.reached(check)
        others = [delivery for delivery in deliveries if delivery.resident_id and delivery.resident_id not in asked]
        return {delivery.pk: _("It is no longer asked of this person.") for delivery in others}

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, OnPaper]:
        """No button on paper: what to look at, by when, and the telephone."""
        sheet = printed(check_of(mailing), subject=self.subject(check_of(mailing)))
        return {delivery.pk: sheet for delivery in deliveries}


class CheckReminder(CheckLetter):
    """The same question once more, a week after the day."""

    is_reminder = True

    def subject(self, check: StewardshipCheck) -> str:
        return _("We have not heard from you: %(title)s") % {"title": check.project}


class TroubleLetter(LetterKind):
    """To the town hall: what was found, and where to see it."""

    @property
    def label(self) -> str:
        return _("something needs work, to the town hall")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        check = check_of(mailing)
        desk = settings.SITE_URL + reverse("stewardship:inspect", args=[check.pk])
        said = {"check": check, "desk_url": desk, "preferences_url": ""}  # no resident reads it
        words = write(name="check_trouble", language=language, context=said)
        subject = typography.typeset(mailing.title, language=language)
        return Letter(subject=subject, text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        if check_of(mailing).needs_work:
            return {}
        return {delivery.pk: _("Whoever looked has taken it back meanwhile.") for delivery in deliveries}


def check_of(mailing: Mailing) -> StewardshipCheck:
    return asking.checks_with_what_is_said().get(pk=mailing.key)


def said(check: StewardshipCheck) -> dict[str, Any]:
    """What the letter's words are made of."""
    page = getattr(check.project, "page", None)
    return {
        "check": check,
        "project": check.project,
        "duties": list(check.project.duties.all()),
        "page_url": page.full_url or "" if page is not None and page.live else "",
    }


def links_of(delivery: Delivery) -> dict[str, str]:
    """Two addresses of one page, each with its choice made."""
    page = reverse("engagement:check", args=[asking.token_of(delivery)])
    return {name: f"{settings.SITE_URL}{page}?{ASKED}={state.value}" for name, state in CHOICES.items()}


def printed(check: StewardshipCheck, *, subject: str) -> OnPaper:
    """In the language in force."""
    language, town = translation.get_language(), Town.load()
    facts = [(_("What to look at"), check.what), (_("To be done by"), typography.day(check.due_on, language=language))]
    if check.project.place:
        facts.insert(0, (_("Where"), check.project.place))
    phone = typography.phone(town.phone)
    call = _("Call us: %(phone)s.") % {"phone": phone} if phone else _("Come to the town hall and tell us.")
    before = _("You look after this project with others. Please go and see how it stands, then tell us.")
    return OnPaper(
        subject=typography.typeset(subject, language=language),
        before=(typography.typeset(before, language=language),),
        facts=tuple((name, typography.typeset(value, language=language)) for name, value in facts),
        after=(
            typography.typeset(
                _("Is all well? Is something broken or missing? One sentence is enough."), language=language
            ),
            typography.typeset(call, language=language),
        ),
        why=typography.typeset(_("You receive this letter because you look after this project."), language=language),
    )
