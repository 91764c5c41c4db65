"""Servers and processes of a test's own, in a folder with a short name: a socket's path has at most 107 bytes."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local.processes import Children


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="fifty-local-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def children(folder: Path) -> Iterator[Children]:
    children = Children(logs=folder)
    yield children
    children.stop()
