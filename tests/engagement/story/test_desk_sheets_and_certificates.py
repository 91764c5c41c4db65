"""Sheets and certificates, as the town hall keeps them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.models import Mailing
from engagement.desk.story import section
from engagement.models import ProjectSheet, Stage
from tests.engagement.factories import ProjectFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import CertificateRequestFactory, ProjectSheetFactory
from tests.engagement.printed import said
from tests.engagement.story.test_following import passed
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True))
    return client


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_sheet_is_written_about_a_delivered_project_that_has_none(desk: Client) -> None:
    delivered = ProjectFactory(title="Les bancs", stage=Stage.DELIVERED)
    ProjectFactory(title="En chantier")
    ProjectSheetFactory(project__title="Déjà écrite")

    form = desk.get(f"{reverse('sheets:add')}?project={delivered.pk}").context["form"]

    assert [str(project) for project in form.fields["project"].queryset] == ["Les bancs"]
    assert form.initial["project"] == delivered.pk


@pytest.mark.parametrize("asked", ["x", "0", "99999999", "1 or 1"])
def test_nonsense_in_the_address_is_a_blank_sheet(desk: Client, asked: str) -> None:
    assert desk.get(reverse("sheets:add"), {"project": asked}).status_code == 200


def test_what_is_written_is_kept_as_a_draft(desk: Client) -> None:
    project = ProjectFactory(stage=Stage.DELIVERED)
    blank = dict.fromkeys(
        ("participants", "contact", "before", "during", "after", "satisfactions", "obstacles", "objectives"), ""
    )

    desk.post(reverse("sheets:add"), {"project": project.pk, "duration": "Un an", **blank})

    sheet = ProjectSheet.objects.get()
    assert (sheet.duration, sheet.is_public) == ("Un an", False)


def test_one_button_makes_it_public_and_another_takes_it_off(desk: Client) -> None:
    sheet = ProjectSheetFactory(project=ProjectPageFactory(stage=Stage.DELIVERED).project)

    shown = desk.post(reverse("sheets:publish", args=[sheet.pk]), {"public": "1"}, follow=True)
    sheet.refresh_from_db()
    assert sheet.is_public
    assert "The sheet is public." in words(shown)

    desk.post(reverse("sheets:publish", args=[sheet.pk]), {"public": "0"})
    sheet.refresh_from_db()
    assert not sheet.is_public


def test_why_it_cannot_be_public_yet_is_said(desk: Client) -> None:
    shown = desk.post(reverse("sheets:publish", args=[ProjectSheetFactory().pk]), {"public": "1"}, follow=True)

    assert "Publish the page of the project first" in words(shown)


def test_a_draft_is_read_again_on_its_two_pages(desk: Client) -> None:
    sheet = ProjectSheetFactory(project=ProjectPageFactory(stage=Stage.DELIVERED).project)

    assert "Quatre mois" in said(desk.get(reverse("sheets:pdf", args=[sheet.pk])).content)
    assert desk.get(reverse("sheets:pdf", args=[ProjectSheetFactory().pk])).status_code == 404


def test_a_request_is_granted_or_left_by_one_press(desk: Client) -> None:
    taken, left = CertificateRequestFactory(), CertificateRequestFactory()

    desk.post(reverse("certificates:grant", args=[taken.pk]))
    desk.post(reverse("certificates:leave", args=[left.pk]))
    again = desk.post(reverse("certificates:grant", args=[left.pk]), follow=True)

    taken.refresh_from_db()
    left.refresh_from_db()
    assert (taken.is_granted, left.left_at is not None, left.is_granted) == (True, True, False)
    assert "already answered" in words(again)
    assert Mailing.objects.count() == 1


def test_a_request_that_waits_too_long_is_red_on_the_list_and_on_the_first_page(desk: Client) -> None:
    CertificateRequestFactory(given_name="Zoé Ardoise")
    assert "desk-tag--bad" not in words(desk.get(reverse("certificates:index")))
    assert "Zoé Ardoise" not in words(desk.get(reverse("wagtailadmin_home")))

    CertificateRequestFactory(given_name="Hugo Fosse", asked_at=timezone.now() - dt.timedelta(days=31))

    assert "desk-tag--bad" in words(desk.get(reverse("certificates:index")))
    page = words(desk.get(reverse("wagtailadmin_home")))
    assert "Hugo Fosse" in page
    assert "Zoé Ardoise" not in page


def test_requests_are_narrowed_and_leave_as_a_spreadsheet(desk: Client) -> None:
    CertificateRequestFactory(given_name="Léon Fusain")
    CertificateRequestFactory(given_name="Zoé Muguet", granted=True)

    waiting = words(desk.get(reverse("certificates:index"), {"state": "waiting"}))
    exported = desk.get(reverse("certificates:index"), {"export": "csv"}).content.decode()

    assert "Léon Fusain" in waiting
    assert "Zoé Muguet" not in waiting
    assert "Zoé Muguet" in exported


def test_a_granted_one_is_printed_at_the_desk_and_no_other(desk: Client) -> None:
    granted, waiting = CertificateRequestFactory(granted=True), CertificateRequestFactory()

    assert "Ada Terril" in said(desk.get(reverse("certificates:hand_over", args=[granted.pk])).content)
    assert desk.get(reverse("certificates:hand_over", args=[waiting.pk])).status_code == 404


@pytest.mark.parametrize("name", ["sheets:index", "certificates:index"])
def test_a_long_list_costs_no_more_queries_than_a_short_one(desk: Client, name: str) -> None:
    def counted() -> int:
        desk.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse(name))
        return len(asked)

    ProjectSheetFactory()
    CertificateRequestFactory()
    few = counted()
    ProjectSheetFactory.create_batch(10)
    CertificateRequestFactory.create_batch(10)

    assert counted() == few


@pytest.mark.parametrize(
    ("group", "sees", "writes"),
    [("participation", True, True), ("communication", False, True), ("elected", False, False)],
)
def test_the_record_of_a_project_shows_its_story_to_each_as_they_may(group: str, sees: bool, writes: bool) -> None:
    page = ProjectPageFactory(stage=Stage.DELIVERED)
    passage = passed(page)
    CertificateRequestFactory(project=page.project)
    request = RequestFactory().get("/admin/")
    request.user = StaffFactory(**{group: True})

    _template, context = section.section(request, page.project, timezone.now())

    assert context["milestones"] == [passage]
    assert bool(context["certificates_waiting"]) is sees
    assert context["may_edit_page"] is writes


def test_whoever_may_see_no_project_gets_no_section() -> None:
    request = RequestFactory().get("/admin/")
    request.user = StaffFactory()

    assert section.section(request, ProjectFactory(), timezone.now()) is None
