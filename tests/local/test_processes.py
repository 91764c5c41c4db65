"""Are all children gone when we are, however we went?"""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.local.guardian import is_running
from config.local.processes import Children, Program

FOREVER = (sys.executable, "-c", "import time; time.sleep(600)")
DEAF = (
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
)
WITH_A_CHILD = (
    sys.executable,
    "-c",
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print(child.pid, flush=True); child.wait()",
)
PARENT = """
import signal, sys, time
from pathlib import Path
from config.local.processes import Children, Program
for last_word in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(last_word, signal.SIG_DFL) # whoever runs the tests may have told us to ignore it
children = Children(logs=Path(sys.argv[1]))
children.remove_at_the_end(Path(sys.argv[2]))
child = children.start(Program(name="child", command=(sys.executable, "-c", "import time; time.sleep(600)")))
print(child.pid, flush=True)
time.sleep(600)
"""


def becomes_true(question, *, seconds=10):
    deadline = time.monotonic() + seconds
    while not question() and time.monotonic() < deadline:
        time.sleep(0.02)
    return question()


def said(folder, name):
    becomes_true(lambda: (folder / f"{name}.log").read_text())
    return (folder / f"{name}.log").read_text()


def test_a_child_is_gone_when_we_stop(children):
    child = children.start(Program(name="child", command=FOREVER))

    children.stop()

    assert child.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended_when_patience_is_over(children, folder):
    child = children.start(Program(name="deaf", command=DEAF, patience=0.1))
    said(folder, "deaf")

    children.stop()

    assert child.returncode == -signal.SIGKILL


def test_children_of_a_child_are_gone_too(children, folder):
    children.start(Program(name="family", command=WITH_A_CHILD))
    grandchild = int(said(folder, "family"))

    children.stop()

    assert becomes_true(lambda: not is_running(grandchild))


def test_what_the_others_need_stops_after_them(children, folder):
    wait_for_the_other = (
        "import os, signal, sys, time\n"
        "def leave(*_):\n"
        "    print('gone first' if os.path.exists(sys.argv[1]) else 'gone last', flush=True)\n"
        "    open(sys.argv[1], 'w').close()\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, leave)\n"
        "print('here', flush=True)\n"
        "time.sleep(600)\n"
    )
    command = (sys.executable, "-c", wait_for_the_other, str(folder / "somebody-left"))
    children.start(Program(name="server", command=command, serves=True))
    children.start(Program(name="client", command=command))
    said(folder, "server"), said(folder, "client")

    children.stop()

    assert (folder / "client.log").read_text().split("\n")[1] == "gone last"
    assert (folder / "server.log").read_text().split("\n")[1] == "gone first"


def test_a_program_that_ended_is_noticed_and_can_be_started_again(children):
    program = Program(name="child", command=FOREVER)
    children.start(program).kill()
    assert becomes_true(lambda: children.ended() == [program])

    children.start_again(program)

    assert children.ended() == []


@pytest.mark.parametrize("last_word", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_children_of_a_killed_parent_are_gone_with_its_temporary_folder(folder, last_word):
    temporary = folder / "temporary"
    temporary.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder), str(temporary)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with parent:
        child = int(parent.stdout.readline())

        os.killpg(parent.pid, last_word)

    assert becomes_true(lambda: not is_running(child))
    assert becomes_true(lambda: not temporary.exists())


def test_children_are_gone_even_when_the_guardian_went_first(folder):
    children = Children(logs=folder)
    child = children.start(Program(name="child", command=FOREVER))
    children.guardian.kill()

    children.stop()

    assert child.returncode == -signal.SIGKILL


def test_a_child_inherits_the_lock_it_is_given(folder):
    held = os.open(folder / "lock", os.O_CREAT | os.O_RDWR)
    children = Children(logs=folder, for_children=(held,))
    try:
        child = children.start(Program(name="child", command=FOREVER))

        assert becomes_true(lambda: os.path.exists(f"/proc/{child.pid}/fd/{held}"))
    finally:
        children.stop()
        os.close(held)
