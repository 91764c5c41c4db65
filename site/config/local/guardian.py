"""Who stops the children, whatever becomes of their parent? This one: it waits for the parent's end of a pipe to close.

Runs alone, with the standard library only. One line for each child: "<pid> <signal> <seconds of patience>"; a line
"remove <folder>" names a temporary folder to take away at the end.
"""

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path


def is_running(pid: int) -> bool:
    """Whether a process still runs; one that ended and was not yet reaped does not."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
    return True


def stop(*, pid: int, with_signal: int, patience: float) -> None:
    """Ask the leader of a group to end, then end what is left of the group."""
    with contextlib.suppress(OSError):
        os.kill(pid, with_signal)
    deadline = time.monotonic() + patience
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def watch() -> None:
    """Remember what is announced; when the parent is gone or says so, stop the last started first."""
    children: list[tuple[int, int, float]] = []
    folders: list[str] = []
    for line in sys.stdin:
        word, *rest = line.rstrip("\n").split(" ", 1 if line.startswith("remove ") else 2)
        if word == "remove":
            folders.append(rest[0])
        else:
            children.append((int(word), int(rest[0]), float(rest[1])))
    for pid, with_signal, patience in reversed(children):
        stop(pid=pid, with_signal=with_signal, patience=patience)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    watch()
