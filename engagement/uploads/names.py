"""How is a file called when we speak of it? Never by a path, never by signs that lie about its kind."""

import unicodedata
from pathlib import PurePosixPath

LONGEST = 60
LONGEST_ENDING = 10
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # controls, overrides of direction, signs that nobody drew
FORBIDDEN = set('<>:"|?*\\/&;`$')


def shown(name: str | None, *, otherwise: str) -> str:
    """A short name to show and to download under: no folder, no control sign, the ending kept. `otherwise` when
    nothing is left.
    """
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if is_seen(sign))
    return shortened(" ".join(seen.split()).strip(". ")) or otherwise


def is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in UNSEEN and sign not in FORBIDDEN


def shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = PurePosixPath(name).suffix[:LONGEST_ENDING]
    return name[: LONGEST - len(ending) - 1].rstrip() + "…" + ending


def ending_as(name: str, ending: str) -> str:
    """The same name with the ending of what the file is now."""
    return PurePosixPath(name).stem + ending
