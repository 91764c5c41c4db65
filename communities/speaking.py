"""Which rows hold these words? By French stems, accents or not: PostgreSQL keeps what each row says."""

from functools import reduce
from operator import add, or_
from typing import Any, TypeVar

from django.contrib.postgres.search import (
    CombinedSearchVector,
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db.models import F, GeneratedField, QuerySet

from .folding import FoldedWords, Joined

FRENCH = "french"
Rows = TypeVar("Rows", bound=QuerySet[Any])


def kept(**columns: list[str]) -> GeneratedField:
    """The column `speech` of a model: kept(A=["title"], C=["what", "place"]), the letter being the weight."""
    said = [
        SearchVector(FoldedWords(Joined(*names)), weight=weight, config=FRENCH) for weight, names in columns.items()
    ]
    return GeneratedField(expression=reduce(add, said), output_field=SearchVectorField(), db_persist=True)


def of(rows: Rows, words: str, *, then: list[str]) -> Rows:
    """Those that hold all of these folded words, the best first; among equals, in the order `then`."""
    asked = SearchQuery(words, config=FRENCH)
    return best_first(rows.filter(speech=asked), asked, then)


def of_or_near(rows: Rows, words: str, *, then: list[str]) -> Rows:
    """Those that hold all of these folded words, their neighbourhood's name helping; those that hold most, first.

    Two questions, because each has its index: who says it all, and of those near a place so named, who says the rest.
    """
    asked = SearchQuery(words, config=FRENCH)
    any_of_them = reduce(or_, (SearchQuery(word, config=FRENCH) for word in dict.fromkeys(words.split())))
    with_its_place = CombinedSearchVector(F("speech"), "||", F("neighbourhood__speech"), FRENCH)
    near = rows.filter(neighbourhood__speech=any_of_them).alias(both=with_its_place).filter(both=asked)
    found = rows.filter(speech=asked).order_by().values("pk").union(near.order_by().values("pk"))
    return best_first(rows.filter(pk__in=found), asked, then)


def best_first(rows: Rows, asked: SearchQuery, then: list[str]) -> Rows:
    return rows.order_by(SearchRank(F("speech"), asked).desc(), *then)
