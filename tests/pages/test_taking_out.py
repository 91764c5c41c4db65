"""Does an older town's database follow when the site takes something out?"""

import importlib

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from tests.factories import home_page

pytestmark = pytest.mark.django_db

TAKEN_OUT = importlib.import_module("pages.migrations.0003_what_was_taken_out_leaves_no_tables")


def test_nothing_of_the_apps_taken_out_is_left() -> None:
    home = home_page()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE wagtailsearchpromotions_searchpromotion (page int REFERENCES wagtailcore_page)")
        cursor.execute("INSERT INTO wagtailsearchpromotions_searchpromotion VALUES (%s)", [home.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationRecorder(connection).record_applied("wagtailsearchpromotions", "0001_initial")

    with connection.schema_editor() as editor:
        TAKEN_OUT.Migration("taken_out", "pages").apply(ProjectState(), editor)

    assert set(TAKEN_OUT.TABLES).isdisjoint(connection.introspection.table_names())
    assert {app for app, _name in MigrationRecorder(connection).applied_migrations()}.isdisjoint(TAKEN_OUT.APPS)
