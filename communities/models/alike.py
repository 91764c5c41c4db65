"""How are fifty thousand rows written or named at once? In one statement, what differs as one string.

A parameter for each row costs ten times what PostgreSQL needs for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, Field, Func, Model, Value
from django.db.models.expressions import RawSQL


def insert(row: Model, *, differing: Mapping[str, Sequence[int] | Sequence[str]], otherwise: str = "") -> int:
    """As many rows like `row` as the columns of `differing` are long, and how many that made; their values, of which
    an array is written "{a,b}", hold no line breaks.

    `otherwise` is what to do about a row that is there already, in SQL (ON CONFLICT ...).
    """
    fields = [field for field in row._meta.concrete_fields if not (field.primary_key or field.generated)]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    arrays = ", ".join(f"string_to_array(%s, E'\\n')::{_type(row._meta.get_field(name))}[]" for name in differing)
    values = [_value(field, row, differing) for field in fields]
    statement = (
        f"INSERT INTO {connection.ops.quote_name(row._meta.db_table)} ({names})"  # noqa: S608 - names of our models
        f" SELECT {', '.join(sql for sql, _same in values)}"
        f" FROM unnest({arrays}) AS each ({', '.join(differing)}) {otherwise}"
    )
    of_every_row = [value for _sql, same in values for value in same]
    columns = ["\n".join(map(str, column)) for column in differing.values()]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_every_row, *columns])
        return int(cursor.rowcount)


def among(pks: Iterable[int]) -> RawSQL:
    """For `pk__in=`: these numbers."""
    return RawSQL("SELECT unnest(string_to_array(%s, ',')::bigint[])", [listed(pks)])


def one_of(column: str, pks: Iterable[int] | Expression) -> Func:
    """For filter(): whether it is one of these numbers, looked up row by row.

    Whatever the planner expects of rows that were written a moment ago: it would join a list of thousands to each of
    the few that it knows of. `pks` may be a blank (see ready), which `listed` fills.
    """
    return Func(
        F(column),
        pks if isinstance(pks, Expression) else Value(listed(pks)),
        template="%(expressions)s, ',')::bigint[])",
        arg_joiner=" = ANY(string_to_array(",
        output_field=BooleanField(),
    )


def listed(pks: Iterable[int]) -> str:
    """Numbers as one_of reads them."""
    return ",".join(map(str, pks))


def is_any(column: str, texts: Expression) -> Func:
    """The same for the words of an array, which is a blank (see ready)."""
    return Func(F(column), texts, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def _value(field: "Field[Any, Any]", row: Model, differing: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """What stands in the SELECT for a column, and its value if every row has the same."""
    if field.name in differing:
        return f"each.{field.name}::{field.db_type(connection)}", []
    value = field.get_db_prep_save(field.pre_save(row, add=True), connection)
    return f"%s::{field.db_type(connection)}", [value]


def _type(field: Any) -> str:
    """The type of one value in an array: an array's own is text, for PostgreSQL would make one of both."""
    column_type = str(field.db_type(connection))
    return "text" if column_type.endswith("[]") else column_type
