"""The waiting list at the desk: its order, who is put on it, who is let in beyond it, and by whom."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Answer, Invitation, MeetingPage, WaitingPlace
from meetings.seating import waiting
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, WaitingPlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db: None) -> MeetingPage:
    """Two seats, taken by Odile and her guest."""
    meeting = MeetingPageFactory(capacity=2)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Odile Chevalet", guests=1)
    return meeting


@pytest.fixture
def ines(meeting: MeetingPage) -> Invitation:
    return InvitationFactory(meeting=meeting, resident__name="Inès Briquette")


def wait(meeting: MeetingPage, name: str) -> WaitingPlace:
    invitation = InvitationFactory(meeting=meeting, resident__name=name)
    return waiting.join(invitation=invitation, guests=0, now=timezone.now())


def yes(**decided: str) -> dict[str, str]:
    return {"choice": "yes", "guests": "1", "channel": "phone", **decided}


def test_the_list_stands_in_its_order_with_offers_first(desk: Client, meeting: MeetingPage) -> None:
    for name in ("Ada Terril", "Basile Coron"):
        wait(meeting, name)
    WaitingPlaceFactory(invitation=InvitationFactory(meeting=meeting, resident__name="Nora Chevalet"), offered=True)

    rows = desk.get(at("waiting_list", meeting)).context["object_list"]

    shown = [(row.number, row.invitation.resident.name) for row in rows]
    assert shown == [(None, "Nora Chevalet"), (1, "Ada Terril"), (2, "Basile Coron")]


def test_the_list_leaves_as_a_spreadsheet(desk: Client, meeting: MeetingPage) -> None:
    wait(meeting, "Ada Terril")

    content = desk.get(at("waiting_list", meeting), {"export": "csv"}).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(content), delimiter=";")

    assert (row["number in line"], row["resident"], row["state"]) == ("1", "Ada Terril", "waits")


def test_a_list_of_nobody_says_how_one_gets_on_it(desk: Client, meeting: MeetingPage) -> None:
    assert "Nobody waits." in words(desk.get(at("waiting_list", meeting)))


def test_the_list_asks_as_much_for_many_as_for_few(
    desk: Client, meeting: MeetingPage, queries_of: Callable[[str], int]
) -> None:
    wait(meeting, "Ada Terril")
    few = queries_of(at("waiting_list", meeting))
    for _each in range(5):
        wait(meeting, "Basile Coron")

    assert queries_of(at("waiting_list", meeting)) == few


def test_someone_who_finds_no_seat_is_put_on_the_list(desk: Client, meeting: MeetingPage, ines: Invitation) -> None:
    refused = desk.post(at("type_in", meeting, ines.pk), yes())
    put = desk.post(at("type_in", meeting, ines.pk), yes(when_full="wait"), follow=True)

    assert refused.status_code == 409
    assert "Put them on the waiting list" in words(refused)
    assert "Inès Briquette is on the waiting list." in words(put)
    assert "1 request waits for a seat." in words(desk.get(at("answers", meeting)))


def test_letting_someone_in_says_what_it_means_first_and_does_nothing_yet(
    desk: Client, meeting: MeetingPage, ines: Invitation
) -> None:
    wait(meeting, "Ada Terril")

    asked = desk.post(at("type_in", meeting, ines.pk), yes(when_full="ask"))

    assert "4 people would come in all, for 2 seats. 1 request waits before them." in words(asked)
    assert not ines.answers.exists()


def test_whoever_lets_someone_in_is_named_beside_them(desk: Client, meeting: MeetingPage, ines: Invitation) -> None:
    desk.post(at("type_in", meeting, ines.pk), yes(when_full="let_in"))

    shown = words(desk.get(at("answers", meeting)))
    assert "let in by Nora Chevalet, beyond the order" in shown
    assert "2 more people come than there are seats. Nobody is sent away" in shown


def test_nobody_is_named_when_there_was_a_seat_after_all(desk: Client, meeting: MeetingPage, ines: Invitation) -> None:
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=4)

    desk.post(at("type_in", meeting, ines.pk), yes(when_full="let_in"))

    assert Answer.objects.coming().get(invitation=ines).let_in_by is None


def test_whoever_may_not_lets_nobody_in(client: Client, meeting: MeetingPage, ines: Invitation) -> None:
    writer = StaffFactory(communication=True)
    writer.groups.get().permissions.filter(codename="change_answer").delete()
    client.force_login(writer)

    refused = client.post(at("type_in", meeting, ines.pk), yes(when_full="let_in"))

    assert refused.status_code == 409
    assert "Let them in" not in words(refused)
    assert not ines.answers.exists()


def test_someone_at_the_counter_may_wait_too(desk: Client, meeting: MeetingPage) -> None:
    someone = {"name": "Félix Gaillette", "phone": "0199001234", "email": "", "guests": "0", "channel": "phone"}

    desk.post(at("write_down", meeting), someone | {"when_full": "wait"})

    assert WaitingPlace.objects.get().invitation.resident.name == "Félix Gaillette"


def test_a_no_on_the_telephone_takes_them_off_the_list(desk: Client, meeting: MeetingPage) -> None:
    place = wait(meeting, "Ada Terril")
    shown = words(desk.get(at("type_in", meeting, place.invitation.pk)))

    desk.post(at("type_in", meeting, place.invitation.pk), {"choice": "no", "guests": "", "channel": "phone"})

    assert "On the waiting list at number 1, for 1 seat." in shown
    assert waiting.standing(place.invitation) is None
