"""Which meetings may not go, nor be hidden or put elsewhere? Those that residents know of: what was said is kept.

Until one is cancelled and that was told, its page stays where its letters lead; it is never deleted. The database holds
the same (0009), so that no other way round is left; here are the words.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from . import refusals
from .models import MeetingPage
from .models.meeting import MeetingQuerySet


class CannotBeDeleted(refusals.Refusal):
    """Residents know of this meeting: cancel it instead, and they are told."""

    def __init__(self, meeting: MeetingPage) -> None:
        words = _("Residents know of “%(title)s”: it cannot be deleted. Change its status to cancelled instead.")
        super().__init__(words % {"title": meeting.title})


class CannotBeUnpublished(refusals.Refusal):
    """Residents were sent to this meeting's page: cancel it first, and they are told."""

    def __init__(self, meeting: MeetingPage) -> None:
        words = _(
            "Residents know of “%(title)s”: its page stays for them. Change its status to cancelled instead, and they"
            " are told; it can be unpublished afterwards."
        )
        super().__init__(words % {"title": meeting.title})


class CannotBeMoved(refusals.Refusal):
    """Residents were sent to this meeting's page: it stays where it is."""

    def __init__(self, meeting: MeetingPage) -> None:
        words = _(
            "Residents know of “%(title)s”: its page stays where it is. Change its status to cancelled first, and they"
            " are told."
        )
        super().__init__(words % {"title": meeting.title})


def refuse_to_delete(*, pages: Iterable[Page]) -> None:
    """Raise CannotBeDeleted if one of these pages, or a page below one, is a meeting that residents know of."""
    for page in pages:
        known = below(page).announced().first()
        if known:
            raise CannotBeDeleted(known)


def refuse_to_unpublish(*, pages: Iterable[Page]) -> None:
    """Raise CannotBeUnpublished if one of these pages, or one below, is a published meeting residents count on."""
    for page in pages:
        known = below(page).live().counted_on().first()
        if known:
            raise CannotBeUnpublished(known)


def refuse_to_move(*, pages: Iterable[Page], parent: Page) -> None:
    """Raise CannotBeMoved if one of these pages is a meeting residents count on, and `parent` is not where it is.

    A page above it may move: it takes the meeting along, and its old address leads to the new one.
    """
    for page in pages:
        known = MeetingPage.objects.filter(pk=page.pk).counted_on().first()
        if known and not known.is_child_of(parent):
            raise CannotBeMoved(known)


def below(page: Page) -> MeetingQuerySet:
    """The meetings among a page and those below it."""
    meetings: MeetingQuerySet = MeetingPage.objects.descendant_of(page, inclusive=True)
    return meetings
