"""Which meetings may not go? Those that residents know of: what was said to them is kept."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from . import refusals
from .models import MeetingPage


class CannotBeDeleted(refusals.Refusal):
    """Residents know of this meeting: cancel it instead, and they are told."""

    def __init__(self, meeting: MeetingPage) -> None:
        words = _("Residents know of “%(title)s”: it cannot be deleted. Change its status to cancelled instead.")
        super().__init__(words % {"title": meeting.title})


def refuse_to_delete(*, pages: Iterable[Page]) -> None:
    """Raise CannotBeDeleted if one of these pages, or a page below one, is a meeting that residents know of."""
    for page in pages:
        known = MeetingPage.objects.descendant_of(page, inclusive=True).announced().first()
        if known:
            raise CannotBeDeleted(known)
