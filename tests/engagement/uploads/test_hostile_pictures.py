"""What is not a photograph is refused with a sentence; what hides behind one is gone."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.uploads import cleaning, decoding, jpeg_scans, refusals
from tests.engagement.uploads import files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
ARRIVING = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def archive() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        packed.writestr("evil.php", "<?php system($_GET[0]);")
    return into.getvalue()


def refused(content: bytes) -> type[refusals.RefusedFile]:
    with pytest.raises(refusals.RefusedFile) as refusal:
        cleaning.picture(file=files.sent(content))
    assert refusal.value.sentence
    return refusal.type


@pytest.mark.parametrize(
    "content",
    [SVG, b"<?xml version='1.0'?>" + SVG, PAGE, b"GIF", b"\xff\xd8\xff", b"BM" + b"\0" * 60, b"MZ\x90", ARRIVING, b" "],
    ids=["svg", "svg with a head", "page", "gif", "jpeg", "bmp", "program", "heic", "blank"],
)
def test_what_is_not_a_photograph_is_refused(content: bytes) -> None:
    assert refused(content) is refusals.NotAPicture


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM", "PDF", "JPEG2000", "TGA", "SGI", "DDS", "EPS"])
def test_kinds_that_no_telephone_makes_are_never_decoded(kind: str) -> None:
    assert refused(files.photo(kind)) is refusals.NotAPicture


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") is refusals.Empty


def test_fifty_megabytes_are_refused_without_being_read() -> None:
    class Unread(SimpleUploadedFile):
        def read(self, *_how_much: int) -> bytes:
            raise AssertionError

    with pytest.raises(refusals.TooLarge):
        cleaning.picture(file=Unread("big.jpg", bytes(50_000_000)))


def test_a_file_that_lies_about_its_size_is_read_no_further_than_the_limit() -> None:
    lying = files.sent(bytes(refusals.MOST_BYTES + 9))
    lying.size = 9

    with pytest.raises(refusals.TooLarge):
        cleaning.picture(file=lying)


def test_a_photograph_of_exactly_the_limit_is_taken() -> None:
    photo = files.photo()

    padded = photo + bytes(refusals.MOST_BYTES - len(photo))

    assert cleaning.picture(file=files.sent(padded)).width == 300


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
def test_half_a_photograph_is_refused(kind: str) -> None:
    content = files.photo(kind)

    assert refused(content[: len(content) // 2]) in {refusals.Damaged, refusals.NotAPicture}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize(
    "stuck", [archive(), PAGE, b"<?php phpinfo();", b"=alert(1)//"], ids=["zip", "page", "php", "js"]
)
def test_what_is_stuck_to_a_photograph_is_gone(kind: str, stuck: bytes) -> None:
    picture = cleaning.picture(file=files.sent(files.photo(kind) + stuck))

    assert stuck[:24] not in picture.content
    assert not zipfile.is_zipfile(io.BytesIO(picture.content))
    assert picture.content.endswith(b"\xff\xd9")


def test_a_gif_that_is_also_a_program_is_a_picture_afterwards() -> None:
    gif = files.plain(0, "GIF", mode="P", comment=b"*/=alert(document.cookie)/*")
    both = gif.replace(b"GIF87a", b"GIF89a")

    picture = cleaning.picture(file=files.sent(both))

    assert picture.content.startswith(b"\xff\xd8\xff\xe0")
    assert b"alert" not in picture.content


def test_something_before_a_photograph_makes_it_none() -> None:
    assert refused(PAGE + files.photo()) is refusals.NotAPicture


@pytest.mark.parametrize(
    "content",
    [
        files.png_saying(20_000, 20_000),
        files.png_saying(10_000, 9_000),
        files.png_saying(2_000_000_000, 2_000_000_000),
        files.webp_saying(16_384, 16_384),
        files.webp_saying(5_000, 5_000),
        files.plain(0, "GIF", mode="P").replace(b"\x40\0\x40\0", b"\xff\xff\xff\xff"),
    ],
    ids=["png", "png that Pillow only warns of", "png beyond numbers", "webp", "webp beyond ours", "gif"],
)
def test_a_bomb_is_refused_by_what_it_says_of_itself(content: bytes) -> None:
    assert refused(content) is refusals.TooManyPixels


def test_a_bomb_of_text_beside_the_picture_is_not_unpacked() -> None:
    assert refused(files.photo("PNG").replace(b"IDAT", b"zTXt", 1)) in {refusals.NotAPicture, refusals.Damaged}


def test_a_jpeg_that_paints_itself_a_thousand_times_is_refused() -> None:
    bomb = files.repainted(1000)

    assert len(bomb) < 1_500_000
    assert refused(bomb) is refusals.TooManyPixels


def test_a_jpeg_in_the_passes_that_cameras_make_is_taken() -> None:
    ordinary = files.photo(progressive=True, size=(3000, 2000))

    assert 1 < jpeg_scans.count(ordinary) < 20
    assert cleaning.picture(file=files.sent(ordinary)).width == 1600


def test_what_follows_a_photograph_counts_for_nothing() -> None:
    """Telephones stick a film of three seconds to it, where any byte comes."""
    film = b"\xff\xda\0\2" * 100_000

    assert jpeg_scans.count(files.photo() + film) == 1
    assert cleaning.picture(file=files.sent(files.photo() + film)).width == 300


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xda\0\0\xff"])
def test_counting_ends_on_any_stump(content: bytes) -> None:
    assert jpeg_scans.count(content) in {0, 1}


def test_a_decoder_that_fails_in_any_way_refuses() -> None:
    def fail(_image: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(refusals.Damaged):
        decoding.decoded(decoding.opened(files.photo()), fail)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"])
def test_no_byte_turned_over_leads_to_anything_but_a_picture_or_a_refusal(kind: str) -> None:
    content = files.photo(kind, size=(48, 32))
    for at in range(0, len(content), max(1, len(content) // 80)):
        turned = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            picture = cleaning.picture(file=files.sent(turned))
        except refusals.RefusedFile:
            continue
        assert picture.content.startswith(b"\xff\xd8\xff\xe0")
