"""A town that runs since before the register of projects keeps what its pages showed, through every migration."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from config.local import places

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

STAGES = [
    ("Une mare", "idea"),
    ("Un four à pain", "supported"),
    ("Les bancs", "convention"),
    ("Le verger", "under_way"),
    ("Le skate-park", "delivered"),
    ("Les chemins", "stewardship"),
]
STAGE_SINCE = {"idea": "supported", "convention": "signed"}
"""What was called otherwise, or had no project yet, in the register."""


@pytest.fixture
def old_town() -> Iterator[str]:
    """The address of a database as it was when only pages told of projects."""
    server = os.environ["DATABASE_URL"]
    name = f"{connection.settings_dict['NAME']}_old_town"
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        address = server.replace("/fifty?", f"/{name}?")
        migrate(address, "engagement", "0001")
        yield address
        asked.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def migrate(address: str, *to: str) -> None:
    manage = [sys.executable, str(places.PROJECT / "site" / "manage.py"), "migrate", "--verbosity=0", "--skip-checks"]
    told = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    subprocess.run([*manage, *to], env=told, check=True)


def write_pages(town: psycopg.Connection[Any]) -> None:
    """Published pages about projects, each at a stage of those days: copies of the root, one step below it."""
    town.execute(
        "INSERT INTO django_content_type (app_label, model) VALUES ('engagement', 'projectpage') ON CONFLICT DO NOTHING"
    )
    for number, (title, stage) in enumerate(STAGES, start=1):
        page = {"key": 100 + number, "path": f"0001{100 + number:04}", "title": title, "slug": f"p{number}"}
        town.execute("CREATE TEMPORARY TABLE copied AS SELECT * FROM wagtailcore_page WHERE depth = 1")
        town.execute(
            """
            UPDATE copied SET id = %(key)s, path = %(path)s, depth = 2, numchild = 0, title = %(title)s,
              draft_title = %(title)s, slug = %(slug)s, url_path = '/', live = true,
              first_published_at = '2025-05-01 10:00+00', translation_key = gen_random_uuid(),
              content_type_id = (SELECT id FROM django_content_type
                                 WHERE app_label = 'engagement' AND model = 'projectpage')
            """,
            page,
        )
        town.execute("INSERT INTO wagtailcore_page SELECT * FROM copied")
        town.execute("DROP TABLE copied")
        town.execute(
            "INSERT INTO engagement_projectpage (page_ptr_id, summary, story, stage) VALUES (%s, 'Court.', '[]', %s)",
            [page["key"], stage],
        )


def test_each_page_gets_its_project_at_the_stage_it_showed(old_town: str) -> None:
    with psycopg.connect(old_town) as town:
        write_pages(town)

    migrate(old_town)

    with psycopg.connect(old_town) as town:
        found = town.execute(
            """
            SELECT project.title, project.stage, project.is_from_before, page.summary, passage.from_stage,
              passage.to_stage = project.stage, passage.passed_at = project.created_at, created_at::date::text
            FROM engagement_projectpage page JOIN engagement_project project ON project.id = page.project_id
              JOIN engagement_passage passage ON passage.project_id = project.id ORDER BY project.id
            """
        ).fetchall()
    assert found == [
        (title, STAGE_SINCE.get(stage, stage), True, "Court.", "", True, True, "2025-05-01") for title, stage in STAGES
    ]
