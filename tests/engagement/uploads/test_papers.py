"""Is a PDF kept as it was sent when it only shows pages, and refused when it does more?"""

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import typst
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from engagement.uploads import cleaning, papers, refusals
from engagement.uploads.cleaning import CleanFile
from tests.engagement.uploads import files


def cleaned(content: bytes, *, name: str = "convention signée.pdf") -> CleanFile:
    return cleaning.document(file=files.sent(content, name=name, kind="text/html"))


def refused(content: bytes) -> type[refusals.RefusedFile]:
    with pytest.raises(refusals.RefusedFile) as refusal:
        cleaned(content)
    assert refusal.value.sentence
    return refusal.type


def with_javascript() -> PdfWriter:
    writer = PdfWriter()
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('Bonjour')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return writer


def with_another_file() -> PdfWriter:
    writer = PdfWriter()
    writer.add_attachment("evil.exe", b"MZ")
    return writer


def with_a_program_to_start() -> PdfWriter:
    writer = PdfWriter()
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")})
    writer.root_object[NameObject("/OpenAction")] = action
    return writer


def test_a_pdf_is_kept_byte_for_byte() -> None:
    content = files.pdf()

    assert cleaned(content) == CleanFile(content, "application/pdf", "convention signée.pdf")


@pytest.mark.parametrize("standard", [None, "ua-1", "a-2b"])
def test_the_papers_that_we_print_come_back(standard: Any) -> None:
    words = (
        b'#set document(title: "Convention")\n#set text(lang: "fr")\n= Convention\n#link("https://example.org")[ici]'
    )
    content = typst.compile(words, pdf_standards=standard or [])

    assert cleaned(content).content == content


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n", b" \0\0\0\n"])
def test_a_scanner_may_end_a_pdf_its_own_way(ending: bytes) -> None:
    content = files.pdf().rstrip() + ending

    assert cleaned(content).content == content


def test_a_pdf_with_its_objects_packed_is_kept() -> None:
    content = files.packed_pdf(b"3 0 <</Type/Catalog/Pages 4 0 R/OpenAction[5 0 R/Fit]>>")

    assert cleaned(content).content == content


def test_pages_full_of_any_bytes_are_kept() -> None:
    """A scan is a long run of chance; no short word found in it may refuse it."""
    writer = PdfWriter()
    writer.add_metadata({"/Scan": "".join(map(chr, range(32, 255)))})
    content = files.pdf(writer)

    assert cleaned(content).content == content


@pytest.mark.parametrize("hostile", [with_javascript, with_another_file, with_a_program_to_start])
def test_a_pdf_that_does_more_than_show_pages_is_refused(hostile: Callable[[], PdfWriter]) -> None:
    assert refused(files.pdf(hostile())) is refusals.Active


@pytest.mark.parametrize(
    "name", [b"/JavaScript", b"/Java#53cript", b"/#4aavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"]
)
def test_it_is_found_where_objects_are_packed_and_however_it_is_spelled(name: bytes) -> None:
    assert refused(files.packed_pdf(b"3 0 <</S" + name + b"/JS(app.alert\\(1\\))>>")) is refusals.Active


def test_it_is_found_in_a_pack_that_is_not_compressed() -> None:
    assert refused(files.packed_pdf(b"3 0 <</S/Java#53cript>>", filters=b"")) is refusals.Active


def test_it_is_found_in_a_pack_that_does_not_call_itself_one() -> None:
    assert refused(files.packed_pdf(b"3 0 <</S/JavaScript>>", named=b"")) is refusals.Active


@pytest.mark.parametrize(
    "filters",
    [
        b"/Filter/ASCIIHexDecode",
        b"/Filter[/ASCII85Decode/FlateDecode]",
        b"/Filter 9 0 R",
        b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>",
        b"/Filter/LZWDecode",
    ],
)
def test_a_pack_that_cannot_be_looked_into_is_refused(filters: bytes) -> None:
    assert refused(files.packed_pdf(b"3 0 <<>>", filters=filters)) is refusals.DamagedDocument


