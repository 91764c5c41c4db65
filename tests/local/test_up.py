"""Is whatever stops a start said in one clear sentence?"""

import os
import socket
import subprocess
import sys

import pytest

from config.local import places, postgres, prepare, redis, up


def test_the_port_is_8000_unless_port_says_otherwise(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert up.chosen_port() == 8000

    monkeypatch.setenv("PORT", "8123")
    assert up.chosen_port() == 8123


@pytest.mark.parametrize("chosen", ["0", "65536", "-1", "huit mille", "80.5", "²"])
def test_a_port_that_is_none_is_refused_with_an_example(monkeypatch, chosen):
    monkeypatch.setenv("PORT", chosen)

    with pytest.raises(up.BadPortError, match=f"PORT={chosen} n'est pas .* PORT=8123 make run"):
        up.chosen_port()


def test_a_port_in_use_is_said_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(up.TakenPortError, match=f"Le port {port} est déjà pris .*PORT={port + 1} make run"):
            up.check_port(port)


def test_a_port_for_administrators_only_is_said_so(monkeypatch):
    monkeypatch.setattr("socket.socket.bind", refuse)

    with pytest.raises(up.ForbiddenPortError, match="Le port 80 n'est pas permis"):
        up.check_port(80)


def refuse(*_):
    raise PermissionError


def test_a_folder_that_cannot_be_written_to_is_named(folder):
    (folder / "state").write_text("a file in the folder's place")

    with pytest.raises(places.UnwritableError, match=f"Impossible d'écrire dans le dossier {folder}/state"):
        places.make(folder / "state")


def test_trouble_ends_in_a_sentence_and_a_code_never_in_a_traceback(monkeypatch, capsys, folder):
    monkeypatch.setattr(places, "STATE", folder)
    monkeypatch.setenv("PORT", "none")

    assert up.main() == 1

    assert capsys.readouterr().out.count("\n") == 1


def test_what_nobody_foresaw_ends_in_a_sentence_and_its_story_in_a_file(monkeypatch, capsys, folder):
    (folder / "logs").mkdir()
    monkeypatch.setattr(places, "STATE", folder)
    monkeypatch.setattr(up, "live", lambda **_: 1 / 0)

    assert up.main() == 1

    assert capsys.readouterr().out == f"La ville n'a pas pu démarrer ; le détail est dans {folder}/logs/up.log.\n"
    assert "ZeroDivisionError" in (folder / "logs" / "up.log").read_text()


def test_a_terminal_that_is_gone_is_no_trouble():
    saying = "from config.local import up; up.say('Arrêt...'); up.say('Tout est arrêté.')"
    with subprocess.Popen(
        [sys.executable, "-c", saying],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()

        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_two_copies_have_two_temporary_folders_and_one_copy_always_the_same(folder):
    first, second = folder / "first", folder / "second"
    made = [places.temporary(first), places.temporary(second), places.temporary(first)]

    try:
        assert made[0] == made[2] != made[1]
        assert made[0].stat().st_mode & 0o777 == 0o700
    finally:
        made[0].rmdir()
        made[1].rmdir()


def test_sockets_fit_in_what_the_system_allows_however_long_the_temporary_folders_name(folder, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(folder / ("long" * 30)))

    temporary = places.temporary(folder)

    try:
        cluster = postgres.at(data=folder / "pg", temporary=temporary)
        assert len(str(cluster.sockets / ".s.PGSQL.5432")) <= 107
        assert len(str(redis.socket_in(temporary))) <= 107
    finally:
        temporary.rmdir()


def test_a_python_that_is_too_old_gets_one_sentence(monkeypatch):
    monkeypatch.setattr("sys.version_info", (3, 10, 13))

    with pytest.raises(SystemExit, match=r"Il faut Python 3\.11 .* celui-ci est 3\.10\.13\. / Python 3\.11 or newer"):
        prepare.check_python()


def test_a_folder_where_no_environment_can_be_made_is_named(monkeypatch, folder):
    (folder / "project").write_text("a file in the folder's place")
    for name, path in {"VENV": ".venv", "UNFINISHED": ".venv/unfinished", "PYTHON": ".venv/bin/python"}.items():
        monkeypatch.setattr(prepare, name, str(folder / "project" / path))

    with pytest.raises(SystemExit, match=r"Impossible d'écrire dans le dossier .* cannot be written to"):
        prepare.main("requirements-local.txt")


def test_an_environment_whose_making_was_cut_short_is_made_anew(monkeypatch, folder):
    unfinished = folder / "unfinished"
    monkeypatch.setattr(prepare, "PYTHON", sys.executable)
    monkeypatch.setattr(prepare, "UNFINISHED", str(unfinished))
    assert prepare.is_usable()

    unfinished.touch()

    assert not prepare.is_usable()


def test_a_python_without_venv_gets_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(SystemExit, match=r"Il manque le module venv .* apt install python3-venv"):
        prepare.check_python()
