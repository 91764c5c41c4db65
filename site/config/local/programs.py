"""What runs beside the servers? The site, the worker and the clock, with a laptop's settings."""

import os
import sys
from pathlib import Path

from .places import PROJECT
from .processes import Program

PYTHON = sys.executable
MANAGE = (PYTHON, str(PROJECT / "site" / "manage.py"))
CELERY = (PYTHON, "-m", "celery", "-A", "config")
WEB = (
    *(PYTHON, "-m", "gunicorn", "config.wsgi", "--preload", "--no-control-socket", "--access-logfile=-"),
    *("--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=5"),
)
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS")


def environment(*, database: str, redis: str, mail_port: int, port: int) -> dict[str, str]:
    """The settings of a laptop, told as a server is told them. Without compiled Python every start takes a minute."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {
        "DEBUG": "False",
        **kept,
        "PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "site")]),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "SITE_URL": f"http://127.0.0.1:{port}",
    }


def catcher(*, folder: Path, descriptor: int) -> Program:
    return Program(
        name="courrier",
        command=(PYTHON, "-m", "config.local.mailbox", str(folder), str(descriptor)),
        environment={**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'site'}"},
        keeps=(descriptor,),
        patience=5,
        serves=True,
    )


def manage(*words: str, environment: dict[str, str]) -> Program:
    """A management command that runs to its end."""
    return Program(name=words[0], command=(*MANAGE, *words), environment=environment, folder=PROJECT)


def worker(environment: dict[str, str]) -> Program:
    """Ten seconds to finish what it holds; what it leaves, the next one finds in PostgreSQL."""
    quietly = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO")
    command = (*CELERY, "worker", "--queues=post-now,default,post", "--concurrency=2", *quietly)
    return Program(name="worker", command=command, environment=environment, folder=PROJECT)


def clock(environment: dict[str, str], *, state: Path) -> Program:
    command = (*CELERY, "beat", f"--schedule={state / 'beat'}", "--pidfile=", "--loglevel=INFO")
    return Program(name="beat", command=command, environment=environment, folder=PROJECT, patience=5)


def web(environment: dict[str, str], *, port: int) -> Program:
    return Program(
        name="web",
        command=(*WEB, f"--bind=127.0.0.1:{port}"),
        environment=environment,
        folder=PROJECT,
    )
