"""How will the letters about a change read, before they exist?"""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities.models import Mailing
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL, UNSUBSCRIBE_URL, Letter, after_hello
from communities.post.kinds import letter_kinds
from communities.post.writing import write_text
from meetings import announcing, facts
from meetings.announcing import Told
from meetings.models import MeetingPage
from meetings.updates import at_the_door, changes
from meetings.updates.changes import Standing
from meetings.updates.foretelling import Foretold

from . import invitation_letters, readers
from .change_letters import ChangeLetter, context_of


def of(*, meeting: MeetingPage, foretold: Foretold, now: dt.datetime) -> Letter:
    """The letter as most of its readers will read it, in the town's language, its links inert; nothing is kept."""
    told = Told(meeting, facts.published(meeting=meeting), announcing.told_at(meeting=meeting, sequence=foretold.told))
    mailing = Mailing(kind=foretold.letter, key=announcing.draft_key(meeting), created_at=now)
    kind, language = letter_kinds[foretold.letter], settings.LANGUAGE_CODE
    if isinstance(kind, ChangeLetter):
        letter = kind.written(told, mailing=mailing, language=language)
    else:
        letter = kind.compose(mailing=mailing, language=language)
    with translation.override(language):
        values = invitation_letters.example_values(address="", token=invitation_letters.EXAMPLE, organizer_name="")
        values |= {"why": _("Here stands why they receive it."), "first_letter": ""} | readers.above_the_question("")
    pages = {UNSUBSCRIBE_URL: settings.SITE_URL, PREFERENCES_URL: settings.SITE_URL}
    return letter.filled(values | pages | {AFTER_HELLO: after_hello("")})


def by_hand(mailing: Mailing, *, aloud: bool) -> str:
    """What a mailing tells, as the town hall posts it, or says it `aloud`: nobody can press a link on paper.

    An invitation that no longer holds is not given to anyone: nothing is said until the letter that replaces it.
    """
    told, language = announcing.told(mailing), settings.LANGUAGE_CODE
    if not at_the_door.is_true(told):
        return _("Wait: the meeting has just changed, and this list is about to.")
    if told.before is None:
        return invitation_letters.by_hand(meeting=told.meeting, language=language, aloud=aloud)
    with translation.override(language):
        told = Told(told.meeting, facts.in_language(told.facts), told.before)
        context = context_of(told) | {"name": "", "aloud": aloud}
        context |= {"is_off": changes.standing(told.facts) is not Standing.ON}
    return write_text(name="change_by_hand", language=language, context=context)
