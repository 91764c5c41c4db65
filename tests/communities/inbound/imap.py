"""A real IMAP server on this machine, with one empty mailbox."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imap_tools import BaseMailBox, MailBoxUnencrypted

USER, PASSWORD = "agora", "a toy"


@dataclass
class Server:
    """Where it listens; `url` is what a town would write down."""

    port: int

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def box(self) -> Iterator[BaseMailBox]:
        with MailBoxUnencrypted("127.0.0.1", port=self.port).login(USER, PASSWORD) as box:
            yield box

    def deliver(self, messages: Sequence[bytes]) -> None:
        with self.box() as box:
            for message in messages:
                box.append(message, "INBOX")

    def empty(self) -> None:
        with self.box() as box:
            box.delete(box.uids())

    def seen(self) -> list[bool]:
        with self.box() as box:
            return ["\\Seen" in message.flags for message in box.fetch(mark_seen=False, headers_only=True)]


@contextmanager
def running() -> Iterator[Server]:
    """pymap, in memory, until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from pymap.main import main; main()",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
    ]
    command += ["--no-service", "managesieve", "--no-service", "admin"]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Server(port)
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("The IMAP server did not start")
