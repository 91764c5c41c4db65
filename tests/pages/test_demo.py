"""The town to try everything on: as many as promised, true where it says so, invented everywhere else."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings
from wagtail.images import get_image_model

from communities.models import Community, Delivery, DeliveryState, Resident, Role, Town
from engagement.models import (
    CertificateRequest,
    Convention,
    ConventionState,
    Idea,
    IdeaStage,
    Passage,
    Project,
    ProjectFact,
    ProjectPage,
    Side,
    Stage,
    StewardshipCheck,
)
from meetings.announcing import letters_of
from meetings.models import Access, Answer, MeetingPage, MeetingStatus, Venue
from pages.demo import fixtures, loading, logins
from pages.models import StandardPage
from tests.communities.factories import ResidentFactory

FICTION = re.compile(r"^(0199\d{6}|035301\d{4}|063998\d{4})$")


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[loading.desk.Login]]:
    """The demonstration, loaded once for the tests that only read it."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO_TOWN=True)
    with media, django_db_blocker.unblock(), transaction.atomic():
        yield loading.load(site_url="http://127.0.0.1:8000", language="fr", now=timezone.now())
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
class TestReading:
    """What is there once it is loaded."""

    def test_there_are_four_hundred_residents_of_whom_fifteen_in_a_hundred_have_no_email(self) -> None:
        assert Resident.objects.count() == 400
        assert Resident.objects.filter(email="").count() == 60

    def test_everyone_without_email_can_be_reached_by_post_or_telephone(self) -> None:
        assert not Resident.objects.filter(email="", phone="", street="").exists()

    def test_no_two_residents_have_the_same_name(self) -> None:
        assert Resident.objects.values("name").distinct().count() == 400

    def test_every_address_is_at_example_org(self) -> None:
        town = Town.load()
        addresses = [*Resident.objects.exclude(email="").values_list("email", flat=True), town.email]
        addresses += MeetingPage.objects.values_list("contact_email", flat=True)

        assert {address.rpartition("@")[2] for address in addresses} == {"example.org"}

    def test_every_telephone_is_one_kept_for_fiction(self) -> None:
        numbers = [*Resident.objects.exclude(phone="").values_list("phone", flat=True), Town.load().phone]
        numbers += MeetingPage.objects.values_list("contact_phone", flat=True)

        assert [number for number in numbers if not FICTION.match(number)] == []

    def test_there_are_ten_communities_each_with_a_coordinator(self) -> None:
        assert Community.objects.count() == 10
        assert Community.objects.filter(memberships__role=Role.COORDINATOR).distinct().count() == 10

    def test_there_are_eight_projects_at_many_stages_each_with_its_community(self) -> None:
        stages = {page.project.stage for page in ProjectPage.objects.live()}

        assert ProjectPage.objects.filter(project__community__isnull=False).count() == 8
        assert stages == {
            *(Stage.SUPPORTED, Stage.DRAFTING, Stage.UNDER_WAY, Stage.DELIVERED, Stage.STEWARDSHIP, Stage.TAKEN_BACK)
        }

    def test_there_is_an_idea_at_each_stage_and_the_refused_one_says_why(self) -> None:
        assert {idea.stage for idea in Idea.objects.all()} == set(IdeaStage)
        assert Passage.objects.get(to_stage=IdeaStage.REFUSED).words
        assert Idea.objects.overdue(timezone.localdate()).exists()

    def test_conventions_are_written_to_be_signed_signed_expiring_and_ended(self) -> None:
        soon = timezone.localdate() + dt.timedelta(days=90)

        assert {each.state for each in Convention.objects.all()} == set(ConventionState) - {ConventionState.DROPPED}
        assert Convention.objects.in_force(timezone.localdate()).filter(ends_on__lt=soon).exists()

    def test_both_sides_brought_something_wherever_a_convention_was_signed(self) -> None:
        for convention in Convention.objects.held():
            assert {entry.side for entry in convention.project.entries.all()} == set(Side)

    def test_some_checks_were_done_some_are_to_come_and_one_is_overdue(self) -> None:
        assert StewardshipCheck.objects.done().exists()
        assert StewardshipCheck.objects.to_come().filter(due_on__gte=timezone.localdate()).exists()
        assert StewardshipCheck.objects.overdue(timezone.localdate()).filter(reminded_at__isnull=False).exists()

    def test_one_certificate_is_granted_and_one_request_waits(self) -> None:
        requests = CertificateRequest.objects.all()

        assert (requests.granted().count(), requests.waiting().count()) == (1, 1)

    def test_somebody_elected_speaks_for_each_project(self) -> None:
        assert {project.liaison.username for project in Project.objects.select_related("liaison")} == {"elue"}

    def test_no_letter_of_a_past_day_still_waits_to_leave(self) -> None:
        long_ago = timezone.now() - dt.timedelta(days=8)

        assert not Delivery.objects.pending().filter(mailing__created_at__lt=long_ago).exists()

    def test_there_are_forty_meetings_and_six_work_days_over_past_and_coming_years(self) -> None:
        now = timezone.now()

        assert MeetingPage.objects.live().count() == 46
        assert MeetingPage.objects.gone_by(now).count() >= 20
        assert MeetingPage.objects.to_come(now).count() >= 10
        assert len({meeting.starts_at.year for meeting in MeetingPage.objects.all() if meeting.starts_at}) >= 3

    def test_one_meeting_is_cancelled_one_postponed_and_both_say_why(self) -> None:
        off = MeetingPage.objects.filter(status__in=[MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])

        assert off.count() == 2
        assert all(meeting.status_reason for meeting in off)

    def test_a_past_meeting_was_held_and_none_to_come_is(self) -> None:
        now = timezone.now()

        assert set(MeetingPage.objects.gone_by(now).values_list("status", flat=True)) == {MeetingStatus.HELD}
        assert not MeetingPage.objects.to_come(now).filter(status=MeetingStatus.HELD).exists()

    def test_what_nobody_checked_of_a_venue_is_not_invented(self) -> None:
        assert not Venue.objects.filter(capacity__isnull=False).exists()
        assert {access for venue in Venue.objects.all() for _label, access in venue.access_facts()} == {Access.UNKNOWN}

    def test_the_first_invitations_are_posted_and_some_are_answered(self) -> None:
        announced = MeetingPage.objects.get(title__startswith="Des nichoirs")

        assert 60 <= announced.invitations.count() <= 130
        assert letters_of(announced).pending().count() == announced.invitations.count()
        assert Answer.objects.current().count() >= 20

    @pytest.mark.parametrize(("title", "letter"), [("planter la cour", "Changement"), ("à la planche", "Annulée")])
    def test_one_meeting_moved_and_one_was_cancelled_after_their_invitations(self, title: str, letter: str) -> None:
        meeting = MeetingPage.objects.get(title__endswith=title)
        told, to_tell = letters_of(meeting).filter(state=DeliveryState.SENT), letters_of(meeting).pending()

        assert told.count() == to_tell.count() == meeting.invitations.count() >= 20
        assert {delivery.mailing.title.partition("\u00a0")[0] for delivery in to_tell} == {letter}

    def test_no_household_bears_the_same_name_twice(self) -> None:
        assert not Resident.objects.filter(second_name=F("name")).exists()

    def test_every_picture_is_a_drawing_of_ours_with_its_words(self) -> None:
        images = get_image_model().objects.all()

        assert len(images) == 8
        assert all(image.is_svg() and image.description for image in images)

    def test_every_figure_of_a_project_has_its_source_and_year(self) -> None:
        figures = ProjectFact.objects.all()

        assert len(figures) >= 8
        assert all(figure.source and 1990 < figure.year < 2100 for figure in figures)

    def test_an_invented_project_says_so_and_shows_no_figure(self) -> None:
        invented = [row["slug"] for row in fixtures.read("projets")["projet"] if row.get("fictif")]

        for project in ProjectPage.objects.filter(slug__in=invented):
            assert "inventé pour la démonstration" in str(project.story)
            assert not project.facts.exists()

    def test_the_history_gives_a_source_and_year_for_every_figure(self) -> None:
        history = str(StandardPage.objects.get(slug="la-demarche").body)

        told = re.findall(r"\{[\w-]+\}", history)
        assert told == []
        assert history.count("<b>") - 3 <= len(re.findall(r", (?:19|20)\d\d\)", history))

    def test_every_public_page_opens(self, client: Client) -> None:
        pages = [*MeetingPage.objects.live(), *ProjectPage.objects.live(), *StandardPage.objects.live()]

        assert {client.get(page.url).status_code for page in pages} == {200}

    def test_each_member_of_staff_can_sign_in(self, client: Client, demo: list[loading.desk.Login]) -> None:
        assert {login.username for login in demo} == set(logins.USERNAMES)
        assert all(client.login(username=login.username, password=login.password) for login in demo)


