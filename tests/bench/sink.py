"""A relay that says yes at once and keeps nothing: the other end of the line when letters are counted by the second.

`python -m tests.bench.sink` prints its port. NOOP is answered with the number of letters taken so far.
"""

import socket
import threading
from collections.abc import Generator

END = b"\r\n.\r\n"
GREETING = b"220 sink.example\r\n"
REPLIES = {
    b"EHLO": b"250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"MAIL": b"250 2.1.0 ok\r\n",
    b"RCPT": b"250 2.1.5 ok\r\n",
    b"DATA": b"354 go\r\n",
    b"RSET": b"250 2.0.0 ok\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}
TAKEN = b"250 2.0.0 taken\r\n"

taken = 0
one_at_a_time = threading.Lock()


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)  # noqa: T201 - whoever started it reads the port
        while True:
            line, _address = server.accept()
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            threading.Thread(target=serve, args=(line,), daemon=True).start()


def serve(line: socket.socket) -> None:
    with line:
        line.sendall(GREETING)
        conversation = converse()
        replies = next(conversation)
        while (heard := line.recv(262_144)) and not replies.startswith(b"221"):
            if replies := conversation.send(heard):
                line.sendall(replies)


def converse() -> Generator[bytes, bytes, None]:
    """Fed what is heard, gives what to say: one answer for all the commands that came together."""
    heard, replies, in_letter = b"", b"", False
    while True:
        heard += yield replies
        replies = b""
        while True:
            what, mark, rest = heard.partition(END if in_letter else b"\r\n")
            if not mark:
                break
            heard = rest
            if in_letter:
                in_letter, replies = False, replies + TAKEN
                count_one()
            else:
                in_letter = what.upper() == b"DATA"
                replies += reply(what)


def count_one() -> None:
    global taken
    with one_at_a_time:
        taken += 1


def reply(command: bytes) -> bytes:
    if command.upper() == b"NOOP":
        return b"250 %d\r\n" % taken
    return REPLIES.get(command[:4].upper(), b"250 ok\r\n")


if __name__ == "__main__":
    main()
