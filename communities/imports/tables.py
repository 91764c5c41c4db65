"""Which rows does an uploaded file hold? CSV of any usual encoding and separator, or XLSX; never more than fits."""

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_EMPTY_ROWS = 200_000
MAX_UNPACKED_BYTES = 30 * 1024 * 1024
# What openpyxl holds whole, styles and each row, takes a hundred times its size and seconds for each megabyte.
MAX_WHOLE_BYTES = 1024 * 1024
READ_WHOLE = {"xl/styles.xml", "xl/workbook.xml"}
SHARED_STRINGS = "xl/sharedStrings.xml"
MAX_PARTS = 1_000
SEPARATORS = ";,\t|"
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK"


class Unreadable(Exception):
    """This file cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, as a person counts them; `cells` is None when the line itself is broken."""

    number: int
    cells: list[str] | None


def read(*, file: IO[bytes], size: int) -> list[Row]:
    """The rows that hold something, the heading first. Raise Unreadable for anything else than a table that fits."""
    if not size:
        raise Unreadable(_("The file is empty: 0 bytes."))
    if size > MAX_BYTES:
        weights = {"weight": size // 1024 // 1024, "most": MAX_BYTES // 1024 // 1024}
        raise Unreadable(
            _("The file weighs %(weight)s MB; at most %(most)s MB can be read. Cut it in parts.") % weights
        )
    start = file.read(len(OLD_EXCEL))
    file.seek(0)
    if start == OLD_EXCEL:
        raise Unreadable(_("This is an old Excel file, or one with a password. Save it as .xlsx without password."))
    rows = workbook_rows(file) if start.startswith(ZIP) else text_rows(decoded(file.read()))
    return list(filled(rows))


def filled(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows in which something is written. Raise Unreadable beyond the most that can be imported at once."""
    found = 0
    for row in rows:
        if row.cells is None or any(row.cells):
            found += 1
            yield row
        if found > MAX_ROWS + 1 or row.number > MAX_ROWS + MAX_EMPTY_ROWS:
            raise Unreadable(_("The file has more than %(most)s lines. Cut it in parts.") % {"most": MAX_ROWS})


def without_nothing(text: str) -> str:
    """A character that no text holds and PostgreSQL refuses: the file is something else."""
    if "\0" in text:
        raise Unreadable(_("This is neither a CSV file nor an .xlsx workbook."))
    return text


def decoded(content: bytes) -> str:
    """Text as UTF-8 or UTF-16 if it says so, otherwise UTF-8 if it can be, otherwise Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return without_nothing(content.decode(encoding, errors="replace"))
    if b"\0" in content:
        raise Unreadable(_("This is neither a CSV file nor an .xlsx workbook."))
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The characters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx."))


def text_rows(text: str) -> Iterator[Row]:
    """The lines of a CSV. Raise Unreadable when an open quotation mark swallows the rest of the file."""
    separator, text = separated(text.lstrip("\r\n"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            yield Row(number, [cell.strip() for cell in next(reader)[:MAX_COLUMNS]])
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise Unreadable(
                    _("Line %(number)s opens a quotation mark that is never closed.") % {"number": number}
                ) from error
            yield Row(number, None)


def separated(text: str) -> tuple[str, str]:
    """What stands between two cells, by Excel's own "sep=" line or by the heading, and the text without that line."""
    heading, _newline, rest = text.partition("\n")
    heading = heading.strip("\r")
    if heading.lower().startswith("sep=") and len(heading) == len("sep=;"):
        return heading[-1], rest
    return max(SEPARATORS, key=heading.count), text


def workbook_rows(file: IO[bytes]) -> Iterator[Row]:
    """The lines of the first visible sheet, formulas as their last result."""
    try:
        refuse_bombs(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles are none of the reader's business
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = next(sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
            sheet.reset_dimensions()  # what the file says of its own size is not believed
            for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
                yield Row(number, [written(value) for value in values])
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook breaks its reader in a hundred ways, with one remedy
        raise Unreadable(_("This workbook is damaged. Open it in a spreadsheet and save it as .xlsx again.")) from error


def refuse_bombs(file: IO[bytes]) -> None:
    """Raise Unreadable for what is no workbook, or unpacks to far more than any list of residents."""
    try:
        workbook = zipfile.ZipFile(file)
        parts = workbook.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(_("This workbook is damaged. Open it in a spreadsheet and save it as .xlsx again.")) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(_("This is not an .xlsx workbook. Save the list as .xlsx or as CSV."))
    is_large = len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES
    if is_large or any(is_heavy(workbook, part) for part in parts):
        raise Unreadable(_("This workbook unpacks to far more than a list of residents. Copy the list to a new one."))


def is_heavy(workbook: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether reading this part needs far more than its size: heavy styles, or a row of a hundred thousand cells."""
    if part.filename in READ_WHOLE:
        return part.file_size > MAX_WHOLE_BYTES
    if not part.filename.endswith(".xml") or part.filename == SHARED_STRINGS:
        return False
    with workbook.open(part) as stream:
        rest = b""
        while chunk := stream.read(65_536):
            rest = (rest + chunk).rpartition(b"</row>")[2]
            if len(rest) > MAX_WHOLE_BYTES:
                return True
    return False


def written(value: Any) -> str:
    """A cell as a person would type it: 62000 and not 62000.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value).strip()
