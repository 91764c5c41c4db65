"""Whom do we write to about a convention? Those who carry it, and the town hall."""

import datetime as dt

from django.utils.translation import gettext as _

from communities.models import Priority
from communities.post import mailings
from engagement import telling
from engagement.models import Convention

SIGNED_LETTER, NOTICE_LETTER, ENDED_LETTER = "convention-signed", "convention-notice", "convention-ended"


def tell_signed(*, convention: Convention, holders_know: bool, now: dt.datetime) -> None:
    """To the town hall always; to those who carry it, unless the letter of their project's passage tells them."""
    title = _("Signed: %(title)s") % {"title": convention.title}
    if not holders_know:
        to_residents(kind=SIGNED_LETTER, key=str(convention.pk), title=title, convention=convention, now=now)
    to_the_commune(kind=SIGNED_LETTER, key=str(convention.pk), title=title, convention=convention, now=now)


def to_both(*, kind: str, key: str, title: str, convention: Convention, now: dt.datetime) -> None:
    to_residents(kind=kind, key=key, title=title, convention=convention, now=now)
    to_the_commune(kind=kind, key=key, title=title, convention=convention, now=now)


def to_residents(*, kind: str, key: str, title: str, convention: Convention, now: dt.datetime) -> None:
    """Each who carries the project, by e-mail, on paper or by telephone."""
    addressees = [
        mailings.Addressee(resident.pk, channel)
        for resident in telling.holders_of(convention.project)
        if (channel := telling.way_to(resident)) is not None
    ]
    if addressees:
        mailings.post(
            kind=kind,
            key=key,
            title=title,
            addressees=addressees,
            priority=Priority.TRANSACTIONAL,
            at_any_hour=True,
            now=now,
        )


def to_the_commune(*, kind: str, key: str, title: str, convention: Convention, now: dt.datetime) -> None:
    """To the officer of the project, else to the town hall's mailbox; to nobody where neither may be written to."""
    address = telling.mailbox_of(convention.project)
    if address:
        mailings.post_to_address(kind=kind, key=key, title=title, address=address, now=now)
