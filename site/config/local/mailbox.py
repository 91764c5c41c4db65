"""What did the post send? A mail catcher that accepts every letter and keeps it in a Maildir."""

import argparse
import asyncio
import itertools
import logging
import os
import re
import socket
import time
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

END = b"\r\n.\r\n"
PLAIN_ADDRESS = re.compile(r"<([!#-'*+\-./0-9=?A-Z^-~]+@[A-Za-z0-9.-]+)>\s*(.*)")
LARGEST = 40 * 1024 * 1024


class Maildir:
    """Writes letters under names that sort by arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counter = itertools.count()
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Commands may come without waiting for answers: they are read in order from one stream."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", *responses[-1:]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """A letter is accepted once it has its name in the folder."""
        name = f"{time.time_ns()}.{os.getpid()}_{next(self.counter)}.local"
        facts = f"Return-Path: <{envelope.mail_from}>\r\nX-Rcpt-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        with open(f"{self.folder}/tmp/{name}", "xb", buffering=0) as letter:
            letter.write(facts + content)
        os.rename(f"{self.folder}/tmp/{name}", f"{self.folder}/new/{name}")
        return "250 OK"


class Conversation(SMTP):
    """aiosmtpd reads a letter line by line in Python; a mailing of thousands wants it in one piece."""

    line_length_limit = LARGEST

    async def smtp_DATA(self, arg: str) -> None:
        envelope = self.envelope
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        envelope.content = envelope.original_content = await self.letter()
        status = await self._call_handler_hook("DATA")
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push(status)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Plain addresses without the standard library's full grammar, which costs more than the rest of a letter."""
        plain = PLAIN_ADDRESS.fullmatch(arg or "")
        return (plain[1], plain[2]) if plain else super()._getaddr(arg)

    async def letter(self) -> bytes:
        """Everything up to the lone dot, without the dots that SMTP doubles."""
        first = await self._reader.readuntil(b"\r\n")
        if first == END[2:]:
            return b""
        rest = b"" if first.endswith(END) else await self._reader.readuntil(END)
        letter = (b"\r\n" + first + rest)[: -len(END) + 2]
        return letter.replace(b"\r\n.", b"\r\n")[2:]


async def serve(*, listening: socket.socket, maildir: Any, ready: Any = None) -> None:
    """Catch letters on a socket that already listens, until cancelled."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Conversation(maildir, hostname="courrier.local", data_size_limit=LARGEST, loop=loop), sock=listening
    )
    async with server:
        await server.serve_forever()


def main() -> None:
    """Run as a process: the listening socket is inherited, so its port never changes and never is guessed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("descriptor", type=int)
    wanted = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    asyncio.run(serve(listening=socket.socket(fileno=wanted.descriptor), maildir=Maildir(wanted.folder)))


if __name__ == "__main__":
    main()
