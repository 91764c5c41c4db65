"""How are rows read by the hundred thousand? Their columns straight into the object."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class ReadInNumbers(models.Model):
    """A row from the database without `__init__` and its signals, which take four times as long as the rest.

    Django allows another `from_db`; a column that was not read is asked for when it is wanted, as usual. For models
    that nobody hears pre_init and post_init of.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_terms: Any) -> Self:
        row = cls.__new__(cls)
        row.__dict__.update(zip(field_names, values, strict=True))
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        return row
