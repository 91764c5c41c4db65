"""Ideas as residents write them down."""

from django.utils import timezone

from engagement.ideas import drafting
from engagement.models import Idea

WHOLE = {
    "title": "Un jardin partagé",
    "what": "Cultiver ensemble la friche derrière l’école.",
    "commits": "Bêcher, planter, arroser.",
    "of_age": True,
}


def begun(*, email: str = "ada@example.org", **facts: object) -> Idea:
    """A draft with all that it takes to be sent, unless said otherwise."""
    return drafting.begin(email=email, name="Ada Terril", facts=WHOLE | facts, now=timezone.now())
