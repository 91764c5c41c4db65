"""Files as honest telephones and hostile hands make them."""

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from pillow_heif import HeifImagePlugin  # noqa: F401  # so that a test can write a HEIC
from pypdf import PdfWriter

BRICK = (168, 57, 31)


def sent(content: bytes, *, name: str = "IMG_0042.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (300, 200), mode: str = "RGB", **how: Any) -> bytes:
    """A photograph with something on it, in any of Pillow's formats."""
    return written(gradient(size).convert(mode), kind, **how)


def gradient(size: tuple[int, int]) -> Image.Image:
    across = Image.linear_gradient("L").rotate(90).resize(size)
    return Image.merge("RGB", (across, Image.linear_gradient("L").resize(size), across))


def plain(colour: Any, kind: str = "PNG", *, size: tuple[int, int] = (64, 64), mode: str = "RGB", **how: Any) -> bytes:
    return written(Image.new(mode, size, colour), kind, **how)


def written(image: Image.Image, kind: str, **how: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **how)
    return into.getvalue()


def read(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def exif(*, orientation: int = 1, place: bool = False) -> Image.Exif:
    """What a telephone writes beside the picture; with `place`, where it was taken."""
    said = Image.Exif()
    said[0x0112], said[0x010F], said[0x0132] = orientation, "Telephone of Ada", "2027:03:01 10:00:00"
    if place:
        said.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 18.0), 3: "E", 4: (2.0, 47.0, 31.0)})
    return said


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def png_saying(width: int, height: int, *, lines: int = 1) -> bytes:
    """A PNG of a few bytes that says it is as large as asked: one bit a pixel, and `lines` of them inside."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width + 7) // 8 + 1) * lines, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def webp_saying(width: int, height: int) -> bytes:
    """The head of an animated WebP that says it is as large as asked."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + sides
    return b"RIFF" + struct.pack("<I", len(body)) + body


def repainted(times: int, *, side: int = 4000) -> bytes:
    """A progressive JPEG whose last scan comes again and again: a few bytes each, a pass over every pixel."""
    content = plain(BRICK, "JPEG", size=(side, side), progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * times + b"\xff\xd9"


def pdf(writer: PdfWriter | None = None) -> bytes:
    """One empty page, and whatever the writer was told before."""
    writer = writer or PdfWriter()
    writer.add_blank_page(width=595, height=842)
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def packed_pdf(objects: bytes, *, filters: bytes = b"/Filter/FlateDecode", named: bytes = b"/Type/ObjStm") -> bytes:
    """A PDF whose objects are packed in a stream (ISO 32000-2 §7.5.7), as most programs write it today."""
    packed = zlib.compress(objects) if filters else objects
    head = b"%%PDF-1.7\n1 0 obj\n<<%b/N 1/First 4%b/Length %d>>\nstream\n" % (named, filters, len(packed))
    body = head + packed + b"\nendstream\nendobj\n"
    table = b"2 0 obj\n<</Type/XRef/Size 3/Root 3 0 R/W[1 2 1]/Length 0>>\nstream\n\nendstream\nendobj\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)
