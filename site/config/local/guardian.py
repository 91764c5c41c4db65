"""Who stops the children, whatever becomes of their parent? This one: it waits for the parent's end of a pipe to close.

Runs alone, with the standard library only. One line for each child: "served <pid> <signal> <seconds of patience>", or
"serving ..." for what the others need until they end; "remove <folder>" names a temporary folder to take away then.
"""

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path

Child = tuple[int, int, float]


def is_running(pid: int) -> bool:
    """Whether a process still runs; one that ended and was not yet reaped does not."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
        )
    return True


def stop(children: list[Child]) -> None:
    """Ask the leaders of some groups to end, all at once, then end what is left of the groups."""
    for pid, with_signal, _patience in children:
        with contextlib.suppress(OSError):
            os.kill(pid, with_signal)
    began = time.monotonic()
    for pid, _signal, patience in children:
        while is_running(pid) and time.monotonic() < began + patience:
            time.sleep(0.02)
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def watch() -> None:
    """Remember what is announced; when the parent is gone or says so, stop all, those that serve the others last."""
    serving: list[Child] = []
    served: list[Child] = []
    folders: list[str] = []
    for line in sys.stdin:
        word, rest = line.rstrip("\n").split(" ", 1)
        if word == "remove":
            folders.append(rest)
        else:
            pid, with_signal, patience = rest.split()
            (serving if word == "serving" else served).append((int(pid), int(with_signal), float(patience)))
    stop(served)
    stop(serving)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    watch()
