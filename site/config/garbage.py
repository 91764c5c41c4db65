"""How often does Python look for garbage? Seldom: a town's residents are no garbage, however many are read at once."""

import gc

# Objects between two looks. At Python's 700, reading fifty thousand residents means hundreds of them, which take a
# third of that time; what a look finds late is a few megabytes.
BETWEEN_LOOKS = 20_000
OLDER, OLDEST = 50, 50


def look_seldom() -> None:
    """For a process that has started: what is there stays until the end, and is never looked at again."""
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS, OLDER, OLDEST)