def test_a_pack_hidden_behind_a_false_beginning_is_refused() -> None:
    content, far = files.packed_pdf(b"3 0 <</S/JavaScript>>"), b"/X(" + b" " * papers.LONGEST_HEAD + b")>>\nstream\n"
    hidden = content.replace(b">>\nstream\n", far, 1)
    at = hidden.index(b"2 0 obj")

    moved = hidden[: hidden.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % at

    assert refused(moved) is refusals.DamagedDocument


def test_a_bomb_of_packed_objects_is_not_unpacked() -> None:
    assert refused(files.packed_pdf(bytes(papers.MOST_UNPACKED + 9))) is refusals.DamagedDocument


@pytest.mark.parametrize("many", [b"stream\n", b"#41", b"obj<</First 9>>stream\n", b"obj stream\n#2f"])
def test_looking_into_a_pdf_made_to_last_ends_soon(many: bytes) -> None:
    endless = many * (refusals.MOST_BYTES // len(many))
    began = time.process_time()

    with suppress(refusals.DamagedDocument):
        list(papers.readable(endless))

    assert time.process_time() - began < 15  # 2.5 on a quiet machine


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_behind_a_password_is_refused(algorithm: str) -> None:
    writer = PdfWriter()
    writer.encrypt("", "owner", algorithm=algorithm)

    assert refused(files.pdf(writer)) is refusals.Locked


def test_half_a_pdf_is_refused() -> None:
    content = files.pdf()

    assert refused(content[: len(content) // 2]) is refusals.DamagedDocument


def test_a_table_that_is_not_where_the_file_says_is_refused() -> None:
    content = files.pdf()
    place = content[content.rindex(b"startxref") + 10 :].split()[0]

    assert refused(content.replace(b"startxref\n" + place, b"startxref\n7")) is refusals.DamagedDocument


@pytest.mark.parametrize("stuck", [b"<html><script>alert(1)</script>", b"MZ\x90\0", b"PK\3\4"])
def test_something_stuck_to_a_pdf_makes_it_refused(stuck: bytes) -> None:
    assert refused(files.pdf() + stuck) is refusals.DamagedDocument


def test_a_pdf_that_is_also_an_archive_is_refused() -> None:
    into = io.BytesIO(files.pdf())
    with zipfile.ZipFile(into, "a") as packed:
        packed.writestr("evil.exe", b"MZ")
        packed.comment = b"\nstartxref\n9\n%%EOF\n"

    assert refused(into.getvalue()) is refusals.DamagedDocument


@pytest.mark.parametrize("content", [b"<html>" + b"%PDF-1.7\n", b"\n%PDF-1.7\n", b"PK\3\4 rest", b"<svg/>", b"Bonjour"])
def test_what_is_neither_a_pdf_nor_a_photograph_is_refused(content: bytes) -> None:
    assert refused(content) is refusals.NotADocument


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\n", b"%PDF-9.9\n%%EOF", b"%PDF-1.7\nstartxref\n99999\n%%EOF"])
def test_a_stump_of_a_pdf_is_refused(content: bytes) -> None:
    assert refused(content) is refusals.DamagedDocument


def test_an_empty_or_enormous_document_is_refused() -> None:
    assert refused(b"") is refusals.Empty
    assert refused(files.pdf() + bytes(refusals.MOST_BYTES)) is refusals.TooLarge


def test_a_photograph_of_the_paper_is_made_anew_and_stays_legible() -> None:
    scan = cleaned(files.photo(size=(3600, 2400)), name="scan.png")

    assert (scan.media_type, scan.name) == ("image/jpeg", "scan.jpg")
    assert files.read(scan.content).size == (2400, 1600)


def test_a_damaged_photograph_of_the_paper_is_called_so() -> None:
    assert refused(files.photo("PNG")[:200]) is refusals.Damaged
