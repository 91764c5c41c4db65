"""A resident's conventions and certificates in their space."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Resident
from engagement.models import CertificateRequest, Convention, Project
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.conventions.conventions import asked, proposed, signed, supported
from tests.engagement.factories import IdeaFactory, ProjectPageFactory, TeammateFactory

pytestmark = pytest.mark.django_db


def enter(client: Client, resident: Resident) -> Client:
    return signed_in(client, resident, now=timezone.now())


def home(client: Client) -> str:
    return str(client.get(reverse("communities:space")).content.decode())


def address_of(convention: Convention, view: str = "space_convention") -> str:
    return reverse(f"engagement:{view}", args=[convention.number])


# --- Conventions ---------------------------------------------------------------------------------------------


def test_whoever_carries_a_project_reads_its_convention(client: Client) -> None:
    holder = ResidentFactory()
    convention = signed(project=supported(holder=holder))
    enter(client, holder)

    assert address_of(convention) in home(client)
    page = client.get(address_of(convention)).content.decode()
    assert "Signatures" in page
    assert client.get(address_of(convention, "space_convention_pdf")).headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("view", ["space_convention", "space_convention_pdf"])
@pytest.mark.parametrize("who", ["an outsider", "a helper", "another project's"])
def test_nobody_else_does(client: Client, who: str, view: str) -> None:
    convention = signed()
    resident = ResidentFactory()
    if who == "a helper":
        TeammateFactory(project=convention.project, resident=resident, role="helper")
    if who == "another project's":
        signed(project=supported(holder=resident))
    enter(client, resident)

    assert client.get(address_of(convention, view)).status_code == 404
    assert address_of(convention) not in home(client)


def test_what_is_not_signed_is_not_read_there_yet(client: Client) -> None:
    holder = ResidentFactory()
    convention = proposed(project=supported(holder=holder))
    enter(client, holder)

    assert client.get(address_of(convention)).status_code == 404


@pytest.mark.parametrize(("email", "waits"), [("ada@example.org", True), ("basile@example.org", False)])
def test_what_waits_for_a_signature_is_said_at_the_address_that_was_asked(
    client: Client, email: str, waits: bool
) -> None:
    resident = ResidentFactory(email="Ada@example.org")
    asked(proposed(project=supported(holder=resident)), resident=resident, email=email)
    enter(client, resident)

    assert ("attend votre signature" in home(client)) is waits


def test_without_a_session_one_is_asked_to_come_in(client: Client) -> None:
    assert client.get(address_of(signed())).status_code == 302


# --- Certificates --------------------------------------------------------------------------------------------


def project_of(resident: Resident, part: str) -> Project:
    page: Any = ProjectPageFactory(community=CommunityFactory())
    if part == "team":
        TeammateFactory(project=page.project, resident=resident)
    if part == "community":
        MembershipFactory(community=page.project.community, resident=resident)
    project: Project = page.project
    return project


@pytest.mark.parametrize("part", ["team", "community"])
def test_whoever_took_part_has_their_certificate_in_one_gesture(client: Client, part: str) -> None:
    resident = ResidentFactory(name="Ada Terril")
    project = project_of(resident, part)
    enter(client, resident)
    assert "Obtenir mon certificat" in home(client)

    answer = client.post(reverse("engagement:space_certificate"), {"project": project.pk}, follow=True)

    assert "Ada Terril" in answer.content.decode()
    assert CertificateRequest.objects.get().is_granted
    assert "Voir mon certificat" in home(client)


def test_pressing_twice_makes_one_certificate(client: Client) -> None:
    resident = ResidentFactory()
    project = project_of(resident, "team")
    enter(client, resident)

    for _time in range(2):
        client.post(reverse("engagement:space_certificate"), {"project": project.pk})

    assert CertificateRequest.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "x", "0", "\x00", "9" * 30, "someone's"])
def test_of_another_project_there_is_none(client: Client, typed: str) -> None:
    resident = ResidentFactory()
    elsewhere = project_of(ResidentFactory(), "team")
    enter(client, resident)

    client.post(reverse("engagement:space_certificate"), {"project": elsewhere.pk if typed == "someone's" else typed})

    assert not CertificateRequest.objects.exists()


def test_a_project_that_nobody_may_read_yet_gives_none(client: Client) -> None:
    resident = ResidentFactory()
    page = ProjectPageFactory(live=False)
    TeammateFactory(project=page.project, resident=resident)
    enter(client, resident)

    assert "Obtenir mon certificat" not in home(client)


# --- Ideas ---------------------------------------------------------------------------------------------------


def test_my_ideas_are_there(client: Client) -> None:
    idea = IdeaFactory(title="Un banc au soleil", stage="received")
    enter(client, idea.resident)

    assert "Un banc au soleil" in home(client)
