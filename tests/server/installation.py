"""A server without Docker: the same commands, roles and settings as docker-compose.yml, on servers of its own."""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings

from config.local import accounts, postgres, processes, redis
from tests.server import compose

SITE = "https://participer.commune.example"
ADMINISTRATOR = "ines.briquette@example.org"
# The superuser comes in as they are; the town's two roles by their passwords.
DOORS = "local all fifty trust\nlocal all all scram-sha-256\n"


def hexadecimal() -> str:
    return secrets.token_hex(32)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    """Where everything is, and how each service of Compose is run here."""

    folder: Path
    mail_port: int
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.temporary = Path(tempfile.mkdtemp(prefix="fifty-server-"))
        self.children = processes.Children(logs=self.temporary)
        self.children.remove_at_the_end(self.temporary)
        self.cluster = postgres.at(data=self.temporary / "pg", temporary=self.temporary, is_durable=False)
        self.services = compose.services(**self.env_file())

    def env_file(self) -> dict[str, str]:
        """What the town hall writes into `.env`."""
        return {
            "SITE_URL": SITE,
            "SECRET_KEY": hexadecimal(),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "ADMIN_EMAIL": ADMINISTRATOR,
            "ADMIN_PASSWORD": hexadecimal(),
            "POSTGRES_PASSWORD": hexadecimal(),
            "OWNER_PASSWORD": hexadecimal(),
            "APP_PASSWORD": hexadecimal(),
        }

    # --- PostgreSQL and Redis ----------------------------------------------------------------------------------

    def start_servers(self) -> None:
        postgres.initialise(self.cluster)
        (self.cluster.data / "pg_hba.conf").write_text(DOORS)
        postgres.start(self.cluster, children=self.children)
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database {postgres.DATABASE}".encode())
        self.make_roles()
        redis.start(temporary=self.temporary, data=self.temporary, children=self.children)

    def make_roles(self) -> None:
        """What the db service does at its first start."""
        psql = accounts.installed() / "pginstall18" / "bin" / "psql"
        script = settings.REPOSITORY / "deploy" / "database.sql"
        subprocess.run(
            [psql, "--no-psqlrc", "--quiet", "--file", script, self.cluster.url("postgres")],
            env={**os.environ, **self.services["db"].environment},
            check=True,
        )

    # --- Compose's services ------------------------------------------------------------------------------------

    def environment(self, name: str) -> dict[str, str]:
        """The image's environment, then Compose's, with the places that are elsewhere here."""
        image = {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HOME": str(self.temporary),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join([str(settings.REPOSITORY), str(settings.SITE_ROOT)]),
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "STATIC_ROOT": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
        }
        return {**image, **{key: self.here(value) for key, value in self.services[name].environment.items()}}

    def here(self, text: str) -> str:
        """Compose's names and numbers, as they are on this machine."""
        places = {
            "@db/fifty": f"@/fifty?host={self.cluster.sockets}",
            "redis://redis:6379/0": redis.url(self.temporary),
            "0.0.0.0:8000": f"127.0.0.1:{self.port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "=/tmp/": f"={self.folder}/",
        }
        return re.sub("|".join(map(re.escape, places)), lambda found: places[found[0]], text)

    def start(self, name: str) -> None:
        service = self.services[name]
        self.children.start(
            processes.Program(
                name=name,
                command=[self.here(word) for word in service.command],
                environment=self.environment(name),
                folder=settings.REPOSITORY,
                patience=service.seconds("stop_grace_period"),
            )
        )

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as a service would: its own command, unless another is given."""
        return subprocess.run(
            [self.here(word) for word in command or self.services[name].command],
            env=self.environment(name),
            cwd=settings.REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self, name: str, *, seconds: float) -> int:
        """Stop one service as `docker compose stop` does; its exit code."""
        _program, process = self.children.running[name]
        process.terminate()
        return process.wait(timeout=seconds)

    def log(self, name: str) -> str:
        return (self.temporary / f"{name}.log").read_text(errors="replace")

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the town's own role."""
        return psycopg.connect(self.environment("web")["DATABASE_URL"], autocommit=True)


def wait_until(true: object, *, seconds: float, otherwise: object) -> None:
    """Ask `true()` until it is; after so many seconds, fail with what `otherwise()` says."""
    deadline = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline, otherwise()  # type: ignore[operator]
        time.sleep(0.2)
