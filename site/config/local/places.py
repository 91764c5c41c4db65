"""Where does this copy of the project keep its things, and may it write there?"""

import hashlib
import os
import tempfile
from pathlib import Path

from .trouble import TroubleError

PROJECT = Path(__file__).resolve().parents[3]
STATE = PROJECT / ".local"
LONGEST_SOCKET = 100


class UnwritableError(TroubleError):
    """Impossible d'écrire dans le dossier {folder} : libérez de la place ou donnez-vous le droit d'y écrire."""


class CrowdedError(TroubleError):
    """Le dossier temporaire {folder} ne convient pas : il est à quelqu'un d'autre, ou son nom est trop long."""


def make(folder: Path) -> Path:
    """A folder of ours that can be written to, made if it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x" * 65_536)
    except OSError as error:
        raise UnwritableError(folder=folder) from error
    return folder


def temporary_name(project: Path) -> str:
    return f"fifty-{hashlib.sha256(os.fsencode(project)).hexdigest()[:10]}"


def temporary(project: Path = PROJECT) -> Path:
    """A short folder for sockets: always the same for one copy of the project, and for nobody else."""
    name = temporary_name(project)
    folder = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(folder / "sockets" / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        folder = Path("/tmp") / name
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise CrowdedError(folder=folder)
    return folder
