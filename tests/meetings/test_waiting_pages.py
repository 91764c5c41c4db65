"""What someone who finds no seat reads and presses: the waiting list, their number, the offer, the way off."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.robots import SECONDS_TO_READ
from meetings import registering, rsvp
from meetings.models import Answer, AnswerChannel, Choice, Invitation, MeetingPage, Registration, WaitingPlace
from meetings.seating import waiting
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> MeetingPage:
    """Two seats, taken by Odile and her guest."""
    meeting = MeetingPageFactory(capacity=2)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Odile Chevalet", guests=1)
    return meeting


@pytest.fixture
def invitation(meeting: MeetingPage) -> Invitation:
    return InvitationFactory(meeting=meeting, resident__name="Ada Terril")


def where(name: str, invitation: Invitation) -> str:
    return reverse(f"meetings:{name}", args=[rsvp.token_of(invitation)])


def press(client: Client, invitation: Invitation, do: str = "come", **said: object) -> Any:
    return client.post(where("waiting", invitation), {"do": do, **said}, follow=True)


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def free_everything(meeting: MeetingPage) -> None:
    odile = meeting.invitations.get(resident__name="Odile Chevalet")
    rsvp.answer(invitation=odile, choice=Choice.NO, channel=AnswerChannel.MAIL, now=timezone.now())


def wait(meeting: MeetingPage, guests: int = 0) -> WaitingPlace:
    return waiting.join(invitation=InvitationFactory(meeting=meeting), guests=guests, now=timezone.now())


def test_a_full_meeting_says_so_before_one_answers_and_offers_to_wait(client: Client, invitation: Invitation) -> None:
    page = words(client.get(where("answer", invitation)))

    assert "Toutes les places sont prises." in page
    assert where("waiting", invitation) in page
    assert page.index('<a href="#wait-title">') < page.index("Envoyer ma réponse") < page.index('id="wait-title"')


@pytest.mark.parametrize(("said", "is_list_first"), [("yes", True), ("no", False)])
def test_who_comes_to_say_yes_to_a_full_meeting_finds_the_list_first(
    client: Client, invitation: Invitation, said: str, is_list_first: bool
) -> None:
    page = words(client.get(where("answer", invitation), {"a": said}))

    assert (page.index(where("waiting", invitation)) < page.index("Envoyer ma réponse")) is is_list_first
    assert ('<a href="#wait-title">' in page) is not is_list_first


def test_a_yes_that_finds_no_seat_is_offered_the_list_with_the_same_party(
    client: Client, invitation: Invitation
) -> None:
    page = client.post(where("answer", invitation), {"choice": "yes", "guests": "1"})

    assert page.status_code == 409
    assert page.context["party"].initial == {"guests": 1}
    assert "Rejoindre la liste d’attente" in words(page)


def test_joining_shows_ones_number_in_line(client: Client, meeting: MeetingPage, invitation: Invitation) -> None:
    wait(meeting)

    page = press(client, invitation, guests=1)

    assert page.redirect_chain == [(where("waiting", invitation), 302)]
    assert "Vous êtes 2e dans la file" in words(page)
    assert waiting.standing(invitation).guests == 1


def test_the_link_of_the_letter_shows_the_place_in_line(client: Client, invitation: Invitation) -> None:
    press(client, invitation)

    page = client.get(where("answer", invitation) + "?a=yes", follow=True)

    assert page.redirect_chain == [(where("waiting", invitation), 302)]


def test_opening_the_page_of_an_offer_takes_nothing(client: Client, meeting: MeetingPage, invitation: Invitation):
    press(client, invitation)
    free_everything(meeting)

    page = client.get(where("waiting", invitation))

    assert "Prendre ma place" in words(page)
    assert waiting.standing(invitation).is_offered


def test_pressing_the_button_of_an_offer_takes_the_seat(client: Client, meeting: MeetingPage, invitation: Invitation):
    press(client, invitation)
    free_everything(meeting)

    page = press(client, invitation, guests=0)

    assert page.redirect_chain == [(where("answer_recorded", invitation), 302)]
    assert waiting.last(invitation).is_seated


def test_asking_for_more_than_the_offer_is_refused_and_the_offer_stays(
    client: Client, meeting: MeetingPage, invitation: Invitation
):
    press(client, invitation)
    free_everything(meeting)

    page = press(client, invitation, guests=5)

    assert page.status_code == 409
    assert waiting.standing(invitation).is_offered


def test_fewer_people_that_fit_now_are_seated_at_once(client: Client, meeting: MeetingPage, invitation: Invitation):
    press(client, invitation, guests=1)
    odile = meeting.invitations.get(resident__name="Odile Chevalet")
    rsvp.answer(invitation=odile, choice=Choice.YES, channel=AnswerChannel.MAIL, now=timezone.now())
    shown = words(client.get(where("waiting", invitation)))

    press(client, invitation, guests=0)

    assert "1 place est libre en ce moment" in shown
    assert waiting.last(invitation).is_seated


def test_a_smaller_party_keeps_its_place_and_a_larger_one_goes_to_the_end(client: Client):
    meeting = MeetingPageFactory(capacity=3)
    AnswerFactory(invitation__meeting=meeting, guests=2)
    first, second = wait(meeting, guests=1), wait(meeting)

    press(client, first.invitation, guests=0)
    assert waiting.number_in_line(first) == 1

    press(client, first.invitation, guests=2)

    first.refresh_from_db()
    assert (waiting.number_in_line(second), waiting.number_in_line(first)) == (1, 2)


def test_leaving_is_one_press_and_says_so(client: Client, invitation: Invitation) -> None:
    press(client, invitation)

    page = press(client, invitation, do="leave")

    assert "Vous n’êtes plus sur la liste d’attente" in words(page)
    assert waiting.standing(invitation) is None


def test_an_offer_that_lapsed_is_told_and_leads_back_to_the_question(
    client: Client, meeting: MeetingPage, invitation: Invitation
):
    press(client, invitation)
    free_everything(meeting)
    WaitingPlace.objects.update(
        offered_at=timezone.now() - dt.timedelta(hours=2), offered_until=timezone.now() - dt.timedelta(hours=1)
    )
    waiting.keep_all(now=timezone.now())

    page = words(client.get(where("waiting", invitation)))

    assert "nous n’avons pas eu de réponse" in page
    assert where("answer", invitation) in page


@pytest.mark.parametrize(("guests", "status"), [(9, 409), (99, 422)])
def test_a_party_that_could_never_sit_is_told_and_nothing_is_kept(
    client: Client, invitation: Invitation, guests: int, status: int
):
    page = press(client, invitation, guests=guests)

    assert page.status_code == status
    assert not WaitingPlace.objects.exists()


def test_a_stranger_cannot_stand_in_line_by_a_guessed_link(client: Client) -> None:
    assert client.get(reverse("meetings:waiting", args=["forged"])).status_code == 404


def test_a_cancelled_meeting_shows_what_became_of_it(client: Client, meeting: MeetingPage, invitation: Invitation):
    press(client, invitation)
    MeetingPage.objects.filter(pk=meeting.pk).update(status="cancelled", status_reason="Inondation.")

    assert "Inondation." in words(client.get(where("waiting", invitation), follow=True))


def test_someone_who_comes_and_waits_for_more_keeps_their_seats_meanwhile(client: Client, meeting: MeetingPage):
    odile = meeting.invitations.get(resident__name="Odile Chevalet")
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=3)
    AnswerFactory(invitation__meeting=meeting)

    press(client, odile, guests=2)

    assert waiting.standing(odile).guests == 2
    assert Answer.objects.coming().get(invitation=odile).guests == 1


class TestComingUninvited:
    def person(self, client: Client, meeting: MeetingPage, **more: object) -> Any:
        address = reverse("meetings:register", args=[meeting.uid])
        opened = client.get(address).context["form"]["opened"].value()
        someone = {"opened": opened, "name": "Ada Terril", "email": "ada@example.org", **more}
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
            return client.post(address, someone)

    def test_the_page_of_a_full_meeting_offers_the_list_to_anyone(self, client: Client, meeting: MeetingPage) -> None:
        wait(meeting)

        page = words(client.get(meeting.url))

        assert "Rejoindre la liste d’attente" in page
        assert "1 demande attend déjà" in page

    def test_the_letters_button_puts_them_in_line(self, client: Client, meeting: MeetingPage) -> None:
        sent = self.person(client, meeting, wait="1")
        registration = Registration.objects.get()

        page = client.post(
            reverse("meetings:confirm_registration", args=[registering.token_of(registration)]), follow=True
        )

        assert "vous prenez alors votre place dans la file" in words(sent)
        assert "Vous êtes en tête de la file" in words(page)
        assert WaitingPlace.objects.get().invitation.resident.email == "ada@example.org"

    def test_the_button_gives_a_seat_when_one_is_free_by_then(self, client: Client, meeting: MeetingPage) -> None:
        self.person(client, meeting, wait="1")
        free_everything(meeting)

        client.post(reverse("meetings:confirm_registration", args=[registering.token_of(Registration.objects.get())]))

        assert Answer.objects.coming().get().invitation.resident.email == "ada@example.org"

    def test_too_large_a_party_may_come_with_fewer_or_wait(self, client: Client) -> None:
        page = self.person(client, MeetingPageFactory(capacity=2), guests=2)
        meeting = MeetingPageFactory(capacity=3)
        AnswerFactory(invitation__meeting=meeting)
        refused = self.person(client, meeting, guests=2)

        assert (page.status_code, refused.status_code) == (409, 409)
        assert 'name="wait"' in words(refused)

    def test_waiting_holds_no_seat_before_the_button_nor_after(self, client: Client) -> None:
        meeting = MeetingPageFactory(capacity=3)
        AnswerFactory(invitation__meeting=meeting)

        self.person(client, meeting, guests=2, wait="1")

        assert "2 places" in words(client.get(meeting.url))

    def test_a_seat_gone_before_the_button_is_waited_for_instead(self, client: Client, meeting: MeetingPage) -> None:
        late = RegistrationFactory(meeting=meeting, forgotten=True)
        address = reverse("meetings:confirm_registration", args=[registering.token_of(late)])

        refused = client.post(address)
        client.post(address, {"wait": "1"})

        assert 'name="wait"' in words(refused)
        assert WaitingPlace.objects.get().invitation.resident == late.resident


def test_cards_say_which_meetings_are_full(client: Client, meeting: MeetingPage) -> None:
    MeetingPageFactory(capacity=2)

    page = words(client.get(meeting.get_parent().url))

    assert page.count(">complet<") == 1
    assert ">complet<" in words(client.get(meeting.url))
