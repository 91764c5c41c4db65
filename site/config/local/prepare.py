"""Is there a Python environment with what the lock asks for? Makes `.venv` and installs into it when the lock changed.

Runs under whatever Python the machine calls python3, so it must be readable by an old one.
"""

import hashlib
import os
import shutil
import subprocess
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
VENV = os.path.join(PROJECT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
UNFINISHED = os.path.join(VENV, "unfinished")
CONTAINED = {"requirements-dev.txt": ("requirements-local.txt",)}
TOO_OLD = (
    "Il faut Python 3.11 ou plus récent ; celui-ci est {version}. "
    "/ Python 3.11 or newer is needed; this one is {version}."
)
NO_VENV = (
    "Il manque le module venv de Python : installez-le (sous Debian ou Ubuntu : apt install python3-venv). "
    "/ Python's venv module is missing: install it (on Debian or Ubuntu: apt install python3-venv)."
)
NO_FOLDER = (
    "Impossible d'écrire dans le dossier {folder} : libérez de la place ou donnez-vous le droit d'y écrire. "
    "/ The folder cannot be written to: {reason}."
)
NO_PACKAGES = (
    "L'installation des paquets a échoué : vérifiez la connexion et la place libre, puis recommencez. "
    "/ Installing the packages failed: check the connection and the free space, then try again."
)


def say_and_stop(sentence):
    sys.exit(sentence)


def check_python():
    """One sentence for a Python that is too old or comes without venv."""
    if sys.version_info < (3, 11):
        say_and_stop(TOO_OLD.format(version="{}.{}.{}".format(*sys.version_info[:3])))
    try:
        __import__("venv")
        __import__("ensurepip")
    except ImportError:
        say_and_stop(NO_VENV)


def fingerprint(lock):
    with open(os.path.join(PROJECT, lock), "rb") as lines:
        return hashlib.sha256(lines.read() + os.path.realpath(PYTHON).encode()).hexdigest()


def stamp(lock):
    return os.path.join(VENV, "installed-" + lock)


def is_installed(lock):
    try:
        with open(stamp(lock)) as text:
            return is_usable() and text.read() == fingerprint(lock)
    except OSError:
        return False


def is_usable():
    """An environment that works and whose packages were installed to the end; anything less is made anew."""
    return os.access(PYTHON, os.X_OK) and not os.path.exists(UNFINISHED)


def begin():
    """Note that something is being done to the environment. Raises OSError where nothing can be written."""
    if not os.path.isdir(VENV):
        os.mkdir(VENV)
    with open(UNFINISHED, "w") as text:
        text.write("x" * 65536)


def make_venv():
    print("Environnement Python : création de .venv...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    begin()
    if subprocess.call([sys.executable, "-m", "venv", VENV], stdout=subprocess.DEVNULL) != 0:
        say_and_stop(NO_VENV)


def install(lock):
    print("Environnement Python : installation des paquets de {}...".format(lock), flush=True)
    installing = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile", "-qq"]
    installing += ["--disable-pip-version-check", "--requirement", os.path.join(PROJECT, lock)]
    if subprocess.call(installing) != 0:
        say_and_stop(NO_PACKAGES)
    for name in (lock,) + CONTAINED.get(lock, ()):
        with open(stamp(name), "w") as text:
            text.write(fingerprint(name))
    os.remove(UNFINISHED)


def main(lock):
    check_python()
    if is_installed(lock):
        return
    try:
        is_to_be_made = not is_usable()
        begin()
        if is_to_be_made:
            make_venv()
        install(lock)
    except OSError as error:
        say_and_stop(NO_FOLDER.format(folder=PROJECT, reason=error.strerror))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
