"""What does a mail provider hand over? A message's bytes, which nobody reads before a worker does, within its bounds.

django-anymail takes a message apart as it comes, with the standard library and in the web process: one of ten thousand
parameters keeps that busy for seconds, one nested deeply enough breaks it, and the provider offers it again and again.
"""

from collections.abc import Iterable

from anymail.inbound import AnymailInboundMessage


class AsItCame(AnymailInboundMessage):
    """A message that django-anymail believes it has read. As part of another, it is that part's text."""

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self.raw = raw
        self.set_payload(raw.decode("ascii", "surrogateescape"))

    def as_bytes(self, *_written: object, **_otherwise: object) -> bytes:
        return self.raw


def leave_unread() -> None:
    """From now on django-anymail leaves reading to us."""
    AnymailInboundMessage.parse_raw_mime_bytes = classmethod(_of_bytes)
    AnymailInboundMessage.parse_raw_mime_chunks = classmethod(_of_chunks)


def _of_bytes(_anymails: type, raw: bytes) -> AsItCame:
    return AsItCame(raw)


def _of_chunks(_anymails: type, chunks: Iterable[bytes | str]) -> AsItCame:
    return AsItCame(b"".join(chunk.encode() if isinstance(chunk, str) else chunk for chunk in chunks))
