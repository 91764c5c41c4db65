"""How long does a newcomer wait for `make run`, the first time and the second? From a copy with nothing made yet."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from config.local import places
from tests.bench.figures import Figure

NOT_SOURCE = shutil.ignore_patterns(".*_cache", ".venv", ".local", ".git", ".hypothesis", "__pycache__", "*.mo")
KEPT = ("HOME", "PATH", "PIP_INDEX_URL", "PIP_CACHE_DIR", "XDG_CACHE_HOME", "SSL_CERT_FILE")


def measure() -> list[Figure]:
    """Packages come from pip's cache where it has them; nothing else is there."""
    home = Path(tempfile.mkdtemp(prefix="fifty-newcomer-"))
    try:
        project = shutil.copytree(places.PROJECT, home / "fifty-fifty", ignore=NOT_SOURCE)
        first, second = seconds_to_ready(project), seconds_to_ready(project)
    finally:
        shutil.rmtree(home)
    return [
        Figure(
            "make run, fresh copy to Ready, packages cached",
            first,
            "s",
            "environment, servers, town, letters",
            "first_start_seconds",
        ),
        Figure("make run, second start to Ready", second, "s", "keeps the data", "second_start_seconds"),
    ]


def seconds_to_ready(project: Path) -> float:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"PORT": str(free_port())}
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        assert process.stdout is not None
        ready = any(line.startswith("Ready:") for line in process.stdout)
        seconds = time.perf_counter() - started
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
    assert ready
    return seconds


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
