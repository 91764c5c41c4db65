"""PostgreSQL and Redis of this storm's own, durable as in production, that die and come back."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django

from config.local import postgres, processes, redis, translations
from tests import servers


@dataclass
class Servers:
    temporary: Path
    children: processes.Children
    cluster: postgres.Cluster

    def kill_redis(self) -> None:
        """What it held is gone: it keeps nothing."""
        self.children.kill_group(self.children.running["redis"][1])
        self.children.running["redis"][1].wait()
        redis.start(temporary=self.temporary, data=self.temporary, children=self.children)

    def kill_postgres(self) -> None:
        """As a power cut would; it recovers from its journal."""
        self.children.kill_group(self.children.running["postgresql"][1])
        self.children.running["postgresql"][1].wait()
        postgres.start(self.cluster, children=self.children)


def start(temporary: Path, children: processes.Children, **environment: str) -> Servers:
    """Every table, Django, and nothing in them; the environment is what every process of the town is told."""
    (temporary / "static").mkdir()
    cluster = postgres.at(data=temporary / "pg", temporary=temporary)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": cluster.url(),
        "REDIS_URL": redis.url(temporary),
        "MEDIA_ROOT": str(temporary / "media"),
        "STATIC_ROOT": str(temporary / "static"),
        "INBOUND_DOMAIN": "agora.commune.example",
        **environment,
    }
    redis.start(temporary=temporary, data=temporary, children=children)
    servers.make_tables(cluster=cluster, logs=temporary)
    postgres.start(cluster, children=children)
    translations.compile_catalogues()
    django.setup()
    return Servers(temporary=temporary, children=children, cluster=cluster)


def folder() -> tuple[Path, processes.Children]:
    """A place for everything, and whoever empties it at the end."""
    temporary = Path(tempfile.mkdtemp(prefix="fifty-chaos-"))
    children = processes.Children(logs=temporary)
    children.remove_at_the_end(temporary)
    return temporary, children
