"""Which of these letters wait for their provider's next minutes, so that it does not take us for a flood?"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from communities.models import Priority

from . import limits
from .preparing import Ready


@dataclass
class Paced:
    """Letters that leave now, and for the others by how many minutes they wait."""

    leaving: list[Ready] = field(default_factory=list)
    waiting: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def pace(letters: Sequence[Ready], *, take: Callable[..., int]) -> Paced:
    """What a person waits for never waits for a provider, but counts; the others are spread over coming minutes.

    `take(provider, letters=)` says how many may leave now; asked once for each provider.
    """
    paced = Paced()
    asked: dict[str, list[Ready]] = defaultdict(list)
    for letter in letters:
        asked[limits.provider_of(letter.recipient)].append(letter)
    held: set[int] = set()
    for provider, group in asked.items():
        granted = take(provider, letters=len(group))
        late = [letter for letter in group[granted:] if letter.delivery.priority != Priority.TRANSACTIONAL]
        for place, letter in enumerate(late):
            paced.waiting[1 + place // max(1, limits.a_minute(provider))].append(letter.delivery.pk)
            held.add(letter.delivery.pk)
    paced.leaving = [letter for letter in letters if letter.delivery.pk not in held]
    return paced
