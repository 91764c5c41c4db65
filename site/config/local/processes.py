"""Which processes did we start, and are they all gone when we are?"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

GUARDIAN = Path(__file__).with_name("guardian.py")


@dataclass(frozen=True)
class Program:
    """What to run. `keeps` are file descriptors that the child inherits; `patience` is in seconds."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    folder: Path | None = None
    user: int | None = None
    keeps: tuple[int, ...] = ()
    stops_with: signal.Signals = signal.SIGTERM
    patience: float = 10.0


@dataclass
class Children:
    """Children of this process, each leading its own group, and a guardian that outlives us to stop them.

    `lock` is a descriptor that every child inherits: while one of them lives, its lock is held.
    """

    logs: Path
    lock: int | None = None
    running: dict[str, tuple[Program, subprocess.Popen[bytes]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.guardian = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", str(GUARDIAN)], stdin=subprocess.PIPE, cwd="/", start_new_session=True
        )

    def start(self, program: Program) -> subprocess.Popen[bytes]:
        """Start a program, or start it again; what it says goes to its log."""
        with self.log(program.name) as log:
            process = subprocess.Popen(  # noqa: S603 - our own programs
                program.command,
                env=program.environment,
                cwd=program.folder,
                user=program.user,
                group=program.user,
                extra_groups=None if program.user is None else [],
                pass_fds=(*program.keeps, *(() if self.lock is None else (self.lock,))),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.tell(f"{process.pid} {program.stops_with:d} {program.patience}")
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

    def start_again(self, program: Program) -> None:
        """Start a program that ended; whatever it left running goes first."""
        with contextlib.suppress(OSError):
            os.killpg(self.running[program.name][1].pid, signal.SIGKILL)
        self.start(program)

    def stop(self) -> None:
        """Stop every child, the last started first, and return when all are gone."""
        if self.guardian.stdin is not None:
            with contextlib.suppress(OSError):
                self.guardian.stdin.close()
        for _program, process in reversed(self.running.values()):
            process.wait()
        self.guardian.wait()
        self.running.clear()
