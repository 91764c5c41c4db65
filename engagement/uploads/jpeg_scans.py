"""How often does a JPEG paint its picture over? A few bytes may ask for a pass over every pixel, thousands of times."""

import re
from collections.abc import Iterator

START_OF_SCAN = 0xDA
END_OF_IMAGE = 0xD9
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers that no length follows (ITU-T T.81, table B.1)
AFTER_A_SCAN = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
MARKER = re.compile(rb"\xff+([^\x00\xff])")


def count(content: bytes) -> int:
    """Passes over the picture that a decoder makes, up to its end; what follows the end is not a picture."""
    return sum(marker == START_OF_SCAN for marker in markers(content))


def markers(content: bytes) -> Iterator[int]:
    at, pattern = 2, MARKER
    while found := pattern.search(content, at):
        marker = found[1][0]
        yield marker
        if marker == END_OF_IMAGE:
            return
        at = found.end() if marker in ALONE else end_of_segment(content, found.end())
        pattern = AFTER_A_SCAN if marker == START_OF_SCAN else MARKER


def end_of_segment(content: bytes, at: int) -> int:
    return at + max(2, int.from_bytes(content[at : at + 2]))
