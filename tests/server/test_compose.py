"""What docker-compose.yml promises about the server, without a container."""

import re

import pytest
from django.conf import settings

from config.celery import app
from tests.server import compose

PASSWORDS = {"POSTGRES_PASSWORD": "superieur", "OWNER_PASSWORD": "proprietaire", "APP_PASSWORD": "habitant"}
TOLD = {**PASSWORDS, "SITE_URL": "https://participer.commune.example", "SECRET_KEY": "clef"}
SERVICES = compose.services(**TOLD)


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service.facts] == ["proxy"]


def test_the_database_and_redis_have_no_way_out() -> None:
    for name in ("db", "redis"):
        assert SERVICES[name].facts["networks"] == ["data"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_read_only_and_without_privileges(name: str) -> None:
    facts = SERVICES[name].facts

    assert facts["read_only"]
    assert facts["init"]
    assert facts["cap_drop"] == ["ALL"]
    assert facts["security_opt"] == ["no-new-privileges:true"]
    assert facts["logging"]["options"] == {"max-size": "10m", "max-file": "5"}


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_every_service_that_stays_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name].health_check
    assert SERVICES[name].facts["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["proxy", "db", "redis"])
def test_every_image_of_others_is_an_exact_release(name: str) -> None:
    assert re.search(r":\d+\.\d+(\.\d+)?-", SERVICES[name].facts["image"])


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_towns_processes_never_learn_the_owners_passwords(name: str) -> None:
    values = " ".join(SERVICES[name].environment.values())

    assert PASSWORDS["OWNER_PASSWORD"] not in values
    assert PASSWORDS["POSTGRES_PASSWORD"] not in values
    assert SERVICES[name].environment["DATABASE_URL"] == "postgresql://fifty_app:habitant@db/fifty"


def test_migrating_is_the_owners_deed() -> None:
    assert SERVICES["migrate"].environment["DATABASE_URL"] == "postgresql://fifty_owner:proprietaire@db/fifty"


@pytest.mark.parametrize("name", ["POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "SITE_URL"])
def test_a_missing_password_or_address_is_said_before_anything_starts(name: str) -> None:
    without = compose.services(**{key: value for key, value in TOLD.items() if key != name})

    with pytest.raises(compose.NotSet):
        [service.environment for service in without.values()]


def test_the_town_starts_once_its_tables_are_there() -> None:
    for name in ("web", "worker", "beat"):
        waits_for = SERVICES[name].facts["depends_on"]
        assert waits_for["migrate"]["condition"] == "service_completed_successfully"
        assert waits_for["db"]["condition"] == waits_for["redis"]["condition"] == "service_healthy"


def test_the_worker_takes_from_every_queue_that_tasks_go_to() -> None:
    (queues,) = (word for word in SERVICES["worker"].command if word.startswith("--queues="))
    used = {app.conf.task_default_queue, *(route["queue"] for route in app.conf.task_routes.values())}

    assert set(queues.removeprefix("--queues=").split(",")) == used


def test_a_stopped_worker_has_the_time_to_give_back_what_it_holds() -> None:
    worker = SERVICES["worker"]

    assert worker.environment["REMAP_SIGTERM"] == "SIGQUIT"
    assert worker.seconds("stop_grace_period") > app.conf.worker_soft_shutdown_timeout


def test_redis_keeps_its_queue_and_evicts_nothing() -> None:
    command = " ".join(SERVICES["redis"].command)

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_the_image_holds_only_what_the_town_runs() -> None:
    kept = (settings.REPOSITORY / ".dockerignore").read_text().splitlines()

    assert kept[1] == "*"
    assert {line[1:] for line in kept if line.startswith("!")} == {
        "communities",
        "engagement",
        "meetings",
        "requirements.txt",
        "site",
    }


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_systemd_runs_what_compose_runs(name: str) -> None:
    """But for the places: its own port and its own folder."""
    unit = (settings.REPOSITORY / "deploy" / "systemd" / f"fifty-{name}.service").read_text()
    (line,) = re.findall(r"^ExecStart=/opt/fifty/\.venv/bin/(.*)$", unit, re.MULTILINE)

    def placeless(words: list[str]) -> set[str]:
        return {word for word in words if not word.startswith(("--bind=", "--schedule="))}

    assert placeless(line.split()) == placeless(SERVICES[name].command)
    assert f"TimeoutStopSec={SERVICES[name].seconds('stop_grace_period')}\n" in unit
