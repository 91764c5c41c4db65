"""Does PostgreSQL heal from whatever it finds in its folder?"""

import contextlib
import os
import shutil
import signal
import threading
from pathlib import Path

import psycopg
import pytest

from config.local import accounts, postgres
from config.local.processes import Children


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A base made to the end, for copies."""
    folder = tmp_path_factory.mktemp("made")
    cluster = postgres.at(data=folder / "pg", temporary=folder, is_durable=False)
    assert postgres.initialise(cluster) is None
    return cluster.data


@pytest.fixture
def cluster(folder):
    return postgres.at(data=folder / "pg", temporary=folder, is_durable=False)


@pytest.fixture
def made_cluster(cluster, made):
    shutil.copytree(made, cluster.data)
    return cluster


def written(cluster, statement):
    with psycopg.connect(cluster.url()) as connection:
        connection.execute(statement)


def read(cluster, question):
    with psycopg.connect(cluster.url()) as connection:
        return connection.execute(question).fetchone()[0]


def test_a_killed_base_keeps_its_data_and_starts_again(made_cluster, children, folder):
    postgres.start(made_cluster, children=children)
    written(made_cluster, "create table told (words text); insert into told values ('kept')")
    killed = children.running["postgresql"][1]
    os.kill(killed.pid, signal.SIGKILL)
    again = Children(logs=folder)

    try:
        postgres.start(made_cluster, children=again)

        assert read(made_cluster, "select words from told") == "kept"
    finally:
        again.stop()


def tell(helpers, word):
    """Some helpers come and go."""
    for helper in helpers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(helper, word)


def test_the_helpers_of_a_killed_base_are_given_time_to_leave(made_cluster, children, folder):
    postgres.start(made_cluster, children=children)
    killed = children.running["postgresql"][1]
    helpers = [int(pid) for pid in Path(f"/proc/{killed.pid}/task/{killed.pid}/children").read_text().split()]
    tell(helpers, signal.SIGSTOP)
    os.kill(killed.pid, signal.SIGKILL)
    later = threading.Timer(1, tell, [helpers, signal.SIGCONT])
    later.start()
    again = Children(logs=folder)

    try:
        postgres.start(made_cluster, children=again)

        assert read(made_cluster, "select 1") == 1
        assert postgres.STILL_LEAVING in (folder / "postgresql.log").read_text()
    finally:
        later.join()
        again.stop()


def test_french_words_are_folded_and_nothing_listens_on_the_network(made_cluster, children):
    postgres.start(made_cluster, children=children)

    assert read(made_cluster, "select lower('ÉCOLE À NOËL')") == "école à noël"
    assert read(made_cluster, "show listen_addresses") == ""
    assert read(made_cluster, "show server_version").startswith("18")


def test_a_half_made_base_is_put_aside_not_thrown_away(cluster):
    unfinished = cluster.data.with_name("pg.new")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")
    (cluster.data / "base").mkdir(parents=True)
    (cluster.data / "base" / "somebody's").write_text("data")

    aside = postgres.initialise(cluster)

    assert postgres.is_whole(cluster.data)
    assert (aside / "base" / "somebody's").read_text() == "data"
    assert not unfinished.exists()


def test_an_empty_folder_holds_nothing_to_put_aside(cluster):
    cluster.data.mkdir()

    assert postgres.put_aside(cluster.data) is None
    assert not cluster.data.exists()


def test_a_base_that_cannot_start_says_so_in_one_sentence(made_cluster, children):
    (made_cluster.data / "PG_VERSION").write_text("7")

    with pytest.raises(postgres.BrokenBaseError, match=r"PostgreSQL ne démarre pas.*incompatible") as trouble:
        postgres.start(made_cluster, children=children)

    assert "\n" not in str(trouble.value)


def test_only_root_becomes_nobody_where_it_may_not_open_a_user_namespace(folder, children, monkeypatch):
    monkeypatch.setattr(accounts, "AS_SOMEBODY", ("false",))
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    cluster = postgres.at(data=closed / "pg", temporary=folder, is_durable=False)
    postgres.initialise(cluster)

    postgres.start(cluster, children=children)

    assert read(cluster, "select 1") == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    # Only root has to become somebody else.
    assert (cluster.account.user is None) == (os.geteuid() != 0)
    assert cluster.data.stat().st_uid == (os.geteuid() if cluster.account.user is None else cluster.account.user)
    assert cluster.data.stat().st_uid != 0
