"""What differs between two tellings of a meeting, must people hear of it, and does their answer still hold?"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import folding, typography
from meetings.calendars.calendar_files import MeetingFacts

ALIKE = 0.75  # two spellings of one word; shorter words than SPELLABLE are another word as soon as they differ
SPELLABLE = 4


class Standing(Enum):
    """Whether a meeting takes place, as residents were told it."""

    ON = "on"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


def standing(told: MeetingFacts) -> Standing:
    if told.is_cancelled:
        return Standing.CANCELLED
    return Standing.POSTPONED if told.title_prefix else Standing.ON


def appointment(told: MeetingFacts) -> tuple[Any, ...]:
    """What a person relies on: when, where, and that it takes place. A letter with another one must not leave."""
    return (standing(told), told.starts_at, told.ends_at, told.place, told.online_url)


def must_be_told(before: MeetingFacts, now: MeetingFacts) -> bool:
    """Whether people told `before` must hear of `now`: its date, its place, its title, whether it is on.

    What is called off has no date: only that it is called off is told. A typing mistake put right is not told.
    """
    if standing(before) != standing(now):
        return True
    if standing(now) is not Standing.ON:
        return False
    return shows_otherwise(before, now)


def shows_otherwise(before: MeetingFacts, now: MeetingFacts) -> bool:
    """Whether calendars show something else, which asks for another SEQUENCE (RFC 5546 §2.1.4)."""
    same = (before.status, appointment(before)) == (now.status, appointment(now))
    return not same or not same_title(before.title, now.title)


def same_title(before: str, now: str) -> bool:
    """The same words, a typing mistake aside; another number is another title."""
    ours, theirs = folding.words(before).split(), folding.words(now).split()
    return len(ours) == len(theirs) and all(same_word(*pair) for pair in zip(ours, theirs, strict=True))


def same_word(before: str, now: str) -> bool:
    if before == now:
        return True
    if any(character.isdigit() for character in before + now) or min(len(before), len(now)) < SPELLABLE:
        return False
    return SequenceMatcher(None, before, now).ratio() >= ALIKE


def asks_again(before: MeetingFacts, now: MeetingFacts) -> bool:
    """Whether an answer to `before` says nothing of `now`: another day or hour, elsewhere, or on again."""
    if standing(now) is not Standing.ON:
        return False
    moved = (before.starts_at, before.ends_at) != (now.starts_at, now.ends_at)
    return moved or standing(before) is not Standing.ON or is_elsewhere(before, now)


def is_elsewhere(before: MeetingFacts, now: MeetingFacts) -> bool:
    """Another address; another room at the same address is no other place to go to."""
    same_address = bool(before.address) and before.address == now.address
    return before.place != now.place and not same_address


def sentence(before: MeetingFacts | None, now: MeetingFacts) -> str:
    """What happened, in one sentence that opens a letter."""
    if standing(now) is Standing.POSTPONED:
        return _("This meeting is postponed. Its new date is still to come: you will be told it.")
    if standing(now) is Standing.CANCELLED:
        return _("This meeting is cancelled. It does not take place:")
    if before and standing(before) is not Standing.ON:
        return _("This meeting takes place after all. Here it is:")
    if before and asks_again(before, now):
        return _("The date or the place of this meeting has changed:")
    return _("Something has changed in this meeting:")


@dataclass(frozen=True)
class Change:
    """One thing that differs, in words: its label, what it was, what it is; either may be empty."""

    label: str
    before: str
    now: str


def in_words(before: MeetingFacts, now: MeetingFacts) -> list[Change]:
    """What a reader sees differ, in the language of now."""
    pairs = [
        (_("What"), title_in_words(before, now), now.title),
        (_("When"), when(before), when(now)),
        (_("Where"), before.place, now.place),
        (_("Online"), before.online_url, now.online_url),
        (_("State"), state(before), state(now)),
    ]
    return [Change(label, was, is_now) for label, was, is_now in pairs if was != is_now]


def title_in_words(before: MeetingFacts, now: MeetingFacts) -> str:
    return now.title if same_title(before.title, now.title) else before.title


def when(told: MeetingFacts) -> str:
    return typography.span(told.starts_at, told.ends_at, language=get_language())


def state(told: MeetingFacts) -> str:
    """In one word, as the town hall says it."""
    if standing(told) is Standing.CANCELLED:
        return _("cancelled")
    if standing(told) is Standing.POSTPONED:
        return _("postponed")
    return _("to be confirmed") if told.status == "tentative" else _("confirmed")
