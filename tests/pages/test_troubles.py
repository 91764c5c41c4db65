"""What is wrong, above everything else on the staff's first page; nothing when all is well."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import blocking
from communities.alerts import Alert, alerts, standing
from communities.models import Town
from pages import health
from tests.communities.post.factories import DeliveryFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _worker_lives() -> None:
    health.beat(now=timezone.now())


def panels(client: Client, **group: bool) -> list[str]:
    client.force_login(StaffFactory(**group))
    return [panel.name for panel in client.get("/admin/").context["panels"]]


def test_all_is_well_and_nothing_is_said(client: Client) -> None:
    assert "troubles" not in panels(client, communication=True)


def test_a_trouble_stands_first_with_what_to_do_and_where(client: Client) -> None:
    DeliveryFactory(mailing__paused=True)

    assert panels(client, communication=True)[0] == "troubles"
    page = client.get("/admin/").content.decode()
    assert "is paused: Held by the town hall." in page
    assert "Open this mailing" in page


def test_a_silent_worker_is_told_with_the_hour_it_was_last_heard(client: Client) -> None:
    health.Heartbeat.objects.update(beaten_at=timezone.now() - 2 * health.OLDEST_HEARTBEAT)
    client.force_login(StaffFactory(communication=True))

    assert "has been silent since" in client.get("/admin/").content.decode()


def test_a_worker_that_never_ran_is_told(client: Client) -> None:
    health.Heartbeat.objects.all().delete()
    client.force_login(StaffFactory(communication=True))

    assert "has never run" in client.get("/admin/").content.decode()


def test_someone_who_does_not_follow_the_post_is_left_alone(client: Client) -> None:
    DeliveryFactory(mailing__paused=True)
    someone = StaffFactory(communication=True)
    someone.groups.get().permissions.filter(codename="view_mailing").delete()
    client.force_login(someone)

    assert "troubles" not in [panel.name for panel in client.get("/admin/").context["panels"]]


@pytest.mark.parametrize(("group", "is_shown"), [("communication", False), ("participation", True)])
def test_the_way_to_the_blocked_addresses_is_shown_to_whoever_may_open_it(
    client: Client, group: str, is_shown: bool
) -> None:
    Town.load()
    Town.objects.update(email="mairie@example.org")
    blocking.block(address="mairie@example.org", reason="said to be spam", now=timezone.now())
    client.force_login(StaffFactory(**{group: True}))
    blocked = reverse("suppressions:index")

    page = client.get("/admin/")
    (panel,) = [panel for panel in page.context["panels"] if panel.name == "troubles"]

    assert "mairie@example.org" in page.content.decode()
    assert (f'href="{blocked}">See' in page.content.decode()) is is_shown
    assert [alert.way for alert in panel.standing] == [blocked if is_shown else ""]
    assert (client.get(blocked).status_code == 200) is is_shown


def test_a_part_that_says_only_a_sentence_is_heard_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(alerts._things, "mailbox", lambda now: "The mailbox cannot be opened.")

    assert Alert("The mailbox cannot be opened.") in standing(now=timezone.now())
