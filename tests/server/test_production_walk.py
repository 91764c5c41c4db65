"""The first meeting on a server: Compose's own commands with production settings, from an empty disk to an answer."""

import contextlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import letterbox as letterboxes
from tests.server.installation import ADMINISTRATOR, SITE, Installation, wait_until
from tests.server.telephone import Telephone
from tests.server.visitor import Visitor

BASILE = "basile.coron@example.org"
MANAGE = ("python", "site/manage.py")


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[letterboxes.Letterbox]:
    with letterboxes.opened(tmp_path / "letters") as letterbox:
        yield letterbox


@pytest.fixture
def server(tmp_path: Path, letters: letterboxes.Letterbox) -> Iterator[Installation]:
    installation = Installation(folder=tmp_path, mail_port=letters.port)
    try:
        installation.start_servers()
        yield installation
    finally:
        installation.children.stop()


@pytest.mark.journey
def test_the_first_meeting_on_a_server(server: Installation, letters: letterboxes.Letterbox) -> None:
    visitor = Visitor(port=server.port, site=SITE)

    the_image_is_built_and_the_tables_are_made(server)
    the_town_comes_up(server, visitor)
    pages_come_with_the_browsers_rules(visitor)
    the_administrator_enrols_a_telephone_and_enters(server)
    the_towns_role_can_neither_empty_nor_alter_a_table(server)
    token = a_meeting_is_announced_and_its_letter_arrives(server, letters)
    basile_says_yes_with_one_guest(visitor, token)
    the_answer_is_recorded(server)
    every_process_is_healthy(server)
    every_process_stops_in_time(server)


def the_image_is_built_and_the_tables_are_made(server: Installation) -> None:
    """And the settings are fit for a server. All at once: each of them takes a while."""
    with ThreadPoolExecutor() as at_once:
        checking = at_once.submit(server.run, "web", *MANAGE, "check", "--deploy", "--fail-level=WARNING")
        gathering = at_once.submit(server.run, "web", *MANAGE, "collectstatic", "--noinput", "--verbosity=0")
        migrating = at_once.submit(server.run, "migrate")

    for done in (checking, gathering, migrating):
        assert done.result().returncode == 0, done.result().stderr


def the_town_comes_up(server: Installation, visitor: Visitor) -> None:
    for name in ("web", "worker", "beat"):
        server.start(name)

    wait_until(lambda: answers(visitor, "/healthz"), seconds=60, otherwise=lambda: server.log("web"))
    wait_until(lambda: answers(visitor, "/readyz"), seconds=120, otherwise=lambda: visitor.get("/readyz").text)


def answers(visitor: Visitor, path: str) -> bool:
    with contextlib.suppress(OSError):
        return visitor.get(path).status == 200
    return False


def pages_come_with_the_browsers_rules(visitor: Visitor) -> None:
    home = visitor.get("/")
    assert home.status == 200
    assert "max-age=31536000" in home.headers["Strict-Transport-Security"]
    assert "default-src 'none'" in home.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in home.headers["Content-Security-Policy"]

    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', home.text)
    assert style, "style sheets have no fingerprint in their names"
    assert "immutable" in visitor.get(style[1]).headers["Cache-Control"]

    plain = Visitor(port=visitor.port, site=SITE, proto="http").get("/")
    assert (plain.status, plain.headers["Location"]) == (301, f"{SITE}/")
    stranger = Visitor(port=visitor.port, site="https://ailleurs.example").get("/")
    assert stranger.status == 400


def the_administrator_enrols_a_telephone_and_enters(server: Installation) -> None:
    staff = Visitor(port=server.port, site=SITE, address="203.0.113.10")
    password = server.environment("migrate")["ADMIN_PASSWORD"]

    staff.post("/compte/login/", login=ADMINISTRATOR, password=password)
    enrolment = staff.get("/admin/").leads_to
    assert enrolment.startswith("/compte/2fa/totp/activate/")
    form = staff.get(enrolment)
    secret = re.search(r'value="([A-Z2-7]{32})"', form.text)
    assert secret
    staff.send(form, enrolment, code=Telephone(secret[1]).code())

    assert staff.get("/admin/").status == 200


def the_towns_role_can_neither_empty_nor_alter_a_table(server: Installation) -> None:
    forbidden = (
        "TRUNCATE communities_consentevent CASCADE",
        "ALTER TABLE communities_consentevent DISABLE TRIGGER ALL",
        "DROP TABLE communities_consentevent",
        "CREATE TABLE public.mine (id int)",
        "SET session_replication_role = replica",
        "SET ROLE fifty_owner",
    )
    with server.database() as connection:
        for deed in forbidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(deed.encode())


def a_meeting_is_announced_and_its_letter_arrives(server: Installation, letters: letterboxes.Letterbox) -> str:
    """The token of the link in the text of the letter."""
    announced = server.run("worker", "python", "-m", "tests.server.first_meeting", BASILE)
    assert announced.returncode == 0, announced.stderr

    wait_until(lambda: letters.to(BASILE), seconds=60, otherwise=lambda: server.log("worker"))
    (letter,) = letters.to(BASILE)
    text = letter.get_body(("plain",))
    assert text is not None
    link = re.search(rf"{SITE}(/r/[^\s?]+)\S*", text.get_content())
    assert link, text.get_content()
    return urlsplit(link[1]).path


def basile_says_yes_with_one_guest(visitor: Visitor, page: str) -> None:
    asked = visitor.get(page)
    assert asked.status == 200
    assert "Basile Coron" in asked.text

    answered = visitor.post(page, choice="yes", guests="1")

    assert (answered.status, answered.leads_to) == (302, f"{page}merci/")
    assert visitor.get(answered.leads_to).status == 200


def the_answer_is_recorded(server: Installation) -> None:
    with server.database() as connection:
        answers = connection.execute("SELECT choice, guests FROM meetings_answer WHERE is_current").fetchall()

    assert answers == [("yes", 1)]


def every_process_is_healthy(server: Installation) -> None:
    """The clock's check is the worker's."""
    assert server.services["beat"].health_check == server.services["worker"].health_check
    for name in ("web", "worker"):
        checked = server.run(name, *server.services[name].health_check)
        assert checked.returncode == 0, f"{name}: {checked.stderr}"


def every_process_stops_in_time(server: Installation) -> None:
    for name in ("beat", "worker", "web"):
        server.stop(name, seconds=server.services[name].seconds("stop_grace_period"))
