"""What do we keep of a file that a stranger sends? A photograph made anew, or a PDF that only shows pages."""

import threading
from dataclasses import dataclass
from functools import partial

from django.core.files.uploadedfile import UploadedFile

from . import decoding, names, papers, receiving, refusals, shrinking

LONGEST_OF_A_PICTURE = 1600
LONGEST_OF_A_SCAN = 2400
JPEG = "image/jpeg"
PDF = "application/pdf"
one_at_a_time = threading.Lock()
"""A big picture takes some 300 MB while it is decoded: never two of them in one process."""


@dataclass(frozen=True)
class CleanPicture:
    """A photograph made anew: a JPEG in sRGB, upright, of which nothing else of what was sent is left."""

    content: bytes
    width: int
    height: int
    name: str
    media_type: str = JPEG


@dataclass(frozen=True)
class CleanFile:
    """A PDF as it was sent, or a photograph made anew; `name` is safe to show and to download under."""

    content: bytes
    media_type: str
    name: str


def picture(*, file: UploadedFile) -> CleanPicture:
    """The photograph that was sent, at most LONGEST_OF_A_PICTURE pixels on its long side.

    JPEG, PNG, WebP, AVIF, GIF (its first image) or HEIC, told by their content. Raises Empty, TooLarge, NotAPicture,
    TooManyPixels or Damaged.
    """
    name = names.ending_as(names.shown(file.name, otherwise="photo"), ".jpg")
    return made_anew(receiving.content_of(file), name=name, longest=LONGEST_OF_A_PICTURE)


def document(*, file: UploadedFile) -> CleanFile:
    """A scan or a proof: a PDF kept byte for byte (ISO 32000), or a photograph of the paper.

    Raises Empty, TooLarge, NotADocument, DamagedDocument, Locked, Active, TooManyPixels or Damaged.
    """
    content = receiving.content_of(file)
    name = names.shown(file.name, otherwise="document")
    if papers.begins_as_pdf(content):
        papers.refuse_unsafe(content)
        return CleanFile(content, PDF, names.ending_as(name, ".pdf"))
    try:
        scan = made_anew(content, name=names.ending_as(name, ".jpg"), longest=LONGEST_OF_A_SCAN)
    except refusals.NotAPicture as not_a_picture:
        raise refusals.NotADocument from not_a_picture
    return CleanFile(scan.content, JPEG, scan.name)


def made_anew(content: bytes, *, name: str, longest: int) -> CleanPicture:
    with one_at_a_time:
        image = decoding.decoded(decoding.opened(content), partial(shrinking.small, longest=longest))
    return CleanPicture(shrinking.jpeg(image), image.width, image.height, name)