def test_every_public_fact_has_its_source_year_and_day_of_reading() -> None:
    for fact in fixtures.facts().values():
        assert fact["source"]
        assert 1990 < fact["year"] < 2100
        assert fact["verified_on"].year >= 2026


def test_no_fact_is_given_twice_under_one_key() -> None:
    assert len(fixtures.facts()) == len(fixtures.read("faits_publics")["fait"])


def test_a_drawing_asks_nothing_of_another_site() -> None:
    drawings = Path(loading.__file__).parent / "drawings"

    for drawing in drawings.glob("*.svg"):
        addresses = re.findall(r"https?://[^\"]+", drawing.read_text())
        assert addresses == ["http://www.w3.org/2000/svg"]


@pytest.mark.django_db
def test_a_town_with_residents_is_never_mixed_with_invented_ones(settings: Settings) -> None:
    settings.DEMO_TOWN = True
    ResidentFactory(email="quelquun@example.org")

    with pytest.raises(CommandError, match="--reset"):
        call_command("load_demo")

    assert Resident.objects.count() == 1


@pytest.mark.django_db
def test_where_it_is_not_a_demonstration_nothing_is_loaded_nor_emptied(settings: Settings) -> None:
    settings.DEMO_TOWN = False
    ResidentFactory()

    with pytest.raises(CommandError, match="DEMO_TOWN"):
        call_command("load_demo", "--reset")

    assert Resident.objects.count() == 1


@pytest.mark.django_db
def test_loading_twice_does_nothing_the_second_time(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO_TOWN = True
    call_command("load_demo")
    before = [Resident.objects.count(), MeetingPage.objects.count(), Delivery.objects.count()]

    call_command("load_demo")

    assert "already loaded" in capsys.readouterr().out
    assert before == [Resident.objects.count(), MeetingPage.objects.count(), Delivery.objects.count()]


@pytest.mark.django_db(transaction=True)
def test_a_town_that_is_emptied_on_purpose_is_loaded_afresh(settings: Settings) -> None:
    settings.DEMO_TOWN = True
    ResidentFactory(email="quelquun@example.org")

    call_command("load_demo", "--reset")

    assert Resident.objects.count() == 400
    assert not Resident.objects.filter(email="quelquun@example.org").exists()
