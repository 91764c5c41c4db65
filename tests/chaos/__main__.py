"""Run one storm and print what it did, as one JSON object."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.chaos import servers

PATIENCE = {"EMAIL_TIMEOUT": "1", "POST_LEASE": "10"}


def main() -> None:
    letters, kills = int(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGTERM, lambda *_heard: sys.exit("stopped"))
    temporary, children = servers.folder()
    log = temporary / "letters.jsonl"
    relay = subprocess.Popen([sys.executable, "-m", "tests.chaos.sink", str(log)], stdout=subprocess.PIPE, text=True)
    assert relay.stdout is not None
    try:
        port = relay.stdout.readline().strip()
        town = servers.start(temporary, children, EMAIL_URL=f"smtp://127.0.0.1:{port}", **PATIENCE)
        print(json.dumps(run(town, log, letters=letters, kills=kills)))  # noqa: T201 - whoever started it reads this
    finally:
        relay.kill()
        relay.wait()
        relay.stdout.close()
        children.stop()


def run(town: servers.Servers, log: Path, *, letters: int, kills: int) -> dict[str, float]:
    from tests.chaos import storm  # Django is ready only now

    return storm.blow(town, log, letters=letters, kills=kills)


if __name__ == "__main__":
    main()
