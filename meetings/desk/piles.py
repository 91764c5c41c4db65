"""What one person typed in of a pile of slips, the last one first: answers, and places on a waiting list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings.models import Answer, Invitation, WaitingPlace

ANSWER, PLACE, STOOD = "answer", "place", "stood"
"""A slip's answer; a place that it took; a place that its writer had before, not theirs to lose by undoing."""


@dataclass(frozen=True)
class Typed:
    """One slip: the person, what became of it in words, and the key by which it is undone, if it can be."""

    key: str
    recorded: Answer | WaitingPlace

    @property
    def invitation(self) -> Invitation:
        return self.recorded.invitation

    @property
    def place(self) -> WaitingPlace | None:
        return self.recorded if isinstance(self.recorded, WaitingPlace) else None

    @property
    def may_be_undone(self) -> bool:
        return not self.key.startswith(STOOD)

    @property
    def words(self) -> str:
        people = f" (+{self.recorded.guests})" if self.recorded.guests else ""
        if self.place:
            return _("waiting list: %(state)s") % {"state": self.place.get_state_display()} + people
        return f"{self.recorded.get_choice_display()}{people}"  # type: ignore[union-attr]  # no place: an answer


def key_of(recorded: Answer | WaitingPlace, *, stood: bool = False) -> str:
    """What a browser is given to name it; `stood`: they were on the list before the slip."""
    kind = ANSWER if isinstance(recorded, Answer) else STOOD if stood else PLACE
    return f"{kind}:{recorded.pk}"


def find(keys: Sequence[str]) -> list[Typed]:
    """Those that are still there, in the order of the keys; two queries."""
    more = ("invitation__resident", "invitation__meeting", "invitation__help_asked")
    answers = Answer.objects.filter(pk__in=numbers(keys, {ANSWER})).select_related(*more).in_bulk()
    places = WaitingPlace.objects.filter(pk__in=numbers(keys, {PLACE, STOOD})).select_related(*more).in_bulk()
    found = [(key, (answers if key.startswith(ANSWER) else places).get(number_in(key))) for key in keys]
    return [Typed(key, recorded) for key, recorded in found if recorded is not None]


def numbers(keys: Iterable[str], kinds: set[str]) -> list[int]:
    return [number_in(key) for key in keys if key.partition(":")[0] in kinds]


def number_in(key: str) -> int:
    number = key.partition(":")[2]
    return int(number) if number.isdecimal() else 0
