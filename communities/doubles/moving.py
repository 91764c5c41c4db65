"""How does one record get the rows of another? All at once; what a person may have only once is told apart."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model

from communities.models import Resident

Row = TypeVar("Row", bound=Model)


def move(
    model: type[Row], *, kept: Resident, gone: Resident, field: str = "resident", once_per: Sequence[str] = ()
) -> list[tuple[Row, Row]]:
    """Every row of `gone` is `kept`'s from now on, save those of which they have one already: (theirs, the other).

    `once_per` names the columns (by attribute, "meeting_id") of which a person has one row.
    """
    rows = model._base_manager.filter(**{field: gone.pk})
    twins = twins_of(model, kept=kept, gone=gone, field=field, once_per=once_per) if once_per else []
    rows.exclude(pk__in=[other.pk for _theirs, other in twins]).update(**{field: kept.pk})
    return twins


def twins_of(
    model: type[Row], *, kept: Resident, gone: Resident, field: str, once_per: Sequence[str]
) -> list[tuple[Row, Row]]:
    def about(row: Row) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in once_per)

    theirs = {about(row): row for row in model._base_manager.filter(**{field: kept.pk})}
    others = model._base_manager.filter(**{field: gone.pk}).order_by("pk")
    return [(theirs[about(other)], other) for other in others if about(other) in theirs]
