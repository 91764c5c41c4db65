"""Are the words of the interface ready to be read? Catalogues are compiled without the gettext programs."""

import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .places import PROJECT

CATALOGUES = PROJECT / "site" / "locale"


def compile_catalogues(folder: Path = CATALOGUES) -> int:
    """Compile every catalogue that changed since it last was; how many did is returned."""
    changed = [source for source in folder.glob("*/LC_MESSAGES/*.po") if is_newer(source, source.with_suffix(".mo"))]
    for source in changed:
        compile_one(source)
    return len(changed)


def is_newer(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> None:
    """Written aside and renamed, so that a running site never reads half a catalogue."""
    with source.open("rb") as words:
        catalogue = read_po(words, locale=source.parts[-3])
    with tempfile.NamedTemporaryFile(dir=source.parent, suffix=".new", delete=False) as made:
        write_mo(made, catalogue)
    Path(made.name).chmod(0o644)
    Path(made.name).rename(source.with_suffix(".mo"))
