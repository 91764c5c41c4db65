"""The lists to print or to dial: who is told by post or by telephone, and what is done."""

import csv
import io

import pytest
from django.test import Client

from communities.models import Channel, Community, Delivery, DeliveryState, Town
from meetings import announcing
from meetings.models import MeetingPage, MeetingStatus
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


def test_the_list_for_the_desk_has_the_addresses_in_the_order_of_the_streets(client: Client, invited: MeetingPage):
    client.force_login(StaffFactory(participation=True))

    shown = words(client.get(at("by_hand", invited, "letter")))

    assert "Nora Chevalet" in shown
    assert "62000 Exempleville" in shown
    assert "1 person still to tell" in shown


@pytest.mark.parametrize(("channel", "where"), [("letter", "Exempleville"), ("phone", "0199")])
def test_whoever_may_not_see_residents_has_the_names_to_tell_and_no_address(
    desk: Client, invited: MeetingPage, channel: str, where: str
):
    shown = words(desk.get(at("by_hand", invited, channel)))
    exported = desk.get(at("by_hand", invited, channel), {"export": "csv"}).content.decode("utf-8-sig")

    assert "Addresses and telephone numbers are shown to whoever may see the residents" in shown
    assert where not in (shown + exported).replace("\u202f", "").replace("\u00a0", "")
    assert exported.splitlines()[0] == "name;second person of the household;state"
    assert "Mark as told" in shown


def test_the_list_begins_with_the_text_to_post_once(desk: Client, invited: MeetingPage):
    shown = words(desk.get(at("by_hand", invited, "letter")))

    assert "The text to post" in shown
    assert shown.count("Bonjour, Nous vous invitons") == 1


def test_whoever_calls_says_who_they_are_and_asks_without_a_number_to_call(desk: Client, invited: MeetingPage):
    Town.objects.update(town_hall="Mairie de Fosse-les-Briques", phone="0353010203", opening_hours="Le lundi")

    shown = words(desk.get(at("by_hand", invited, "phone")))

    assert "The text to say" in shown
    assert shown.count("Bonjour, Mairie de Fosse-les-Briques à l’appareil. Nous vous invitons") == 1
    said = shown.partition("à l’appareil.")[2].partition("</pre>")[0]
    assert said.endswith("Viendrez-vous ? ")
    assert "03" not in said
    assert "http" not in said


def test_what_is_said_or_posted_is_folded_by_its_page_and_not_before(desk: Client, invited: MeetingPage):
    long = "Apportez vos gants, vos idées et vos voisins. Il y aura de la place et de la soupe pour tout le monde."
    MeetingPage.objects.filter(pk=invited.pk).update(summary=long)

    for channel in ("phone", "letter"):
        assert long in desk.get(at("by_hand", invited, channel)).content.decode()


def test_nobody_is_invited_by_hand_to_a_cancelled_meeting(desk: Client, invited: MeetingPage):
    MeetingPage.objects.filter(pk=invited.pk).update(status=MeetingStatus.CANCELLED)

    shown = words(desk.get(at("by_hand", invited, "phone")))

    assert "Wait: the meeting has just changed" in shown
    assert "Nous vous invitons" not in shown


def test_someone_told_by_hand_is_marked_with_who_did_it(desk: Client, invited: MeetingPage):
    call = Delivery.objects.get(channel=Channel.PHONE)

    desk.post(at("by_hand", invited, "phone"), {"delivery": call.pk})

    call.refresh_from_db()
    assert call.state == DeliveryState.SENT
    assert call.ended_at
    assert "Nora Chevalet" in call.reason


def test_a_whole_channel_is_marked_at_once_and_the_other_stays(desk: Client, invited: MeetingPage):
    desk.post(at("by_hand", invited, "letter"), {"all": "1"})

    states = dict(Delivery.objects.values_list("channel", "state"))
    assert states == {"letter": "sent", "phone": "pending", "email": "pending"}


def test_the_list_of_a_meeting_just_cancelled_says_to_wait_and_still_takes_what_was_done(
    desk: Client, invited: MeetingPage
):
    MeetingPage.objects.filter(pk=invited.pk).update(status="cancelled")

    shown = words(desk.get(at("by_hand", invited, "phone")))
    desk.post(at("by_hand", invited, "phone"), {"all": "1"})

    assert "Wait: the meeting has just changed" in shown
    assert "Vous êtes invité" not in shown
    assert Delivery.objects.get(channel=Channel.PHONE).state == DeliveryState.SENT


def test_those_who_were_called_are_called_again_when_it_is_cancelled_with_what_to_say(
    desk: Client, invited: MeetingPage
):
    desk.post(at("by_hand", invited, "phone"), {"all": "1"})
    MeetingPage.objects.filter(pk=invited.pk).update(status="cancelled", status_reason="La salle est inondée.")
    desk.post(at("send_now", invited))

    shown = words(desk.get(at("by_hand", invited, "phone")))

    assert "1 person still to tell" in shown
    assert "Cette réunion est annulée." in shown
    assert "La salle est inondée." in shown


@pytest.mark.parametrize("asked", [{"delivery": "x"}, {"delivery": ""}, {}, {"delivery": "999999"}])
def test_marking_nobody_marks_nobody(desk: Client, invited: MeetingPage, asked: dict[str, str]):
    desk.post(at("by_hand", invited, "letter"), asked)

    assert not Delivery.objects.filter(state=DeliveryState.SENT).exists()


def test_a_letter_of_another_meeting_is_never_marked(desk: Client, invited: MeetingPage, garden: Community):
    other = MeetingPageFactory(communities=[garden], starts_at=evening(in_days=20))
    desk.post(at("send", other), {"expecting": 4})
    theirs = Delivery.objects.get(channel=Channel.LETTER, thread=announcing.thread_of(other))

    desk.post(at("by_hand", invited, "letter"), {"delivery": theirs.pk})

    theirs.refresh_from_db()
    assert theirs.state == DeliveryState.PENDING


def test_e_mail_is_no_list_for_the_desk(desk: Client, invited: MeetingPage):
    assert desk.get(at("by_hand", invited, "email")).status_code == 404


def test_the_list_for_the_desk_is_exported_without_formulas(client: Client, invited: MeetingPage):
    client.force_login(StaffFactory(participation=True))
    Delivery.objects.get(channel=Channel.LETTER).resident.__class__.objects.filter(name="Nora Chevalet").update(
        street="=1+1"
    )

    content = client.get(at("by_hand", invited, "letter"), {"export": "csv"}).content.decode("utf-8-sig")

    assert next(csv.DictReader(io.StringIO(content), delimiter=";"))["street and number"] == "'=1+1"
