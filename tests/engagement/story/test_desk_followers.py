"""Telling the followers at the desk: to how many, how it reads, a test, and one press that sends once."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from communities.models import Mailing
from engagement.models import Passage, ProjectPage
from tests.communities.factories import CommunityFactory, a_mailbox
from tests.engagement.factories import ProjectPageFactory
from tests.engagement.story.test_following import follower, passed
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    user: User = StaffFactory(communication=True)
    return user


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    a_mailbox()
    client.force_login(staff)
    return client


@pytest.fixture
def page() -> ProjectPage:
    shown: ProjectPage = ProjectPageFactory(title="Les bancs", community=CommunityFactory())
    return shown


@pytest.fixture
def passage(page: ProjectPage) -> Passage:
    return passed(page)


def at(name: str, *args: object) -> str:
    return reverse(f"tidings:{name}", args=args)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_says_what_was_told_and_what_is_new(desk: Client, page: ProjectPage, passage: Passage) -> None:
    follower(page.project.community)

    before = words(desk.get(at("index")))
    desk.post(at("send", passage.pk), {"expecting": "1"})

    assert at("readers", passage.pk) in before
    assert at("digest_readers") in before
    assert at("readers", passage.pk) not in words(desk.get(at("index")))


def test_before_sending_the_page_says_to_how_many_by_which_channel_and_why(
    desk: Client, page: ProjectPage, passage: Passage
) -> None:
    follower(page.project.community)
    follower(page.project.community, by_post=True)

    shown = words(desk.get(at("readers", passage.pk)))

    assert "This goes to 2 people: 1 by e-mail, 1 by post." in shown
    assert page.project.community.name in shown


@pytest.mark.parametrize("facts", [{}, {"by_post": True}, {"without_email": True}])
def test_the_letter_is_read_as_one_of_them_will(
    desk: Client, page: ProjectPage, passage: Passage, facts: dict[str, bool]
) -> None:
    reader = follower(page.project.community, name="Inès Briquette", **facts)
    passed(page)

    for address in (at("preview", passage.pk, reader.pk), at("digest_preview", reader.pk)):
        shown = desk.get(address)
        assert shown.status_code == 200
        assert "Inès Briquette" in words(shown)
        assert "Les bancs" in words(shown)


def test_nobody_looks_through_the_eyes_of_someone_it_does_not_reach(desk: Client, passage: Passage) -> None:
    stranger = follower(CommunityFactory())

    assert desk.get(at("preview", passage.pk, stranger.pk)).status_code == 404


def test_one_press_sends_and_the_second_says_so(desk: Client, page: ProjectPage, passage: Passage, staff: User) -> None:
    follower(page.project.community)

    first = desk.post(at("send", passage.pk), {"expecting": "1"})
    second = desk.post(at("send", passage.pk), {"expecting": "1"}, follow=True)

    mailing = Mailing.objects.get()
    assert (mailing.created_by, first.headers["Location"]) == (staff, reverse("mailings:inspect", args=[mailing.pk]))
    assert "already been told" in words(second)


def test_changed_figures_are_shown_again(desk: Client, page: ProjectPage, passage: Passage) -> None:
    follower(page.project.community)

    shown = desk.post(at("send", passage.pk), {"expecting": "7"}, follow=True)

    assert "Send to 1 person" in words(shown)
    assert not Mailing.objects.exists()


def test_a_press_without_figures_leads_back_to_them(desk: Client, passage: Passage) -> None:
    assert desk.post(at("send", passage.pk)).headers["Location"] == at("send", passage.pk)


def test_looking_sends_nothing(desk: Client, page: ProjectPage, passage: Passage) -> None:
    follower(page.project.community)

    for address in (at("send", passage.pk), at("digest_send"), at("readers", passage.pk), at("digest_readers")):
        assert desk.get(address).status_code == 200
    assert desk.get(at("send_test", passage.pk)).status_code == 405
    assert not Mailing.objects.exists()


def test_a_test_goes_to_whoever_asks(desk: Client, passage: Passage, staff: User) -> None:
    for address, back in (
        (at("send_test", passage.pk), at("readers", passage.pk)),
        (at("digest_send_test"), at("digest_readers")),
    ):
        assert desk.post(address).headers["Location"] == back
    assert {mailing.deliveries.get().test_address for mailing in Mailing.objects.all()} == {staff.email}


def test_the_news_of_all_leave_once(desk: Client, page: ProjectPage, passage: Passage) -> None:
    follower(page.project.community)

    desk.post(at("digest_send"), {"expecting": "1"})
    again = desk.post(at("digest_send"), {"expecting": "1"}, follow=True)

    assert Mailing.objects.count() == 1
    assert "Nothing has happened" in words(again)


def test_a_passage_that_is_no_milestone_has_no_page(desk: Client, page: ProjectPage) -> None:
    quiet = passed(page, "stewardship")

    assert desk.get(at("readers", quiet.pk)).status_code == 404
