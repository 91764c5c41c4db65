"""How is a sent letter remembered at once, without waiting? By a fenced UPDATE, answered one letter later."""

import select
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from communities.models import DeliveryState

# A mark counts only under the claim that carried the letter. Unnamed, so that nothing is left on the connection.
MARK = b"""
    UPDATE communities_delivery
    SET state = $1, reason = $2, message_id = $3, ended_at = $4::timestamptz,
        next_attempt_at = coalesce($5::timestamptz, next_attempt_at),
        provider_id = $8, attempts = attempts + 1, claim = NULL, claimed_until = NULL
    WHERE id = $6::bigint AND claim = $7::uuid AND state = 'pending'
"""


class InsideATransaction(Exception):
    """Marks must be durable one by one: they are not made inside a transaction."""


class MarkFailed(Exception):
    """PostgreSQL did not take the mark."""


class FenceLost(Exception):
    """Another worker holds this letter now: its lease was over before the mark."""


class Marks:
    """Marks under one claim, on Django's own connection, which nothing else may use meanwhile."""

    def __init__(self, *, claim: UUID) -> None:
        self._claim = str(claim).encode()
        self._waiting = False

    def __enter__(self) -> Self:
        """Raise InsideATransaction unless the connection commits each statement."""
        if connection.in_atomic_block or not connection.get_autocommit():
            raise InsideATransaction
        connection.ensure_connection()
        self._pg = connection.connection.pgconn
        self._check(self._pg.prepare(b"", MARK))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.settle()

    def make(
        self,
        pk: int,
        *,
        state: DeliveryState,
        reason: str = "",
        message_id: str = "",
        ended_at: datetime | None = None,
        next_attempt_at: datetime | None = None,
        provider_id: str = "",
    ) -> None:
        """Send the mark of one attempt after the one before has answered. Raise FenceLost, MarkFailed for that one."""
        self.settle()
        values = [state.value, reason, message_id, _time(ended_at), _time(next_attempt_at), str(pk)]
        written = [None if value is None else value.encode() for value in values]
        self._pg.send_query_prepared(b"", [*written, self._claim, provider_id[:255].encode()])
        self._waiting = True
        while self._pg.flush():
            select.select([], [self._pg.socket], [])

    def settle(self) -> None:
        """Wait for the last mark's answer, if it has not been read."""
        if not self._waiting:
            return
        self._waiting = False
        result = self._pg.get_result()
        while self._pg.get_result():
            pass
        self._check(result)
        if result.command_tuples != 1:
            raise FenceLost

    def _check(self, result: PGresult | None) -> None:
        if result is None or result.status != ExecStatus.COMMAND_OK:
            words = (self._pg if result is None else result).get_error_message()
            connection.close()
            raise MarkFailed(words)


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
