"""Files of residents as somebody at the town hall uploads them."""

import io
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook

from communities.imports import importing
from communities.imports.importing import StatedConsent
from communities.models import Community, ResidentImport
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
FORUM = StatedConsent(origin="Forum des associations", date=date(2027, 1, 15), proof="Classeur bleu, fiches 1 à 40")


def receive(
    content: bytes | str, *, stated: StatedConsent | None = None, community: Community | None = None
) -> ResidentImport:
    content = content.encode() if isinstance(content, str) else content
    return importing.receive(
        file=io.BytesIO(content),
        size=len(content),
        name="habitants.csv",
        community=community,
        stated=stated,
        by=StaffFactory(),
        now=NOW,
    )


def apply(received: ResidentImport) -> ResidentImport:
    return importing.apply(resident_import=received, now=NOW)


def workbook(*rows: list[Any]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def reasons(received: ResidentImport) -> dict[int, str]:
    return {number: reason for number, _verdict, reason, _name in received.report["lines"] if reason}
