"""Writing at the desk: a draft, whom it reaches, how it reads, a test, and Send, which sends once."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from communities import scopes
from communities.models import Delivery, Mailing, MutedTopic, Resident, Topic, WrittenLetter
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    ResidentFactory,
    WrittenLetterFactory,
    a_mailbox,
)
from tests.communities.post.factories import DeliveryFactory, MailingFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

RICH = {
    "blocks": [
        {
            "key": "a",
            "text": "Apportez des gants.",
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [{"offset": 9, "length": 10, "style": "BOLD"}],
            "entityRanges": [],
        }
    ],
    "entityMap": {},
}


@pytest.fixture
def staff() -> User:
    user: User = StaffFactory(communication=True, first_name="Nora", last_name="Chevalet")
    return user


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    a_mailbox()
    client.force_login(staff)
    return client


def at(name: str, *more: object) -> str:
    return reverse(f"letters:{name}", args=more)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def filled_in(**changes: Any) -> dict[str, Any]:
    blank = {"button_words": "", "button_url": "", "agenda_days": "0", "scopes": ["town"]}
    return {"subject": "Samedi au jardin", "body": json.dumps(RICH), **blank, **changes}


def test_a_draft_is_kept_with_its_author_and_nothing_leaves(desk: Client, staff: User) -> None:
    shown = desk.post(at("add"), filled_in(), follow=True)

    letter = WrittenLetter.objects.get()
    assert "Nothing is sent before you press Send." in words(shown)
    assert (letter.subject, letter.author, letter.scopes) == ("Samedi au jardin", staff, ["town"])
    assert "<b>des gants.</b>" in letter.body
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"subject": ""}, "This field is required."),
        ({"button_words": "Voir"}, "A button needs both its words and the page that it opens."),
        ({"button_url": "https://example.org"}, "A button needs both its words and the page that it opens."),
        ({"button_words": "Voir", "button_url": "pas une adresse"}, "Enter a valid URL."),
        ({"scopes": ["community:999"]}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(
    desk: Client, changes: dict[str, Any], trouble: str
) -> None:
    shown = words(desk.post(at("add"), filled_in(**changes)))

    assert trouble in shown
    assert "Apportez" in shown
    assert not WrittenLetter.objects.exists()


def test_the_months_agenda_is_begun_for_the_whole_town_and_can_be_changed(desk: Client) -> None:
    shown = desk.get(at("add"), {"agenda": "1"})

    form = shown.context["form"]
    assert form.initial["agenda_days"] == 31
    assert form.initial["scopes"] == ["town"]
    assert form.initial["subject"]
    assert not WrittenLetter.objects.exists()


def test_before_sending_the_page_says_how_many_by_which_channel_and_why(desk: Client) -> None:
    community = CommunityFactory(name="Le jardin du coron")
    MembershipFactory.create_batch(2, community=community)
    MembershipFactory(community=community, resident=ResidentFactory(by_post=True))
    letter = WrittenLetterFactory(scopes=[scopes.scope_of(community)])

    shown = words(desk.get(at("readers", letter.pk)))

    assert "This goes to 3 people: 2 by e-mail, 1 by post." in shown
    assert "<strong>3</strong> Le jardin du coron" in shown
    assert "Send to 3 people" in shown


def test_the_letter_is_read_as_one_of_them_will(desk: Client) -> None:
    ada = ResidentFactory(name="Ada Terril", allows=[scopes.TOWN])
    ResidentFactory(name="Basile Coron", by_post=True)
    letter = WrittenLetterFactory()

    shown = desk.get(at("preview", letter.pk, ada.pk))

    assert "Ada Terril" in shown.context["preview"].html
    assert ada.email not in words(shown)
    assert "Basile Coron" in words(shown)
    assert desk.get(at("preview", letter.pk, ResidentFactory().pk)).status_code == 404


def test_whoever_is_told_by_post_has_words_without_links(desk: Client) -> None:
    by_post = ResidentFactory(name="Basile Coron", by_post=True)

    preview = desk.get(at("preview", WrittenLetterFactory().pk, by_post.pk)).context["preview"]

    assert preview.html == ""
    assert "Bonjour Basile Coron" in preview.text


def test_send_sends_to_the_number_that_was_shown_once(desk: Client) -> None:
    ResidentFactory.create_batch(2, allows=[scopes.TOWN])
    letter = WrittenLetterFactory()

    first = desk.post(at("send", letter.pk), {"expecting": 2}, follow=True)
    again = desk.post(at("send", letter.pk), {"expecting": 2}, follow=True)

    assert "The letter goes to 2 people." in words(first)
    assert "This letter has already been sent." in words(again)
    assert Delivery.objects.count() == 2


def test_a_number_that_changed_is_shown_again_instead(desk: Client) -> None:
    ResidentFactory.create_batch(2, allows=[scopes.TOWN])
    letter = WrittenLetterFactory()

    shown = words(desk.post(at("send", letter.pk), {"expecting": 1}, follow=True))

    assert "check the new figures" in shown
    assert "Send to 2 people" in shown
    assert not Mailing.objects.exists()


def test_looking_at_the_last_page_sends_nothing(desk: Client) -> None:
    ResidentFactory(allows=[scopes.TOWN])

    assert "can no longer be changed" in words(desk.get(at("send", WrittenLetterFactory().pk)))
    assert not Mailing.objects.exists()


def test_a_test_goes_to_whoever_asks(desk: Client, staff: User) -> None:
    shown = desk.post(at("send_test", WrittenLetterFactory().pk), follow=True)

    assert Delivery.objects.get().test_address == staff.email
    assert staff.email in words(shown)


@pytest.mark.parametrize(("hour", "waits"), [(22, True), (10, False)])
def test_in_the_evening_the_page_says_that_the_letters_wait_for_the_morning(
    desk: Client, settings: Settings, hour: int, waits: bool
) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20
    ResidentFactory(allows=[scopes.TOWN])
    letter = WrittenLetterFactory()

    with time_machine.travel(timezone.localtime().replace(hour=hour), tick=False):
        shown = words(desk.get(at("send", letter.pk)))

    assert ("people are left in peace: the letters leave on" in shown) is waits


def test_what_was_sent_is_read_and_neither_changed_nor_thrown_away(desk: Client) -> None:
    ResidentFactory(allows=[scopes.TOWN])
    letter = WrittenLetterFactory()
    desk.post(at("send", letter.pk), {"expecting": 1})

    for answer in (
        desk.get(at("edit", letter.pk)),
        desk.post(at("edit", letter.pk), filled_in(subject="Autre chose")),
        desk.post(at("delete", letter.pk)),
    ):
        assert answer["Location"] == at("read", letter.pk)
    letter.refresh_from_db()
    assert letter.subject == "Les jardins rouvrent"
    assert "sent on" in words(desk.get(at("read", letter.pk)))


def test_a_draft_is_changed_and_thrown_away(desk: Client) -> None:
    letter = WrittenLetterFactory()

    desk.post(at("edit", letter.pk), filled_in(subject="Autre chose"))
    letter.refresh_from_db()
    assert letter.subject == "Autre chose"

    desk.post(at("delete", letter.pk))
    assert not WrittenLetter.objects.exists()


def test_the_list_says_for_whom_and_at_which_stage(desk: Client) -> None:
    ResidentFactory(allows=[scopes.TOWN])
    WrittenLetterFactory(subject="Brouillon", scopes=[])
    sent = WrittenLetterFactory(subject="Partie")
    desk.post(at("send", sent.pk), {"expecting": 1})

    assert "the whole town" in words(desk.get(at("index")))
    assert [letter.subject for letter in desk.get(at("index"), {"which": "drafts"}).context["object_list"]] == [
        "Brouillon"
    ]
    assert [letter.subject for letter in desk.get(at("index"), {"which": "sent"}).context["object_list"]] == ["Partie"]


@pytest.mark.parametrize("name", ["index", "readers"])
def test_lists_ask_as_many_questions_for_many_as_for_few(desk: Client, name: str) -> None:
    community = CommunityFactory()
    letter = WrittenLetterFactory(scopes=[scopes.scope_of(community)])
    MembershipFactory(community=community)
    address = at(name) if name == "index" else at(name, letter.pk)
    for_few = questions(desk, address)

    MembershipFactory.create_batch(20, community=community)
    WrittenLetterFactory.create_batch(10)

    assert questions(desk, address) == for_few


def questions(desk: Client, address: str) -> int:
    desk.get(address)
    with CaptureQueriesContext(connection) as asked:
        desk.get(address)
    return len(asked)


def test_before_sending_the_page_says_who_is_spared_and_how_they_hear_of_it(desk: Client) -> None:
    sated, tired, weary, _eager = ResidentFactory.create_batch(4, allows=[scopes.TOWN])
    for mailing in MailingFactory.create_batch(4):
        DeliveryFactory(mailing=mailing, resident=sated, counts_as_unasked=True, state="sent", ended_at=timezone.now())
    Resident.objects.filter(pk=tired.pk).update(paused_until=timezone.now() + timedelta(days=9))
    MutedTopic.objects.create(resident=weary, topic=Topic.NEWS, origin="web", muted_at=timezone.now())

    shown = words(desk.get(at("send", WrittenLetterFactory().pk)))

    assert "1 person has already been sent 4 letters" in shown
    assert "1 person is taking a break" in shown
    assert "<strong>1</strong> want no more letters of this kind" in shown
