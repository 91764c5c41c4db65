"""How does PostgreSQL 18 run from its wheel, on a socket only, and heal after anything?"""

import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from . import accounts
from .processes import Children, Program
from .trouble import TroubleError

COMPLAINT = re.compile(r"(?:FATAL|PANIC|initdb: error):")
STILL_LEAVING = "is still in use"
LEAVING = 10.0
WITHOUT_WHICH_NOTHING = ("PG_VERSION", "postgresql.conf", "pg_hba.conf", "global/pg_control")
USER = "fifty"
DATABASE = "fifty"
INITIALISE = (
    *("--username", USER, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-instructions"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--set=dynamic_shared_memory_type=mmap"),
)
SETTINGS = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "100"}
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
}


class BrokenBaseError(TroubleError):
    """PostgreSQL ne démarre pas. Ce qu'il en dit : {said} (la suite dans {log})"""


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL: where its data is, where its socket is, and whether it survives a power cut."""

    data: Path
    temporary: Path
    account: accounts.Account
    is_durable: bool = True

    @property
    def sockets(self) -> Path:
        return self.temporary / "sockets"

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self.sockets), safe='')}"

    def program(self) -> Program:
        settings = SETTINGS if self.is_durable else {**SETTINGS, **FORGETFUL}
        return Program(
            name="postgresql",
            command=[
                *(*self.account.prefix, str(self.account.programs / "postgres")),
                *("-D", self.account.name_of(self.data), "-k", str(self.sockets)),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            folder=self.data,
            user=self.account.user,
            stops_with=signal.SIGINT,
            patience=20,
            serves=True,
        )


def at(*, data: Path, temporary: Path, is_durable: bool = True) -> Cluster:
    return Cluster(data=data, temporary=temporary, account=accounts.choose(temporary=temporary), is_durable=is_durable)


def is_whole(data: Path) -> bool:
    """Whether a folder holds a base that was made to the end."""
    return all((data / name).is_file() and (data / name).stat().st_size for name in WITHOUT_WHICH_NOTHING)


def initialise(cluster: Cluster) -> Path | None:
    """Make the base unless it is there; a half-made one is put aside, and the place where it went is returned."""
    if is_whole(cluster.data):
        return None
    aside = put_aside(cluster.data)
    unfinished = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    cluster.account.owns(unfinished)
    made = subprocess.run(
        [
            *(*cluster.account.prefix, str(cluster.account.programs / "initdb")),
            *("-D", cluster.account.name_of(unfinished), *INITIALISE),
            *(() if cluster.is_durable else ("--no-sync",)),
        ],
        cwd=unfinished,
        user=cluster.account.user,
        group=cluster.account.user,
        extra_groups=None if cluster.account.user is None else [],
        capture_output=True,
        check=False,
    )
    if made.returncode != 0:
        raise BrokenBaseError(said=last_words(made.stderr), log=unfinished)
    unfinished.rename(cluster.data)
    return aside


def put_aside(data: Path) -> Path | None:
    """Nothing is thrown away: what might still hold somebody's data keeps a name of its own."""
    if not data.exists():
        return None
    if data.is_dir() and not any(data.iterdir()):
        data.rmdir()
        return None
    return data.rename(data.with_name(f"{data.name}.{time.time_ns()}"))


def start(cluster: Cluster, *, children: Children, seconds: float = 60) -> None:
    """Start the server and wait until it answers; the database is made if it is missing.

    The caller made sure that no server of ours still runs here, so what one left to say that it does means nothing;
    but the helpers of one that was killed may take a moment to leave.
    """
    cluster.account.owns(cluster.data)
    cluster.account.owns(cluster.sockets)
    for leftover in (cluster.data / "postmaster.pid", *cluster.sockets.glob(".s.PGSQL.*")):
        leftover.unlink(missing_ok=True)
    program, log = cluster.program(), children.logs / "postgresql.log"
    children.start(program)
    began = time.monotonic()
    while not answers(cluster):
        has_ended, waited = program in children.ended(), time.monotonic() - began
        if has_ended and waited < LEAVING and STILL_LEAVING in last_words(log.read_bytes()):
            children.start_again(program)
        elif has_ended or waited > seconds:
            raise BrokenBaseError(said=last_words(log.read_bytes()), log=log)
        time.sleep(0.05)
    make_database(cluster)


def answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.url("postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def make_database(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(f'create database "{DATABASE}"'.encode())


def last_words(said: bytes) -> str:
    """The last complaint of a log, without its date; else its last line."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()] or ["rien"]
    complaints = [line for line in lines if COMPLAINT.search(line)] or lines
    return COMPLAINT.split(complaints[-1])[-1].strip()
