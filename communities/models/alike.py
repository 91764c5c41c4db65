"""How are fifty thousand rows that are almost alike written at once? One INSERT; what differs comes as arrays."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model, *, differing: Mapping[str, Sequence[Any]], otherwise: str = "") -> None:
    """As many rows like `row` as the columns of `differing` are long. Values of an array column: "{a,b}".

    `otherwise` is what to do about a row that is there already, in SQL (ON CONFLICT ...).
    """
    fields = [field for field in row._meta.concrete_fields if not (field.primary_key or field.generated)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    arrays = ", ".join(f"%s::text[]::{_type(row._meta.get_field(name))}[]" for name in differing)
    values = [_value(field, row, differing) for field in fields]
    statement = (
        f"INSERT INTO {connection.ops.quote_name(row._meta.db_table)} ({names})"  # noqa: S608 - names of our models
        f" SELECT {', '.join(sql for sql, _same in values)}"
        f" FROM unnest({arrays}) AS each ({', '.join(differing)}) {otherwise}"
    )
    of_every_row = [value for _sql, same in values for value in same]
    columns = [[str(value) for value in column] for column in differing.values()]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_every_row, *columns])


def _value(field: "Field[Any, Any]", row: Model, differing: Mapping[str, Sequence[Any]]) -> tuple[str, list[Any]]:
    """What stands in the SELECT for a column, and its value if every row has the same."""
    if field.name in differing:
        return f"each.{field.name}::{field.db_type(connection)}", []
    value = field.get_db_prep_save(field.pre_save(row, add=True), connection)
    return f"%s::{field.db_type(connection)}", [value]


def _type(field: Any) -> str:
    """The type of one value in an array: an array's own is text, for PostgreSQL would make one of both."""
    column_type = str(field.db_type(connection))
    return "text" if column_type.endswith("[]") else column_type
