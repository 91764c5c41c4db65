"""How do letters leave by a provider's own interface? Through a Django e-mail back-end; django-anymail has a dozen."""

import smtplib
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from .relay import AnswerLost, ConnectionLost, Letter, Postponed, Refused, SenderRefused, Trouble

# What a back-end writes itself, from the message's own fields.
ITS_OWN = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding"}
REFUSALS = ("AnymailRecipientsRefused", "AnymailInvalidAddress")
UNAVAILABLE = {408, 425, 429}
FORBIDDEN = {401, 402, 403}


class ReadyMessage(EmailMultiAlternatives):
    """A letter as Django's back-ends know one, and as the very bytes that we wrote for those that send bytes."""

    envelope_sender: str
    anymail_status: Any = None

    def __init__(self, letter: Letter, connection: Any) -> None:
        self._written: EmailMessage = message_from_bytes(letter.data, policy=policy.SMTP)  # type: ignore[arg-type]
        words = self._written.get_body(("plain",))
        headers = {name: str(value) for name, value in self._written.items() if name.lower() not in ITS_OWN}
        headers |= {name: str(self._written[name]) for name in ("Date", "Message-ID")}
        super().__init__(
            subject=str(self._written["Subject"]),
            body=words.get_content() if words else "",
            from_email=str(self._written["From"]),
            to=[str(self._written["To"])],
            headers=headers,
            connection=connection,
        )
        self.envelope_sender = letter.sender
        self._attach_the_rest(words)

    def message(self, **_terms: Any) -> Any:
        return self._written

    def recipients(self) -> list[str]:
        return [self._written["To"].addresses[0].addr_spec]

    def _attach_the_rest(self, words: MIMEPart | None) -> None:
        """The HTML and the calendar stand beside the words; the rest is attached."""
        parts: Iterator[EmailMessage] = self._written.walk()  # type: ignore[assignment]  # its policy makes these
        for part in parts:
            if part.is_multipart() or part is words:
                continue
            content = part.get_content()
            if part.is_attachment():
                self.attach(part.get_filename(), content, part.get_content_type())
                continue
            method = part.get_param("method")
            kind = part.get_content_type() + (f"; method={method}" if method else "")
            self.attach_alternative(content, kind)


class Provider:
    """What a relay does, done by the back-end that POST_BACKEND names."""

    def __init__(self) -> None:
        self._backend = get_connection(settings.POST_BACKEND)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.hang_up()

    def connect(self) -> None:
        """Open the line that the back-end keeps, if it keeps one."""
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException) as error:
            raise ConnectionLost(str(error)) from error

    def deliver(self, *, letter: Letter, before_content: Callable[[], None], then: Letter | None = None) -> str:
        """Return the provider's own name of the letter, if it gives one; raise a Trouble when it was not taken."""
        message = ReadyMessage(letter, self._backend)
        before_content()
        try:
            self._backend.send_messages([message])
        except Exception as error:
            raise trouble_of(error) from error
        name = getattr(message.anymail_status, "message_id", None)
        return "" if name is None else str(name)

    def hang_up(self) -> None:
        self._backend.close()


def trouble_of(error: Exception) -> Trouble:
    """What a back-end's error means for the letter. Any that we do not know leaves open whether it was sent."""
    said, code = str(error), getattr(error, "status_code", None) or getattr(error, "smtp_code", None) or 0
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return (Refused if code >= 500 else Postponed)(words.decode("utf-8", "replace"), code)
    if type(error).__name__ in REFUSALS:
        return Refused(said, code)
    if code in FORBIDDEN or isinstance(error, smtplib.SMTPSenderRefused):
        return SenderRefused(said, code)
    if code in UNAVAILABLE or code >= 500:
        return Postponed(said, code)
    return Refused(said, code) if code >= 400 else AnswerLost(said, code)
