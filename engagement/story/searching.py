"""Which public ideas and signed conventions hold these words? By French stems, accents or not; no name is searched."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import QuerySet

from communities.folding import FoldedWords, Joined
from engagement.models import Convention, Idea


def ideas(words: str) -> QuerySet[Idea]:
    """Those that staff made public; the title weighs most."""
    return speaking(Idea.objects.public(), words, name="title", rest=("what", "place"))


def conventions(words: str) -> QuerySet[Convention]:
    """Those of the public register, by what it shows of them."""
    return speaking(Convention.objects.held().first_ones(), words, name="title", rest=("summary", "number"))


def speaking(found: QuerySet[Any], words: str, *, name: str, rest: tuple[str, ...]) -> QuerySet[Any]:
    """All of these folded words, the best first."""
    title = SearchVector(FoldedWords(name), weight="A", config="french")
    vector = title + SearchVector(FoldedWords(Joined(*rest)), weight="C", config="french")
    asked = SearchQuery(words, config="french")
    return found.annotate(speech=vector, rank=SearchRank(vector, asked)).filter(speech=asked).order_by("-rank", "-pk")
