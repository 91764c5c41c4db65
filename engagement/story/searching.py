"""Which signed conventions hold these words? By French stems, accents or not; no name is searched."""

from typing import Any

from django.db.models import QuerySet

from communities import speaking
from engagement.models import Convention


def conventions(words: str) -> QuerySet[Any]:
    """Those of the public register that hold all of these folded words, by what it shows of them; the best first."""
    return speaking.of(Convention.objects.held().first_ones(), words, then=["-pk"])
