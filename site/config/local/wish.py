"""Does somebody want us to stop?"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SLEEP = 0.1


class StoppedError(Exception):
    """Somebody asked us to stop."""


class Wish:
    """A signal to us, the end of whoever started us, or a Ctrl-C that only make received: it then waits for ever."""

    def __init__(self) -> None:
        self.parent = os.getppid()
        self.is_under_make = make_is_calm(self.parent)
        self.is_made = False
        for number in SIGNALS:
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self.note)

    def note(self, number: int, frame: FrameType | None) -> None:
        self.is_made = True

    def heed(self) -> None:
        """Raise if somebody wants us to stop."""
        is_alone = os.getppid() != self.parent
        is_dismissed = self.is_under_make and not make_is_calm(self.parent)
        if self.is_made or is_alone or is_dismissed:
            raise StoppedError

    def wait_until(self, true: Callable[[], bool], *, seconds: float) -> bool:
        """Whether it became true in time."""
        deadline = time.monotonic() + seconds
        while not true():
            self.heed()
            if time.monotonic() > deadline:
                return False
            time.sleep(SLEEP)
        return True


def make_is_calm(pid: int) -> bool:
    """Whether a process is a make that still catches Ctrl-C: once it received one, it does not any more. Linux only."""
    try:
        if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() not in {"make", "gmake"}:
            return False
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        caught = next(int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:"))
    except (OSError, StopIteration):
        return False
    return all(caught & 1 << number - 1 for number in (signal.SIGINT, signal.SIGHUP))
