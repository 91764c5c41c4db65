"""How does a worker learn that letters wait? By a ring; a lost ring costs a minute, until the sweep."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

CARRY = "communities.post.tasks.carry"
CARRY_ANSWERS = "communities.post.tasks.carry_answers"
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0, "retry_on_timeout": False}

log = logging.getLogger(__name__)


def ring(*, at_once: bool = False) -> None:
    """Ask a worker to carry letters, or `at_once` the answers to people, which have a queue of their own."""
    call(CARRY_ANSWERS if at_once else CARRY)


def call(task: str) -> None:
    """Ask a worker to do `task`; never raise, and wait about a second at most."""
    options = current_app.conf.broker_transport_options | PATIENCE
    try:
        with current_app.connection_for_write(transport_options=options) as broker:
            current_app.send_task(task, connection=broker, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The doorbell is dead (%s); the sweep will find what waits.", error)
