"""How does a worker learn that letters wait? By a ring; a lost ring costs a minute, until the sweep."""

import logging
import os
import threading

from celery import current_app
from kombu.connection import Connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NoAnswer

CARRY = "communities.post.tasks.carry"
CARRY_ANSWERS = "communities.post.tasks.carry_answers"
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0, "retry_on_timeout": False}
DEAD = (OperationalError, RedisError, OSError)

log = logging.getLogger(__name__)


class Line(threading.local):
    """The connection to the broker that a thread keeps from one ring to the next, and the process that opened it."""

    broker: Connection | None = None
    process = 0


line = Line()


def ring(*, at_once: bool = False) -> None:
    """Ask a worker to carry letters, or `at_once` the answers to people, which have a queue of their own."""
    call(CARRY_ANSWERS if at_once else CARRY)


def call(task: str) -> None:
    """Ask a worker to do `task`; never raise, and wait about a second at most."""
    try:
        if not was_heard(task):
            send(task, opened())
    except DEAD as error:
        hang_up()
        log.warning("The doorbell is dead (%s); the sweep will find what waits.", error)


def was_heard(task: str) -> bool:
    """Over the line that is kept, if there is one; a broker that was started anew meanwhile has let it fall.

    Raise where nobody answers: dialling once more would only take longer.
    """
    if line.broker is None or line.process != os.getpid():
        return False
    try:
        send(task, line.broker)
    except DEAD as error:
        hang_up()
        if isinstance(error, NoAnswer) or isinstance(error.__cause__, NoAnswer):
            raise
        return False
    return True


def send(task: str, broker: Connection) -> None:
    current_app.send_task(task, connection=broker, retry=False)


def opened() -> Connection:
    options = current_app.conf.broker_transport_options | PATIENCE
    line.broker, line.process = current_app.connection_for_write(transport_options=options), os.getpid()
    return line.broker


def hang_up() -> None:
    """Close this thread's line, if this process opened it."""
    broker, line.broker = line.broker, None
    if broker is not None and line.process == os.getpid():
        broker.release()  # type: ignore[no-untyped-call]  # kombu's
