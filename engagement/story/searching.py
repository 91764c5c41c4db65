"""Which signed conventions hold these words? By French stems, accents or not; no name is searched."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import QuerySet

from communities.folding import FoldedWords, Joined
from engagement.models import Convention


def conventions(words: str) -> QuerySet[Any]:
    """Those of the public register that hold all of these folded words, by what it shows of them; the best first."""
    title = SearchVector(FoldedWords("title"), weight="A", config="french")
    vector = title + SearchVector(FoldedWords(Joined("summary", "number")), weight="C", config="french")
    asked = SearchQuery(words, config="french")
    found = Convention.objects.held().first_ones().annotate(speech=vector, rank=SearchRank(vector, asked))
    return found.filter(speech=asked).order_by("-rank", "-pk")
