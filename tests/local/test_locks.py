"""Is a second start in the same folder refused, and does a start after a kill heal?"""

import os
import signal
import subprocess
import sys

import pytest

from config.local import locks

HOLDER = """
import sys, time
from pathlib import Path
from config.local import locks
getattr(locks, sys.argv[1])(Path(sys.argv[2]))
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def hold(folder):
    """Starts a process that takes a lock and keeps it."""
    holders = []

    def start(lock):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, lock, str(folder)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
        )
        holders.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield start
    for process in holders:
        with process:
            process.kill()


def test_a_folder_runs_once_and_the_second_is_told_who_runs(folder, hold):
    first = hold("be_the_only_one")

    with pytest.raises(locks.AlreadyRunningError, match=f"tourne déjà .* {first.pid}"):
        locks.be_the_only_one(folder)


def test_a_folder_whose_run_was_killed_runs_again(folder, hold):
    first = hold("be_the_only_one")
    first.kill()
    first.wait()

    descriptor = locks.be_the_only_one(folder)

    assert (folder / "running").read_text() == str(os.getpid())
    os.close(descriptor)


def test_what_a_killed_run_left_is_ended(folder, hold):
    leftover = hold("outlive_leftovers")

    descriptor = locks.outlive_leftovers(folder)

    assert leftover.wait() == -signal.SIGKILL
    os.close(descriptor)
