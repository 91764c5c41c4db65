"""The machine's own limit: ready bytes pushed by the standard library's own means, over as many lines as we use.

`python -m tests.bench.bare PORT LETTERS FILE` pushes them over one line when it hears a line on its input.
"""

import smtplib
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

GO = b"go\n"


def main() -> None:
    port, letters, file = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    data = file.read_bytes()
    with smtplib.SMTP("127.0.0.1", port) as line:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for number in range(letters):
            line.sendmail("mairie@example.org", f"resident-{number}@example.org", data)
        sys.stdout.write("done\n")
        sys.stdout.flush()


def push(*, port: int, letters: int, lines: int, data: bytes) -> float:
    """Seconds from the first letter on the first line to the last one taken on the last."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "letter.eml"
        file.write_bytes(data)
        command = [sys.executable, "-m", "tests.bench.bare", str(port), str(letters // lines), str(file)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        pushers = [subprocess.Popen(command, **pipes) for _line in range(lines)]
        for pusher in pushers:
            pusher.stdout.readline()
        started = time.perf_counter()
        for pusher in pushers:
            pusher.stdin.write(GO)
            pusher.stdin.flush()
        for pusher in pushers:
            pusher.stdout.readline()
        seconds = time.perf_counter() - started
        for pusher in pushers:
            pusher.communicate()
        return seconds


if __name__ == "__main__":
    main()
