"""Which letters did the catcher keep, and what do they say?"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from functools import cached_property
from pathlib import Path
from typing import overload

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


class UnknownLetterError(LookupError):
    """There is no such letter in the folder."""


@dataclass(frozen=True)
class Letter:
    """One file of the folder; its text is only read when somebody asks for it."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def arrived_at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(int(self.name.split(".")[0]) / 1e9, tz=dt.UTC)

    @cached_property
    def headers(self) -> EmailMessage:
        with self.path.open("rb") as content:
            return BytesHeaderParser(policy=policy.default).parse(content)  # type: ignore[return-value]

    @cached_property
    def message(self) -> EmailMessage:
        with self.path.open("rb") as content:
            return BytesParser(policy=policy.default).parse(content)  # type: ignore[return-value]

    @property
    def sender(self) -> str:
        return str(self.headers["From"] or "")

    @property
    def recipient(self) -> str:
        return str(self.headers["To"] or self.headers["X-Rcpt-To"] or "")

    @property
    def subject(self) -> str:
        return str(self.headers["Subject"] or "")

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    @property
    def links(self) -> list[str]:
        """The addresses that the text names, each once."""
        return list(dict.fromkeys(LINK.findall(self.text)))

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]

    def part(self, kind: str) -> str:
        found = self.message.get_body(preferencelist=(kind,))
        return str(found.get_content()) if found is not None else ""


class Letters(Sequence[Letter]):
    """Every letter of a folder, the last first; none is opened before it is looked at."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted((folder / "new").glob("[0-9]*"), reverse=True)

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, index: int) -> Letter: ...
    @overload
    def __getitem__(self, index: slice) -> list[Letter]: ...
    def __getitem__(self, index: int | slice) -> Letter | list[Letter]:
        if isinstance(index, slice):
            return [Letter(path) for path in self.paths[index]]
        return Letter(self.paths[index])


def find(*, folder: Path, name: str) -> Letter:
    """The letter of that name. Raises UnknownLetterError."""
    path = folder / "new" / name
    if path.parent != folder / "new" or not path.is_file():
        raise UnknownLetterError
    return Letter(path)
