"""Does the database itself remember which migrations it ran, and whether it has a town?"""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from config.local import tables
from tests import servers

LOCK = "requirements-local.txt"


@pytest.fixture
def url(transactional_db):
    return servers.database_url(connection.settings_dict["NAME"])


def test_tables_are_current_once_noted_and_until_the_code_or_the_database_changes(url, monkeypatch):
    assert not tables.are_current(url, lock=LOCK)

    tables.mark(url, lock=LOCK)
    assert tables.are_current(url, lock=LOCK)

    assert not tables.are_current(url, lock="requirements.txt")
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where id = (select max(id) from django_migrations)")
    assert not tables.are_current(url, lock=LOCK)


def test_a_database_without_pages_of_ours_has_no_town(url):
    assert not tables.have_a_town(url)
    assert tables.letters_to_leave(url) == 0


def test_only_staff_who_exist_are_said_to_sign_in(url):
    get_user_model().objects.create_user("participation")

    assert tables.staff_among(url, ["communication", "participation"]) == ["participation"]
