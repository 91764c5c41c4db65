"""What does the worst picture cost that we take? Measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from engagement.uploads import decoding
from tests.engagement.uploads import files

MOST_MEMORY = 640  # megabytes, with Python and Django in them
MOST_SECONDS = 10  # some 1.5 on a quiet machine

MEASURED = r"""
import re, resource, sys, time
import django
from django.conf import settings
settings.configure()
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from engagement.uploads import cleaning, refusals
file = SimpleUploadedFile("picture", open(sys.argv[1], "rb").read())
began = time.process_time()
try:
    outcome = cleaning.picture(file=file).width
except refusals.RefusedFile as refused:
    outcome = type(refused).__name__
seconds = time.process_time() - began
try:  # Linux counts in getrusage what the process was before it became this one
    kilobytes = re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]
except FileNotFoundError:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # bytes, where there is no /proc
print(outcome, seconds, int(kilobytes) // 1024)
"""


def cost(content: bytes, folder: Path) -> tuple[str, float, int]:
    """What came of it, seconds of the processor, megabytes at the most."""
    path = folder / "picture"
    path.write_bytes(content)
    measured = [sys.executable, "-c", MEASURED, str(path)]
    answered = subprocess.run(measured, capture_output=True, text=True, check=True).stdout
    outcome, seconds, megabytes = answered.split()
    return outcome, float(seconds), int(megabytes)


def side(kind: str) -> int:
    """Of the largest square of this kind that we take."""
    return int(decoding.MOST_PIXELS[kind] ** 0.5)


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("JPEG", {"mode": "RGB"}),
        ("JPEG", {"mode": "CMYK", "progressive": True, "subsampling": 0}),
        ("PNG", {"mode": "RGBA", "compress_level": 1}),
        ("GIF", {"mode": "P"}),
        ("WEBP", {"mode": "RGBA", "method": 0}),
        ("AVIF", {"mode": "RGBA", "speed": 10}),
    ],
    ids=["jpeg", "jpeg for printers", "png", "gif", "webp", "avif"],
)
def test_the_largest_picture_of_each_kind_takes_little(kind: str, how: dict, tmp_path: Path) -> None:
    colour = {"RGB": files.BRICK, "CMYK": (9, 99, 199, 9), "RGBA": (9, 99, 199, 99), "P": 3}[how["mode"]]
    content = files.plain(colour, kind, size=(side(kind), side(kind)), **how)

    outcome, seconds, megabytes = cost(content, tmp_path)

    assert outcome == "1600"
    assert megabytes < MOST_MEMORY
    assert seconds < MOST_SECONDS


@pytest.mark.slow  # making such a file takes longer than reading it
def test_the_largest_heic_takes_little(tmp_path: Path) -> None:
    content = files.plain(files.BRICK, "HEIF", size=(side("HEIF"), side("HEIF")))

    outcome, seconds, megabytes = cost(content, tmp_path)

    assert (outcome, megabytes < MOST_MEMORY, seconds < MOST_SECONDS) == ("1600", True, True)


@pytest.mark.parametrize(
    "content",
    [files.png_saying(20_000, 20_000, lines=20_000), files.webp_saying(16_384, 16_384)],
    ids=["png", "webp"],
)
def test_a_bomb_costs_next_to_nothing(content: bytes, tmp_path: Path) -> None:
    outcome, seconds, megabytes = cost(content, tmp_path)

    assert len(content) < 60_000
    assert outcome == "TooManyPixels"
    assert megabytes < 100
    assert seconds < 1


def test_of_three_thousand_images_one_is_decoded(tmp_path: Path) -> None:
    """Each image of it is as large as the first: together they are 270 million pixels."""
    first, second = files.gradient((300, 300)), files.gradient((300, 300)).rotate(180)
    pair = files.written(first, "GIF", save_all=True, append_images=[second])
    film = pair[:-1] + pair[pair.rindex(b"\x21\xf9") : -1] * 3000 + b";"

    outcome, seconds, megabytes = cost(film[:14_000_000], tmp_path)

    assert outcome == "300"
    assert seconds < 1
    assert megabytes < 120
