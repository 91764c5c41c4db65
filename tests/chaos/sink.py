"""A relay on its worst day: it answers 421 and 451, hangs, and drops the line before and after the final dot.

`python -m tests.chaos.sink FILE` prints its port and writes a line to FILE for each letter that it took.
"""

import base64
import json
import random
import re
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from io import BufferedReader
from typing import IO

# Of a thousand letters, how many meet what: a tenth in all.
MOODS = {"421": 30, "451": 30, "drop before": 17, "drop after": 17, "hang before": 3, "hang after": 3}
HANGS = 3.0
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
CALENDAR = re.compile(rb"Content-Type: text/calendar[^\0]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)")
UID, SEQUENCE = re.compile(rb"^UID:((?:.|\r\n )+)\r", re.MULTILINE), re.compile(rb"^SEQUENCE:(\d+)", re.MULTILINE)


class HungUp(Exception):
    """The line is gone, by our doing or by the other's."""


@dataclass
class Day:
    """What the relay does to whom, and what it writes down."""

    log: IO[str]
    chance: random.Random = field(default_factory=lambda: random.Random(50))
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def mood(self) -> str:
        with self.one_at_a_time:
            point = self.chance.randrange(1000)
        for mood, weight in MOODS.items():
            point -= weight
            if point < 0:
                return mood
        return "fine"

    def took(self, recipient: str, letter: bytes, mood: str) -> None:
        """Written before it is answered: whoever asks the relay later finds it there."""
        facts = {"to": recipient, "mood": mood, **identity(letter)}
        with self.one_at_a_time:
            self.log.write(json.dumps(facts) + "\n")
            self.log.flush()


def identity(letter: bytes) -> dict[str, str]:
    """By what a mailbox and a calendar know that two letters are one."""
    message_id, calendar = MESSAGE_ID.search(letter), CALENDAR.search(letter)
    event = base64.b64decode(calendar[1]) if calendar else b""
    uid, sequence = UID.search(event), SEQUENCE.search(event)
    found = {"message_id": message_id, "uid": uid, "sequence": sequence}
    return {name: match[1].decode() if match else "" for name, match in found.items()}


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, open(sys.argv[1], "a") as log:
        sys.stdout.write(f"{server.getsockname()[1]}\n")
        sys.stdout.flush()
        day = Day(log)
        while True:
            line, _address = server.accept()
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            threading.Thread(target=serve, args=(line, day), daemon=True).start()


def serve(line: socket.socket, day: Day) -> None:
    with line, line.makefile("rb") as heard:
        try:
            line.sendall(b"220 chaos.example\r\n")
            converse(line, heard, day)
        except (HungUp, OSError):
            pass


def converse(line: socket.socket, heard: BufferedReader, day: Day) -> None:
    recipient, mood = "", "fine"
    for command in heard:
        verb = command[:4].upper()
        if verb == b"EHLO":
            line.sendall(b"250-chaos.example\r\n250 PIPELINING\r\n")
        elif verb == b"MAIL":
            recipient, mood = "", day.mood()
            if mood == "421":
                line.sendall(b"421 4.3.2 going down\r\n")
                raise HungUp
            line.sendall(b"250 ok\r\n")
        elif verb == b"RCPT":
            recipient = "" if mood == "451" else command[command.index(b"<") + 1 : command.index(b">")].decode()
            line.sendall(b"250 ok\r\n" if recipient else b"451 4.7.1 greylisted\r\n")
        elif verb == b"DATA":
            take(line, heard, recipient, mood, day)
        else:
            line.sendall(b"250 ok\r\n")


def take(line: socket.socket, heard: BufferedReader, recipient: str, mood: str, day: Day) -> None:
    if not recipient:
        line.sendall(b"503 no recipient\r\n")
        return
    misbehave(mood, "before")
    line.sendall(b"354 go\r\n")
    day.took(recipient, content(heard), mood)
    misbehave(mood, "after")
    line.sendall(b"250 taken\r\n")


def misbehave(mood: str, moment: str) -> None:
    if mood == f"hang {moment}":
        time.sleep(HANGS)
    if mood in (f"hang {moment}", f"drop {moment}"):
        raise HungUp


def content(heard: BufferedReader) -> bytes:
    lines = []
    while (line := heard.readline()) != b".\r\n":
        if not line:
            raise HungUp
        lines.append(line)
    return b"".join(lines)


if __name__ == "__main__":
    main()
