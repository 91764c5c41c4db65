"""Bringing a file in through the admin, in three steps."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from communities.models import ConsentEvent, Delivery, Resident, ResidentImport
from tests.communities.factories import CommunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FILE = "Nom;E-mail\nAda Terril;ada@example.org\n=cmd();bad@example.org\nBasile Coron;nowhere\n"


def upload(desk: Client, content: str | bytes = FILE, **said: Any) -> Any:
    content = content.encode() if isinstance(content, str) else content
    return desk.post(reverse("resident_imports:upload"), {"file": SimpleUploadedFile("habitants.csv", content), **said})


def test_a_file_goes_through_its_three_steps(desk: Client) -> None:
    community = CommunityFactory(name="Les bancs")
    stated = {"consent_origin": "Forum", "consent_date": "2026-01-15", "consent_proof": "Blue folder"}

    answer = upload(desk, community=community.pk, **stated)
    report_url = reverse("resident_imports:report", args=[ResidentImport.objects.get().pk])
    assert answer.headers["Location"] == report_url

    report = desk.get(report_url).content.decode()
    assert "Blue folder" in report
    assert "“nowhere” is not an e-mail address." in report
    assert not Resident.objects.exists()

    desk.post(reverse("resident_imports:apply", args=[ResidentImport.objects.get().pk]))
    assert [str(resident) for resident in community.members.all()] == ["Ada Terril"]
    assert ConsentEvent.objects.get().proof.endswith("Forum · 2026-01-15 · Blue folder")
    assert "consent recorded" in desk.get(report_url).content.decode()


def test_a_file_without_consent_says_who_is_asked(desk: Client) -> None:
    upload(desk)
    received = ResidentImport.objects.get()

    report = desk.get(reverse("resident_imports:report", args=[received.pk])).content.decode()
    assert "one letter that asks" in report
    for _click in range(2):
        desk.post(reverse("resident_imports:apply", args=[received.pk]))

    assert Delivery.objects.count() == 1


def test_a_file_can_be_forgotten(desk: Client) -> None:
    upload(desk)

    desk.post(reverse("resident_imports:drop", args=[ResidentImport.objects.get().pk]))

    assert not ResidentImport.objects.exists()
    assert not Resident.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b"Foo;Bar\n1;2\n", "No column gives the names"),
        (b"x" * 11 * 1024 * 1024, "The file weighs 11 MB"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "old Excel file"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_on_the_form(desk: Client, content: bytes, reason: str) -> None:
    answer = upload(desk, content)

    assert answer.status_code == 422
    assert reason in answer.context["form"].errors["file"][0]
    assert not ResidentImport.objects.exists()


def test_a_form_without_a_file_gets_a_sentence(desk: Client) -> None:
    answer = desk.post(reverse("resident_imports:upload"), {})

    assert "file" in answer.context["form"].errors


def test_a_consent_half_stated_gets_a_sentence(desk: Client) -> None:
    answer = upload(desk, consent_origin="Forum")

    assert answer.context["form"].has_error("__all__", "half_stated")


def test_a_consent_to_come_gets_a_sentence(desk: Client) -> None:
    answer = upload(desk, consent_origin="Forum", consent_date="2999-01-01", consent_proof="Folder")

    assert answer.context["form"].has_error("consent_date", "to_come")


def test_the_sample_file_downloads_and_imports(desk: Client) -> None:
    sample = desk.get(reverse("resident_imports:sample")).content

    upload(desk, sample)

    assert ResidentImport.objects.get().report["counts"] == {"new": 2}


def test_the_refused_lines_download_without_a_formula(desk: Client) -> None:
    upload(desk)

    lines = desk.get(reverse("resident_imports:refused", args=[ResidentImport.objects.get().pk])).content.decode()

    assert "4;“nowhere” is not an e-mail address.;Basile Coron" in lines
    assert ";'=cmd()" in lines


def test_every_line_can_be_read_page_by_page(desk: Client) -> None:
    upload(desk, "Nom;E-mail\n" + "\n".join(f"Ada {number};ada-{number}@example.org" for number in range(250)))
    report = reverse("resident_imports:report", args=[ResidentImport.objects.get().pk])

    page = desk.get(report, {"verdict": "new", "p": 3})

    assert [line[0] for line in page.context["lines"]] == list(range(202, 252))
    assert "?verdict=new&amp;p=2" in page.content.decode()


def test_the_imports_are_listed(desk: Client) -> None:
    upload(desk)

    assert "habitants.csv" in desk.get(reverse("resident_imports:index")).content.decode()
