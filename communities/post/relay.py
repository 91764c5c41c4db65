"""How do bytes reach the mail relay? Over one kept SMTP connection, in as few round trips as it allows."""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

from django.utils.translation import gettext as _

from communities import broken_lines

from . import calling
from .quoting import printable

Reply = tuple[int, bytes]
BROKEN = (OSError, smtplib.SMTPServerDisconnected)
# RFC 5321 §4.2.1: lines that begin with the code, the last without a hyphen after it.
REPLY = re.compile(rb"(?:[0-9]{3}-[^\n]*\n)*([0-9]{3})(?: [^\n]*)?\r?\n")
LONGEST_REPLY = 65_536
READY = 354


class Letter(Protocol):
    """What goes over the line: plain ASCII addresses, and content with CRLF, no line starting with a dot, CRLF last."""

    @property
    def sender(self) -> str: ...

    @property
    def recipient(self) -> str: ...

    @property
    def data(self) -> bytes: ...


class Trouble(Exception):
    """The relay did not take the letter."""

    def __init__(self, said: str, code: int = 0) -> None:
        super().__init__(said)
        self.code = code

    @property
    def words(self) -> str:
        """What happened, for a person: one line of at most 255 characters, whatever the relay said."""
        said = {"words": printable(f"{self.code or ''} {self}")}
        answered = _("The mail relay says: %(words)s") % said
        return (answered if self.code else _("The mail relay could not be spoken to: %(words)s") % said)[:255]


class Refused(Trouble):
    """The relay will never take this letter (5yz)."""


class SenderRefused(Refused):
    """The relay lets us send nothing at all; no recipient is to blame (5yz to MAIL, or to signing in)."""


class Postponed(Trouble):
    """The relay does not take this letter now (4yz)."""


class ConnectionLost(Trouble):
    """The line broke before the final dot: the letter is surely not sent."""


class AnswerLost(ConnectionLost):
    """The line broke after the final dot: nobody knows whether the letter is sent (RFC 1047)."""


class Line:
    """A line to a relay that was greeted: says bytes, hears replies; quicker than smtplib at both."""

    def __init__(self, greeted: smtplib.SMTP) -> None:
        if greeted.sock is None:
            raise smtplib.SMTPServerDisconnected
        self._greeted, self._socket, self._heard = greeted, greeted.sock, b""
        self.takes_several = greeted.has_extn("pipelining")

    def say(self, what: bytes) -> None:
        """Raise one of BROKEN when the line breaks, as all of these do."""
        self._socket.sendall(what)

    def ask(self, what: bytes) -> Reply:
        self.say(what)
        return self.hear()

    def close(self) -> None:
        self._greeted.close()

    def hear(self) -> Reply:
        """The next reply; one of BROKEN too when the line speaks no SMTP."""
        while not (found := REPLY.match(self._heard)):
            heard = self._socket.recv(65_536)
            if not heard or len(self._heard) > LONGEST_REPLY:
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
            self._heard += heard
        self._heard = self._heard[found.end() :]
        said = found[0]
        if b"-" in said[3:4]:
            said = said[:4] + b"\n".join(line[4:] for line in said.split(b"\n"))
        return int(found[1]), said[4:].strip()


