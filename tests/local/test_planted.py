"""Is what a test starts from, copied row by row, what the rules would have made?"""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, ReferenceIndex, Site

from pages.models import HomePage, StandardPage
from tests import ground, planted
from tests.factories import group_of_staff, home_page
from tests.meetings.factories import MeetingPageFactory

NOW = dt.datetime(2026, 6, 2, 9, 0, tzinfo=dt.UTC)
FEW = 35


def everything() -> dict[str, object]:
    """What there is, without the numbers that rows happen to have."""
    return {
        "rows": {table: len(ground.content(table).splitlines()) for table in ground.survey().rows},
        "pages": list(Page.objects.values_list("path", "numchild", "title", "slug", "url_path", "live")),
        "dates": set(Page.objects.filter(depth__gt=1).values_list("first_published_at", "last_published_at")),
        "site": [(site.hostname, site.port, site.root_page.slug) for site in Site.objects.all()],
        "words": {page.slug: [block["value"] for block in page.body.raw_data] for page in StandardPage.objects.all()},
        "references": sorted(ReferenceIndex.objects.values_list("model_path", "content_path")),
        "groups": sorted(Group.objects.values_list("name", "permissions__codename")),
        "on pages": sorted(
            GroupPagePermission.objects.values_list("group__name", "page__slug", "permission__codename")
        ),
        "on files": sorted(GroupCollectionPermission.objects.values_list("group__name", "permission__codename")),
    }


@pytest.mark.django_db
def test_a_copy_is_what_the_rules_make() -> None:
    with time_machine.travel(NOW, tick=False):
        with transaction.atomic():
            planted.tree()
            planted.desk()
            made = everything()
            transaction.set_rollback(True)
        planted.plant(planted.tree)
        planted.plant(planted.desk)

        assert everything() == made


@pytest.mark.django_db
def test_copying_takes_few_queries_and_a_second_time_nearly_none() -> None:
    with CaptureQueriesContext(connection) as first:
        group_of_staff("Communication")
    with CaptureQueriesContext(connection) as second:
        group_of_staff("Communication")

    assert len(first) < FEW
    assert len(second) == 2


@pytest.mark.django_db
def test_a_page_and_a_group_that_a_test_made_before_are_heeded() -> None:
    Page.objects.get(depth=1).add_child(instance=Page(title="Archives", slug="archives"))
    mine = Group.objects.create(name="Communication")

    assert home_page().get_siblings().filter(slug="archives").exists()
    planted.plant(planted.desk)

    assert mine.page_permissions.exists()
    assert Group.objects.filter(name="Participation").exists()


@pytest.mark.django_db
def test_rows_are_guarded_and_pages_served_after_a_copy(client: Client) -> None:
    meeting = MeetingPageFactory(title="Le grand rangement")

    with connection.cursor() as cursor:
        cursor.execute("show session_replication_role")
        assert cursor.fetchone() == ("origin",)
    assert client.get("/").status_code == client.get(meeting.url).status_code == 200
    assert HomePage.objects.get().first_published_at != planted.THEN


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_with_real_transactions_copies_too_and_leaves_nothing_behind(time: str) -> None:
    assert not HomePage.objects.exists()

    home_page().add_child(instance=Page(title=time, slug=time))

    assert Page.objects.filter(depth=3).exclude(slug=time).count() == 6
