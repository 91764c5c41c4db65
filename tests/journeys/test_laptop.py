"""Does `make run` start a whole town on a machine with nothing but Python, survive a kill, and leave nothing behind?"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.local import locks, places

pytestmark = pytest.mark.journey

NOT_SOURCE = shutil.ignore_patterns(".*_cache", ".venv", ".local", ".git", ".hypothesis", "__pycache__", "node_modules")


class Laptop:
    """A copy of the project in a folder that only its owner can enter."""

    def __init__(self, home: Path, *, port: int) -> None:
        self.port = port
        self.project = home / "fifty fifty"
        self.state = self.project / ".local"
        shutil.copytree(places.PROJECT, self.project, ignore=NOT_SOURCE)
        home.chmod(0o700)
        self.environment = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "PORT": str(port),
            "PYTHONPATH": f"{self.project}{os.pathsep}{self.project / 'site'}",
        }

    @contextmanager
    def up(self) -> Iterator[subprocess.Popen[str]]:
        """One run of the town, which does not outlive a test that fails."""
        process = subprocess.Popen(
            [sys.executable, "-m", "config.local.up"],
            cwd=self.project,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        with process:
            try:
                yield process
            finally:
                process.kill()

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
            return response.read().decode()

    def letters(self) -> int:
        return len(list((self.state / "mailbox" / "new").iterdir()))

    def processes(self) -> set[int]:
        """Children of any run of this copy."""
        return locks.holders(self.state / "children")

    def is_quiet(self, *, seconds: float = 40) -> bool:
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return not self.processes()


def read_until_ready(process: subprocess.Popen[str]) -> list[str]:
    """What it said, up to the address."""
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith("Ready: "):
            return lines
    pytest.fail("\n".join(lines))


@pytest.fixture
def laptop():
    home = Path(tempfile.mkdtemp(prefix="fifty-home-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    laptop = Laptop(home, port=port)
    yield laptop
    for pid in laptop.processes():
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(home)


def test_a_town_starts_survives_a_kill_and_stops_without_a_trace(laptop):
    with laptop.up() as first:
        assert read_until_ready(first)[-1] == f"Ready: http://127.0.0.1:{laptop.port}/"
        letters = laptop.letters()
        assert letters > 0
        assert "tokens.css" in laptop.page("/")
        assert "caught-letter__subject" in laptop.page("/courrier/")
        assert "--paper" in laptop.page("/static/tokens.css")
        first.kill()
    assert laptop.is_quiet()

    with laptop.up() as again:
        assert "Ville : celle de la dernière fois." in read_until_ready(again)
        with laptop.up() as second:
            said, _ = second.communicate()
            assert (second.returncode, said.count("\n")) == (1, 1)
            assert f"tourne déjà dans ce dossier (processus {again.pid})" in said
        assert laptop.letters() == letters
        again.terminate()
        again.communicate()
    assert again.returncode == 0
    assert laptop.processes() == set()
    assert not Path(tempfile.gettempdir(), places.temporary_name(laptop.project)).exists()
    assert laptop.project.parent.stat().st_mode & 0o777 == 0o700
