"""Who carries the letters in a test? A real Celery worker, in its own processes, on the test's database and Redis."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests import servers

CELERY = (sys.executable, "-m", "celery")
WORKER = ("worker", "--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat")
QUEUES = "post-now,default,post"


class Worker:
    """A worker that can be killed and started again."""

    def __init__(self, log: Path, *, processes: int = 2, queues: str = QUEUES, include: str = "") -> None:
        self.log = log
        self.command = [
            *(*CELERY, "-A", "config", *WORKER, *((f"--include={include}",) if include else ())),
            *(f"--concurrency={processes}", f"--queues={queues}", f"--hostname={log.stem}@%h"),
        ]
        self.already_ready = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it takes work."""
        self.begin()
        deadline = time.monotonic() + 60
        while not self.is_ready():
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def begin(self) -> None:
        """Start, and wait for nothing."""
        self.already_ready = self.times_ready()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        """Whether it takes work since it was last started."""
        return self.times_ready() > self.already_ready

    def times_ready(self) -> int:
        return self.log.read_text().count(" ready.") if self.log.exists() else 0

    def kill(self) -> None:
        """SIGKILL to the worker and all its children, at once."""
        self.end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it finish what it holds."""
        self.end(signal.SIGTERM)

    def end(self, with_signal: signal.Signals) -> None:
        if self.process is None:
            return
        if with_signal == signal.SIGKILL:
            os.killpg(self.process.pid, with_signal)
        else:
            self.process.send_signal(with_signal)
        try:
            self.process.wait(timeout=30)
        finally:
            self.sweep_up()

    def sweep_up(self) -> None:
        """Nothing of its group survives it."""
        process, self.process = self.process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def environment() -> dict[str, str]:
    """What a process of the town needs to live in this test's world."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(settings.REPOSITORY), str(settings.SITE_ROOT)]),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "DATABASE_URL": servers.database_url(connection.settings_dict["NAME"]),
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