class Relay:
    """One of the relays of the EMAIL_ settings: dialled at the first letter, then kept on the line."""

    def __init__(self) -> None:
        self._called: calling.Address | None = None
        self._line: Line | None = None
        self._carried = 0
        self._announced: Letter | None = None
        self._may_announce = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def connect(self) -> Line:
        """The line; raise a Trouble (SenderRefused when we may not sign in) if there is none to be had."""
        if self._line is None:
            self._line, self._carried = Line(self._dial()), 0
        return self._line

    def deliver(self, *, letter: Letter, before_content: Callable[[], None], then: Letter | None = None) -> str:
        """Return when the relay has taken the letter upon itself; raise a Trouble when it has not.

        `before_content` is called once the relay is ready for the content; if it raises, nothing is sent. A line that
        broke before the final dot after having served (relays close it after some letters) is dialled again once.
        `then` is the letter to be delivered next: it is announced with this one's final dot (RFC 2920), so that a
        letter costs one round trip; no more to a relay that then did not hear of it.
        """
        if self._announced is not None and self._announced is not letter:
            self._drop()
        was_announced = self._announced is letter
        try:
            self._deliver(letter, before_content, then)
        except (ConnectionLost, SenderRefused) as trouble:
            if not self._is_worth_another(trouble, was_announced=was_announced):
                raise
            self._deliver(letter, before_content, then)
        return ""

    def _is_worth_another(self, trouble: Trouble, *, was_announced: bool) -> bool:
        """Whether the letter, which surely did not leave, is delivered once more: what became of one that was announced
        may be due to the one before it.
        """
        if isinstance(trouble, AnswerLost):
            return False
        if was_announced and isinstance(trouble.__cause__, TimeoutError):
            self._may_announce = False
        return was_announced or (isinstance(trouble, ConnectionLost) and self._carried > 0)

    def hang_up(self) -> None:
        """Leave, politely if the line still stands."""
        if self._line is not None and self._announced is None:
            with suppress(*BROKEN):
                self._line.ask(b"QUIT\r\n")
        self._drop()

    def _drop(self) -> None:
        """Nothing but its content may follow a letter that was announced: the line is of no more use without it."""
        line, self._line, self._announced = self._line, None, None
        if line is not None:
            line.close()

    def _deliver(self, letter: Letter, before_content: Callable[[], None], then: Letter | None) -> None:
        line = self.connect()
        try:
            self._hand_over(line, letter, before_content, then)
        except (Refused, Postponed) as trouble:
            if isinstance(trouble, SenderRefused):
                self._pass_over()
            self._clear(line)
            raise
        except BaseException:
            self._drop()
            raise
        self._carried += 1

    def _hand_over(self, line: Line, letter: Letter, before_content: Callable[[], None], then: Letter | None) -> None:
        dotted = False
        try:
            mail, rcpt, go = _opened(line, letter, was_announced=self._announced is letter)
            self._announced = None
            if go[0] == READY:
                dotted = mail[0] // 100 == 2 and rcpt[0] // 100 == 2
                if dotted:
                    before_content()
                self._announced = then if dotted and line.takes_several and self._may_announce else None
                line.say((letter.data if dotted else b"") + b".\r\n" + _opening(self._announced))
                go = line.hear()
        except BROKEN as error:
            raise (AnswerLost if dotted else ConnectionLost)(broken_lines.words(error)) from error
        if mail[0] // 100 != 2:
            raise _trouble(mail, final=SenderRefused)
        if rcpt[0] // 100 != 2:
            raise _trouble(rcpt)
        if not dotted or go[0] // 100 != 2:
            raise _trouble(go)

    def _dial(self) -> smtplib.SMTP:
        """The first relay that answers; the last one's trouble when none does."""
        trouble: Trouble = ConnectionLost("")
        for self._called in calling.in_turn():
            try:
                return calling.call(self._called)
            except smtplib.SMTPResponseException as error:
                trouble = _trouble((error.smtp_code, _bytes(error.smtp_error)), final=SenderRefused)
            except (OSError, smtplib.SMTPException) as error:
                trouble = ConnectionLost(broken_lines.words(error))
            self._pass_over()
        raise trouble

    def _pass_over(self) -> None:
        if self._called:
            calling.pass_over(self._called)

    def _clear(self, line: Line) -> None:
        """Forget the transaction that failed, so that the next letter starts afresh, unless it has started."""
        if self._announced is None:
            try:
                line.ask(b"RSET\r\n")
            except BROKEN:
                self._drop()


def _opening(letter: Letter | None) -> bytes:
    """What announces a letter; nothing for none."""
    if letter is None:
        return b""
    return f"MAIL FROM:<{letter.sender}>\r\nRCPT TO:<{letter.recipient}>\r\nDATA\r\n".encode("ascii")


def _opened(line: Line, letter: Letter, *, was_announced: bool) -> list[Reply]:
    """The replies to MAIL, RCPT and DATA: asked at once where the relay can (RFC 2920), else one by one."""
    if not was_announced and not line.takes_several:
        return _one_by_one(line, letter)
    if not was_announced:
        line.say(_opening(letter))
    return [line.hear(), line.hear(), line.hear()]


def _one_by_one(line: Line, letter: Letter) -> list[Reply]:
    replies: list[Reply] = []
    commands = _opening(letter).splitlines(keepends=True)
    for command in commands:
        replies.append(line.ask(command))
        if replies[-1][0] >= 400:
            break
    return replies + replies[-1:] * (len(commands) - len(replies))


def _trouble(reply: Reply, *, final: type[Refused] = Refused) -> Trouble:
    code, said = reply
    words = said.decode("utf-8", "replace")
    if code == 421:
        return ConnectionLost(words, code)
    return final(words, code) if 500 <= code < 600 else Postponed(words, code)


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
