"""Is it a photograph, and is it safe to decode? Its content decides, never its name nor what the browser said."""

import io
from collections.abc import Callable

from PIL import Image
from pillow_heif import HeifImagePlugin  # noqa: F401  # teaches Pillow the photographs of recent telephones

from . import jpeg_scans, refusals

MOST_PIXELS = {
    "JPEG": 60_000_000,
    "PNG": 60_000_000,
    "GIF": 60_000_000,
    "HEIF": 50_000_000,
    "AVIF": 30_000_000,
    "WEBP": 24_000_000,
}
"""By kind, so that none takes more than half a gigabyte: Pillow holds a WebP four times while it decodes it."""
MOST_PAINTED = 1_200_000_000
"""Pixels times passes: a JPEG in ten passes, as cameras and sites make them, asks for half of it at most."""
TOO_MANY_FOR_PILLOW = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def opened(content: bytes) -> Image.Image:
    """The picture, not decoded yet. Raises NotAPicture or TooManyPixels."""
    refuse_big_canvas(content)
    try:
        image = Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS))
    except TOO_MANY_FOR_PILLOW as warned:
        raise refusals.TooManyPixels from warned
    except Exception as stumbled:  # a decoder stumbles on hostile bytes in its own way each time
        raise refusals.NotAPicture from stumbled
    refuse_bombs(image, content)
    return image


def refuse_big_canvas(content: bytes) -> None:
    """Pillow takes memory for an animated WebP on opening it: twice its canvas. Raises TooManyPixels."""
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X":
        width, height = (1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        if width * height > MOST_PIXELS["WEBP"]:
            raise refusals.TooManyPixels


def refuse_bombs(image: Image.Image, content: bytes) -> None:
    """Raises TooManyPixels."""
    is_jpeg = content.startswith(b"\xff\xd8")  # Pillow calls it MPO where it holds several pictures
    pixels = image.width * image.height
    if pixels > MOST_PIXELS["JPEG" if is_jpeg else str(image.format)]:
        raise refusals.TooManyPixels
    if is_jpeg and pixels * jpeg_scans.count(content) > MOST_PAINTED:
        raise refusals.TooManyPixels


def decoded(image: Image.Image, work: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """What `work` makes of the picture while it is decoded. Raises Damaged or TooManyPixels."""
    try:
        return work(image)
    except TOO_MANY_FOR_PILLOW as warned:
        raise refusals.TooManyPixels from warned
    except Exception as stumbled:  # the same
        raise refusals.Damaged from stumbled
