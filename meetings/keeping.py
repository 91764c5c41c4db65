"""Which meetings may not go, nor be hidden? Those that residents know of: what was said to them is kept."""

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
    """Residents were sent to this meeting's page: cancel it instead, and they read that on its page."""

    def __init__(self, meeting: MeetingPage) -> None:
        words = _(
            "Residents know of “%(title)s”: its page stays for them. Change its status to cancelled instead, and they"
            " read it there."
        )
        super().__init__(words % {"title": meeting.title})


def refuse_to_delete(*, pages: Iterable[Page]) -> None:
    """Raise CannotBeDeleted if one of these pages, or a page below one, is a meeting that residents know of."""
    for page in pages:
        known = known_below(page).first()
        if known:
            raise CannotBeDeleted(known)


def refuse_to_unpublish(*, pages: Iterable[Page]) -> None:
    """Raise CannotBeUnpublished if one of these pages, or one below, is a published meeting residents know of."""
    for page in pages:
        known = known_below(page).live().first()
        if known:
            raise CannotBeUnpublished(known)


def known_below(page: Page) -> MeetingQuerySet:
    below: MeetingQuerySet = MeetingPage.objects.descendant_of(page, inclusive=True).announced()
    return below
