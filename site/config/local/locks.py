"""Is this copy of the town already running, or did a killed run leave something behind?"""

import contextlib
import fcntl
import os
import signal
import time
from pathlib import Path

from .guardian import is_running
from .trouble import TroubleError

PATIENCE = 60.0


class AlreadyRunningError(TroubleError):
    """La ville tourne déjà dans ce dossier (processus {pid}) : arrêtez-la d'abord avec Ctrl-C dans son terminal."""


class LeftoversError(TroubleError):
    """Des processus d'un démarrage précédent vivent encore dans {folder} : arrêtez-les, ou redémarrez la machine."""


def be_the_only_one(state: Path) -> int:
    """Take the right to run this copy; returns the descriptor that holds it, for our guardian to inherit.

    A guardian holds it until it has stopped what a killed run left, so we wait for that one.
    """
    descriptor = opened(state / "running")
    deadline = time.monotonic() + PATIENCE
    while not is_taken(descriptor):
        pid = os.pread(descriptor, 20, 0).decode().strip()
        if (pid.isdigit() and is_running(int(pid))) or time.monotonic() > deadline:
            raise AlreadyRunningError(pid=pid or "inconnu")
        time.sleep(0.1)
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def outlive_leftovers(state: Path) -> int:
    """End what a run killed together with its guardian left; returns a descriptor for our children to inherit.

    A child holds this lock as long as it lives, so whoever gets it knows that sockets and pid files lying about are
    nobody's.
    """
    descriptor = opened(state / "children")
    deadline = time.monotonic() + PATIENCE
    while not is_taken(descriptor):
        if time.monotonic() > deadline:
            raise LeftoversError(folder=state)
        for pid in holders(state / "children"):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
    return descriptor


def opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def holders(path: Path) -> set[int]:
    """Every other process that has this very file open; known on Linux only."""
    wanted = path.stat()
    return {
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if int(process.name) != os.getpid() and has_open(process, wanted)
    }


def has_open(process: Path, wanted: os.stat_result) -> bool:
    with contextlib.suppress(OSError):
        return any(is_same(link, wanted) for link in (process / "fd").iterdir())
    return False


def is_same(link: Path, wanted: os.stat_result) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samestat(link.stat(), wanted)
    return False
