"""Who gets a certificate, who waits for one, and what nobody learns by asking."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communities import own_links
from communities.models import Delivery, Mailing
from communities.retention import nightly
from communities.robots import SECONDS_TO_READ
from engagement.models import CertificateRequest, IdeaSupport, ProjectPage, Stage
from engagement.story import certifying
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, ProjectPageFactory, TeammateFactory
from tests.engagement.factories_of_what_was_done import CertificateRequestFactory
from tests.engagement.printed import read, said
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 10, 11, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def page() -> ProjectPage:
    shown: ProjectPage = ProjectPageFactory(title="Les bancs du coron", community=CommunityFactory())
    return shown


def letters() -> int:
    return Mailing.objects.filter(kind=certifying.LETTER_KIND).count()


def asked(page: ProjectPage, email: str, *, name: str = "Ada Terril", now: dt.datetime = NOW) -> CertificateRequest:
    return certifying.ask(project=page.project, name=name, email=email, now=now)


def test_someone_of_the_team_gets_the_letter_at_once(page: ProjectPage) -> None:
    mate = TeammateFactory(project=page.project)

    certificate = asked(page, mate.resident.email.upper())

    assert certificate.is_granted
    assert Delivery.objects.get().resident == mate.resident


def test_a_member_of_the_community_gets_it_too(page: ProjectPage) -> None:
    member = MembershipFactory(community=page.project.community).resident

    assert asked(page, member.email).is_granted


@pytest.mark.parametrize(
    ("said", "is_granted"),
    [
        ({"joins": True, "confirmed_at": NOW}, True),
        ({"joins": False, "confirmed_at": NOW}, False),
        ({"joins": True, "confirmed_at": None}, False),
    ],
)
def test_whoever_said_i_am_in_when_it_was_an_idea_gets_it_once_their_address_was_proven(
    said: dict[str, object], is_granted: bool
) -> None:
    idea, resident = IdeaFactory(), ResidentFactory()
    page = ProjectPageFactory(project=ProjectFactory(idea=idea, is_from_before=False, stage=Stage.SUPPORTED))
    IdeaSupport.objects.create(idea=idea, resident=resident, created_at=NOW, **said)

    assert asked(page, resident.email).is_granted is is_granted


def test_a_stranger_waits_for_the_town_hall_and_gets_no_letter(page: ProjectPage) -> None:
    certificate = asked(page, "inconnu@example.org")

    assert certificate.is_waiting
    assert letters() == 0


def test_a_contributor_of_another_project_is_a_stranger_here(page: ProjectPage) -> None:
    elsewhere = TeammateFactory(project=ProjectFactory(community=CommunityFactory()))

    assert asked(page, elsewhere.resident.email).is_waiting


def test_asking_twice_sends_one_letter_and_a_while_later_another(page: ProjectPage) -> None:
    mate = TeammateFactory(project=page.project).resident

    for minutes in (0, 5, 12):
        asked(page, mate.email, now=NOW + minutes * MINUTE)

    assert letters() == 2
    assert CertificateRequest.objects.count() == 1


def test_nobody_changes_the_name_on_a_certificate_by_asking_again(page: ProjectPage) -> None:
    mate = TeammateFactory(project=page.project).resident
    asked(page, mate.email)

    assert asked(page, mate.email, name="Une autre").given_name == "Ada Terril"


def test_a_request_that_was_left_may_be_made_again(page: ProjectPage) -> None:
    certificate = asked(page, "inconnu@example.org")
    certifying.leave(certificate=certificate, by=StaffFactory(participation=True), now=NOW)

    assert asked(page, "inconnu@example.org", now=NOW + MINUTE).is_waiting


def test_once_granted_by_someone_the_letter_leaves_and_nobody_decides_again() -> None:
    certificate, staff = CertificateRequestFactory(), StaffFactory(participation=True)

    certifying.grant(certificate=certificate, by=staff, now=NOW)

    assert letters() == 1
    for decide in (certifying.grant, certifying.leave):
        with pytest.raises(certifying.Settled):
            decide(certificate=certificate, by=staff, now=NOW)
    assert letters() == 1


def test_what_was_left_is_forgotten_after_a_season_and_nothing_else_is() -> None:
    CertificateRequestFactory(left_at=NOW - dt.timedelta(days=91))
    CertificateRequestFactory(left_at=NOW - dt.timedelta(days=89))
    CertificateRequestFactory(granted_at=NOW - dt.timedelta(days=900))

    nightly.run(room="engagement", now=NOW)

    assert CertificateRequest.objects.count() == 2


def test_what_nobody_decided_is_late_after_a_month_and_forgotten_after_a_year() -> None:
    day = dt.timedelta(days=1)
    old, late, new = (CertificateRequestFactory(asked_at=NOW - days * day) for days in (366, 364, 29))
    CertificateRequestFactory(asked_at=NOW - 400 * day, granted_at=NOW - 399 * day)
    assert set(CertificateRequest.objects.late(NOW)) == {old, late}
    assert (late.is_late(NOW), new.is_late(NOW)) == (True, False)

    nightly.run(room="engagement", now=NOW)

    assert CertificateRequest.objects.count() == 3
    assert not CertificateRequest.objects.filter(pk=old.pk).exists()


def test_the_link_of_an_erased_person_or_of_another_purpose_opens_nothing(client: Client) -> None:
    erased = CertificateRequestFactory(granted=True, resident__erased_at=NOW)
    waiting = CertificateRequestFactory()

    for token in (certifying.token_of(erased), certifying.token_of(waiting), "abc", "a" * 24):
        assert client.get(f"/certificat/{token}/").status_code == 404
        assert client.get(f"/certificat/{token}/certificat.pdf").status_code == 404


def test_the_link_sent_to_a_wrong_address_opens_nothing_once_that_was_put_right(client: Client) -> None:
    certificate = CertificateRequestFactory(granted=True)
    token = certifying.token_of(certificate)
    assert client.get(f"/certificat/{token}/").status_code == 200

    own_links.let_go_of("old@example.org", resident=certificate.resident)
    certificate.resident.save()

    assert client.get(f"/certificat/{token}/").status_code == 404
    assert client.get(f"/certificat/{certifying.token_of(certificate)}/").status_code == 200


def fill_in(client: Client, page: ProjectPage, **answers: str) -> object:
    path = f"/projets/{page.slug}/certificat/"
    opened = client.get(path).context["form"]["opened"].value()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        return client.post(path, {"opened": opened, "name": "Ada Terril", "email": "ada@example.org", **answers})


def test_whoever_asks_reads_the_same_answer(client: Client, page: ProjectPage) -> None:
    mate = TeammateFactory(project=page.project).resident

    answers = [fill_in(client, page, email=email) for email in (mate.email, "inconnu@example.org")]
    robot = fill_in(client, page, email="robot@example.org", website="https://spam.example")

    assert len({(answer.status_code, answer.headers["Location"]) for answer in [*answers, robot]}) == 1
    assert not CertificateRequest.objects.filter(resident__email="robot@example.org").exists()
    assert client.get(answers[0].headers["Location"]).status_code == 200


@pytest.mark.parametrize("name", ["", "Ada http://spam.example", "<b>Ada</b>", "A" * 71])
def test_a_name_is_a_name_and_what_was_typed_is_still_there(client: Client, page: ProjectPage, name: str) -> None:
    answer = fill_in(client, page, name=name)

    assert answer.status_code == 422
    assert "ada@example.org" in answer.content.decode()
    assert not CertificateRequest.objects.exists()


def test_a_draft_of_a_project_takes_no_request(client: Client) -> None:
    draft = ProjectPageFactory(draft=True)

    assert client.get(f"/projets/{draft.slug}/certificat/").status_code == 404


def test_from_the_link_to_the_printed_name(client: Client, page: ProjectPage) -> None:
    certificate = CertificateRequestFactory(project=page.project, granted=True)
    path = f"/certificat/{certifying.token_of(certificate)}/"

    client.post(path, {"name": "Ada T. et ses enfants"})
    printed = client.get(f"{path}certificat.pdf")

    assert printed.headers["Content-Type"] == "application/pdf"
    assert "Ada T. et ses enfants" in said(printed.content)
    assert "Les bancs du coron" in said(printed.content)
    assert len(read(printed.content).pages) == 1


def test_opening_the_link_changes_nothing(client: Client) -> None:
    certificate = CertificateRequestFactory(granted=True)

    client.get(f"/certificat/{certifying.token_of(certificate)}/?name=Autre")

    certificate.refresh_from_db()
    assert certificate.given_name == "Ada Terril"
