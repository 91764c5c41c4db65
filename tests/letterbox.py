"""What arrived in the letterboxes of the town? A real SMTP server in a thread, and its letters read back."""

import asyncio
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from config.local import mailbox


class Letterbox(mailbox.Maildir):
    """Letters in the order they came. `refuses` maps an address to the answer its RCPT gets, e.g. "550 unknown"."""

    port: int

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def raw(self) -> list[bytes]:
        """The letters' bytes as they were received, first come first; two lines of ours say from and to whom."""
        return [path.read_bytes() for path in sorted((self.folder / "new").iterdir())]

    def messages(self) -> list[EmailMessage]:
        return [BytesParser(policy=policy.default).parsebytes(letter) for letter in self.raw()]  # type: ignore[arg-type]

    def to(self, address: str) -> list[EmailMessage]:
        """The letters that one address received."""
        return [message for message in self.messages() if message["X-Rcpt-To"] == address]

    def wait_for(self, count: int, *, seconds: float = 30) -> list[EmailMessage]:
        """Wait until at least so many letters are there."""
        deadline = time.monotonic() + seconds
        while len(list((self.folder / "new").iterdir())) < count:
            assert time.monotonic() < deadline, f"{len(self.raw())} letters of {count} after {seconds} s"
            time.sleep(0.05)
        return self.messages()

    def read(self, address: str, pattern: str, *, seconds: float = 30) -> str:
        """Wait for a letter to this address in whose text the pattern is; the latest says what its group holds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            texts = [letter.get_body(("plain",)).get_content() for letter in self.to(address)]  # type: ignore[union-attr]
            if found := next(filter(None, (re.search(pattern, text, re.DOTALL) for text in reversed(texts))), None):
                return found[1]
            time.sleep(0.05)
        raise AssertionError(f"no letter to {address} says {pattern}")

    def empty(self) -> None:
        self.refuses.clear()
        shutil.rmtree(self.folder / "new")
        (self.folder / "new").mkdir()


@contextmanager
def opened(folder: Path) -> Iterator[Letterbox]:
    """A letterbox that listens on a free port until the end of the block."""
    letterbox = Letterbox(folder)
    listening = socket.create_server(("127.0.0.1", 0))
    letterbox.port = listening.getsockname()[1]
    loop = asyncio.new_event_loop()
    task = loop.create_task(mailbox.serve(listening=listening, maildir=letterbox))
    thread = threading.Thread(target=run, args=(loop, task), daemon=True)
    thread.start()
    yield letterbox
    loop.call_soon_threadsafe(task.cancel)
    thread.join()


def run(loop: asyncio.AbstractEventLoop, task: "asyncio.Task[None]") -> None:
    asyncio.set_event_loop(loop)
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(task)
    for conversation in asyncio.all_tasks(loop):
        conversation.cancel()
        loop.run_until_complete(asyncio.wait([conversation]))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
