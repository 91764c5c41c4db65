"""Which processes did we start, and are they all gone when we are?"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

GUARDIAN = Path(__file__).with_name("guardian.py")


@dataclass(frozen=True)
class Program:
    """What to run. `keeps` are file descriptors that it inherits; `patience` is in seconds; it `serves` if the others
    need it until they end."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    folder: Path | None = None
    user: int | None = None
    keeps: tuple[int, ...] = ()
    stops_with: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    serves: bool = False


@dataclass
class Children:
    """Children of this process, each leading its own group, and a guardian that outlives us to stop them.

    `for_children` and `for_guardian` are descriptors that they inherit, to hold a lock as long as they live.
    """

    logs: Path
    for_children: tuple[int, ...] = ()
    for_guardian: tuple[int, ...] = ()
    running: dict[str, tuple[Program, subprocess.Popen[bytes]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.guardian = subprocess.Popen(
            [sys.executable, "-I", "-S", str(GUARDIAN)],
            stdin=subprocess.PIPE,
            cwd="/",
            pass_fds=self.for_guardian,
            start_new_session=True,
        )

    def start(self, program: Program) -> subprocess.Popen[bytes]:
        """Start a program, or start it again; what it says goes to its log."""
        with self.log(program.name) as log:
            process = subprocess.Popen(
                program.command,
                env=program.environment,
                cwd=program.folder,
                user=program.user,
                group=program.user,
                extra_groups=None if program.user is None else [],
                pass_fds=(*program.keeps, *self.for_children),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.tell(
            f"{'serving' if program.serves else 'served'} {process.pid} {program.stops_with:d} {program.patience}"
        )
        self.running[program.name] = (program, process)
        return process

    def log(self, name: str) -> IO[bytes]:
        return (self.logs / f"{name}.log").open("ab")

    def tell(self, line: str) -> None:
        """Tell the guardian."""
        if self.guardian.stdin is not None:
            self.guardian.stdin.write(f"{line}\n".encode())
            self.guardian.stdin.flush()

    def remove_at_the_end(self, folder: Path) -> None:
        self.tell(f"remove {folder}")

    def ended(self) -> list[Program]:
        """Programs that stopped by themselves."""
        return [program for program, process in self.running.values() if process.poll() is not None]

    def forget(self, name: str) -> None:
        """A program that ran to its end is no child any more."""
        del self.running[name]

    def start_again(self, program: Program) -> None:
        """Start a program that ended; whatever it left running goes first."""
        self.kill_group(self.running[program.name][1])
        self.start(program)

    def stop(self) -> None:
        """Stop every child, those that serve the others last, and return when all are gone."""
        if self.guardian.stdin is not None:
            with contextlib.suppress(OSError):
                self.guardian.stdin.close()
        while self.guardian.poll() is None:
            self.ended()
            time.sleep(0.02)
        for _program, process in self.running.values():
            if process.poll() is None:
                self.kill_group(process)
            process.wait()
        self.running.clear()

    def kill_group(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
