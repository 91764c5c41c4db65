"""How is the same said to PostgreSQL hundreds of times in a second? Its SQL is made once, and prepared there.

Django builds a statement anew each time and PostgreSQL plans it anew, which costs both of them several times what the
rows cost. Here a QuerySet with blanks is made SQL once in a process; a row is written by a statement made once for its
model. Transactions and errors are Django's own. Prepared statements belong to a session, as advisory locks do: between
here and PostgreSQL stands nothing that shares one among several.
"""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import BigIntegerField, DateTimeField, Expression, Field, Model, QuerySet, TextField
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
AT_THE_FIRST_TIME = 0


class Blank(Expression):
    """Stands in a QuerySet for a value that is given when the question is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def filled(self, given: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(given[self.name], connection)


def number(name: str) -> Any:
    """For a primary key, or a number."""
    return Blank(name, BigIntegerField())


def text(name: str) -> Any:
    """For words, or a list of numbers or of words: see alike."""
    return Blank(name, TextField())


def texts(name: str) -> Any:
    """For an array of words."""
    return Blank(name, ArrayField(TextField()))


def moment(name: str) -> Any:
    """For a date and its hour."""
    return Blank(name, DateTimeField())


class Question:
    """Rows of values; `asked` makes the QuerySet, once in a process, when the question is asked first.

    One `of_many` has a list among its blanks: PostgreSQL plans it each time, for without seeing the list it would
    rather read a whole town than look up each.
    """

    def __init__(self, asked: Callable[[], QuerySet[Any, Any]], *, of_many: bool = False) -> None:
        self.asked, self.of_many = asked, of_many

    @cached_property
    def statement(self) -> tuple[str, list[Any], SQLCompiler]:
        """And the compiler that made it, which knows where each column is. Threads share it once it has; none may ask
        it for another, nor see it at work.
        """
        compiler = self.asked().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return sql, list(parameters), compiler

    def ask(self, **given: Any) -> list[tuple[Any, ...]]:
        """The rows, as `values_list` gives them; a KeyError for a blank that nothing was given for."""
        sql, parameters, _compiler = self.statement
        ours = connections[DEFAULT_DB_ALIAS]
        filled = [value.filled(given, ours) if isinstance(value, Blank) else value for value in parameters]
        with ours.cursor() if self.of_many else prepared() as cursor:
            cursor.execute(sql, filled)
            return cursor.fetchall()


class Rows(Question, Generic[Row]):
    """Rows of a model, with the related rows and annotations that the QuerySet asks for; prefetches are not made."""

    def read(self, **given: Any) -> list[Row]:
        """As iterating the QuerySet would give them."""
        _sql, _parameters, compiler = self.statement
        kind = compiler.klass_info
        own = slice(kind["select_fields"][0], kind["select_fields"][-1] + 1)
        names = [column[0].target.attname for column in compiler.select[own]]
        related = get_related_populators(kind, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # Django 5.2
        rows: list[Row] = []
        found: list[Any] = [self.ask(**given)]
        for values in compiler.results_iter(found):
            row = kind["model"].from_db(DEFAULT_DB_ALIAS, names, values[own])
            for populator in related:
                populator.populate(values, row)
            row.__dict__.update((name, values[place]) for name, place in compiler.annotation_col_map.items())
            rows.append(row)
        return rows


def made(model: type[Row], names: tuple[str, ...], values: Sequence[Any]) -> Row:
    """A row of `model` from what a Question asked of it; columns that it did not ask are read when they are needed."""
    loaded = _in_the_models_order(model, names)
    return model.from_db(DEFAULT_DB_ALIAS, loaded, [values[place] for place in loaded.values()])


def insert(row: Model) -> None:
    """A new row, which has its key then. Raise IntegrityError, as `save` does."""
    _keyed(row, _written(row, _fields(type(row)), _insertion(type(row))))


def insert_once(row: Model) -> bool:
    """Whether it is new, and then it has its key; one that a constraint of uniqueness knows already changes nothing."""
    found = _written(row, _fields(type(row)), _insertion(type(row), " ON CONFLICT DO NOTHING"))
    return _keyed(row, found)


def update(row: Model, names: tuple[str, ...]) -> None:
    """Write these fields of a row that is there."""
    _written(row, _fields(type(row), names), _change(type(row), names), row.pk)


def prepared() -> CursorWrapper:
    """A cursor whose statements PostgreSQL keeps ready, counted and logged as any of Django's."""
    ours = connections[DEFAULT_DB_ALIAS]
    ours.close_if_health_check_failed()
    ours.ensure_connection()
    ours.connection.prepare_threshold = AT_THE_FIRST_TIME
    cursor: Any = ServerBindingCursor(ours.connection)  # type: ignore[call-arg]  # psycopg's own
    return ours.make_debug_cursor(cursor) if ours.queries_logged else ours.make_cursor(cursor)


def _written(row: Model, fields: Sequence["Field[Any, Any]"], statement: str, *more: Any) -> tuple[Any, ...] | None:
    """What the statement returned."""
    ours, is_new = connections[DEFAULT_DB_ALIAS], row._state.adding
    values = [field.get_db_prep_save(field.pre_save(row, add=is_new), ours) for field in fields]
    with prepared() as cursor:
        cursor.execute(statement, [*values, *more])
        return cursor.fetchone() if cursor.description else None


def _keyed(row: Model, returned: tuple[Any, ...] | None) -> bool:
    """Whether it was written; then it is as `save` leaves it."""
    if returned is not None:
        (row.pk,) = returned
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return returned is not None


@cache
def _in_the_models_order(model: type[Model], names: tuple[str, ...]) -> dict[str, int]:
    """Each of these columns, and where in `names` it stands."""
    columns = [field.attname for field in model._meta.concrete_fields]
    return {name: names.index(name) for name in columns if name in names}


@cache
def _fields(model: type[Model], names: tuple[str, ...] = ()) -> list["Field[Any, Any]"]:
    """Those of that name, or every one that is ours to write."""
    if names:
        return [model._meta.get_field(name) for name in names]  # type: ignore[misc]  # no relation from elsewhere
    return [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]


@cache
def _insertion(model: type[Model], otherwise: str = "") -> str:
    table, key, columns = _names(model, _fields(model))
    values = ", ".join(f"%s::{field.db_type(connection)}" for field in _fields(model))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}){otherwise} RETURNING {key}"  # noqa: S608 - names of our models


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> str:
    table, key, columns = _names(model, _fields(model, names))
    return f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"  # noqa: S608 - names of our models


def _names(model: type[Model], fields: Sequence["Field[Any, Any]"]) -> tuple[str, str, list[str]]:
    """Table, primary key and columns, quoted."""
    quoted = connection.ops.quote_name
    columns = [quoted(str(field.column)) for field in fields]
    return quoted(model._meta.db_table), quoted(str(model._meta.pk.column)), columns
