"""A mail relay with bad days: it refuses, postpones, or drops the line exactly when a test wants it to."""

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader


@dataclass
class Relay:
    """What it received, and how it behaves. Letters are counted from 1, in the order of their DATA."""

    port: int
    extensions: tuple[str, ...] = ("PIPELINING",)
    replies: dict[str, str] = field(default_factory=dict)
    hangs_up_at_mail: set[int] = field(default_factory=set)
    hangs_up_before_dot: set[int] = field(default_factory=set)
    hangs_up_after_dot: set[int] = field(default_factory=set)
    wants_rset: bool = False
    is_stuck: bool = False
    deaf_after_dot: set[int] = field(default_factory=set)
    waits_after_dot: dict[int, float] = field(default_factory=dict)
    letters: list[tuple[str, str, bytes]] = field(default_factory=list)
    lines: int = 0
    commands: list[str] = field(default_factory=list)
    count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    mails: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def recipients(self) -> list[str]:
        return [recipient for _sender, recipient, _data in self.letters]

    def reply(self, command: str, usual: str) -> str:
        """The first scripted reply whose key is in the command, or the usual one; none of them before the RSET that it
        wants after a letter that it refused.
        """
        self.is_stuck = self.is_stuck and command != "RSET"
        if self.is_stuck:
            return "503 RSET first"
        return next((reply for key, reply in self.replies.items() if key in command), usual)


class HungUp(Exception):
    """The relay closed the line."""


@contextmanager
def listening() -> Iterator[Relay]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        relay = Relay(port=server.getsockname()[1])
        threading.Thread(target=answer_calls, args=(relay, server), daemon=True).start()
        yield relay
        server.shutdown(socket.SHUT_RDWR)


def answer_calls(relay: Relay, server: socket.socket) -> None:
    while True:
        try:
            line, _address = server.accept()
        except OSError:
            return
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        relay.lines += 1
        threading.Thread(target=serve, args=(relay, line), daemon=True).start()


def serve(relay: Relay, line: socket.socket) -> None:
    with line, line.makefile("rb") as incoming:
        try:
            say(line, "220 relay.example")
            converse(relay, line, incoming)
        except (HungUp, OSError):
            pass


def converse(relay: Relay, line: socket.socket, incoming: BufferedReader) -> None:
    sender, recipient = "", ""
    for raw in incoming:
        command = raw.decode().strip()
        relay.commands.append(command)
        verb = command[:4].upper()
        if verb == "EHLO":
            say(line, *["250-relay.example", *(f"250-{name}" for name in relay.extensions), "250 8BITMIME"])
        elif verb == "QUIT":
            say(line, "221 bye")
            return
        elif verb == "DATA":
            take_letter(relay, line, incoming, sender, recipient)
            sender, recipient = "", ""
        elif verb == "MAIL" and next(relay.mails) in relay.hangs_up_at_mail:
            raise HungUp
        else:
            reply = relay.reply(command, "503 MAIL first" if verb == "RCPT" and not sender else "250 ok")
            say(line, reply)
            if verb == "MAIL":
                sender = address_in(command) if reply.startswith("2") else ""
            if verb == "RCPT":
                recipient = address_in(command) if reply.startswith("2") else ""


def take_letter(relay: Relay, line: socket.socket, incoming: BufferedReader, sender: str, recipient: str) -> None:
    go = relay.reply("DATA", "354 go" if recipient else "503 no recipient")
    say(line, go)
    if not go.startswith("354"):
        return
    number = next(relay.count) if recipient else 0
    if number in relay.hangs_up_before_dot:
        raise HungUp
    data = b"".join(lines_up_to_the_dot(incoming))
    reply = relay.reply("final dot", "250 taken") if recipient else "554 no recipient"
    if reply.startswith("250"):
        relay.letters.append((sender, recipient, data))
    relay.is_stuck = relay.wants_rset and not reply.startswith("250")
    if number in relay.hangs_up_after_dot:
        raise HungUp
    time.sleep(relay.waits_after_dot.get(number, 0))
    say(line, reply)
    if number in relay.deaf_after_dot:
        for _announcing in ("MAIL", "RCPT", "DATA"):
            incoming.readline()


def lines_up_to_the_dot(incoming: BufferedReader) -> Iterator[bytes]:
    while (line := incoming.readline()) != b".\r\n":
        if not line:
            raise HungUp
        yield line


def address_in(command: str) -> str:
    return command[command.index("<") + 1 : command.index(">")]


def say(line: socket.socket, *words: str) -> None:
    line.sendall("".join(f"{word}\r\n" for word in words).encode())
