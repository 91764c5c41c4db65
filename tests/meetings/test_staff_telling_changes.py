"""A meeting moved or was called off: what is printed and said for those whom no mail reaches."""

import io

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from communities.models import Channel, Community, Delivery, DeliveryState, Mailing, Resident
from communities.post import batches, mailings
from meetings import announcing
from meetings.models import MeetingPage, MeetingStatus
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnswerFactory, InvitationFactory, evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> object:
    """Someone who may see addresses."""
    return StaffFactory(participation=True)


@pytest.fixture
def known(desk: Client, invited: MeetingPage) -> MeetingPage:
    """One by post and one by telephone were told of it."""
    for channel in ("letter", "phone"):
        desk.post(at("by_hand", invited, channel), {"all": "1"})
    return invited


@pytest.fixture
def called_off(desk: Client, known: MeetingPage) -> MeetingPage:
    reason = "La salle est inondée."
    MeetingPage.objects.filter(pk=known.pk).update(status=MeetingStatus.CANCELLED, status_reason=reason)
    desk.post(at("send_now", known))
    return known


def read(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def list_to_call(desk: Client, meeting: MeetingPage) -> list[str]:
    return read(desk.get(at("call_list", meeting)).content)


def test_those_to_call_about_a_cancellation_are_on_the_list_with_what_to_say(desk: Client, called_off: MeetingPage):
    (page,) = list_to_call(desk, called_off)

    assert "Inès Briquette" in page
    assert "Cette réunion est annulée." in page
    assert "La salle est inondée." in page
    assert "Nous vous invitons" not in page
    assert "dit message laissé" in page
    assert "Combien" not in page, "nobody answers what does not take place"
    shown = words(desk.get(at("by_hand", called_off, "phone")))
    assert at("call_list", called_off) in shown
    assert 'name="said"' not in shown, "nobody answers what does not take place"


def test_letters_about_a_cancellation_are_prepared_on_the_same_page(desk: Client, called_off: MeetingPage):
    shown = words(desk.get(at("by_hand", called_off, "letter")))
    desk.post(at("prepare_paper", called_off))
    stamp = batches.of(deliveries=Delivery.objects.all())[0].stamp

    (page,) = read(desk.get(at("paper_letters", called_off, stamp)).content)

    assert "Prepare the letter of 1 person" in shown
    assert "ANNULÉE" in page


def test_a_list_with_two_things_to_say_has_a_page_for_each(desk: Client, garden: Community, known: MeetingPage):
    MeetingPage.objects.filter(pk=known.pk).update(starts_at=evening(in_days=9))
    desk.post(at("send_now", known))
    MembershipFactory(community=garden, resident=ResidentFactory(name="Zoé Coron", without_email=True))
    announcing.announce(meeting=MeetingPage.objects.get(pk=known.pk), by=None, now=timezone.now())

    changed, invited = list_to_call(desk, known)

    assert "a changé" in changed
    assert "Inès Briquette" in changed
    assert "Nous vous invitons" in invited
    assert "Zoé Coron" in invited
    assert "Combien" in changed
    assert "message laissé" not in changed


def test_a_mailing_in_pause_says_so_once_and_offers_nothing_to_print(desk: Client, invited: MeetingPage):
    mailings.pause(mailing=Mailing.objects.get(), reason="Nora vérifie les adresses.")

    by_post, to_call = (words(desk.get(at("by_hand", invited, channel))) for channel in ("letter", "phone"))

    assert "Not now: Nora vérifie les adresses." in by_post
    assert at("prepare_paper", invited) not in by_post
    assert at("call_list", invited) not in to_call


def test_everyone_is_told_leaves_out_who_must_not_be_any_more(desk: Client, invited: MeetingPage):
    Resident.objects.filter(name="Nora Chevalet").update(street="", phone="0199000109")

    shown = words(desk.get(at("by_hand", invited, "letter")))
    desk.post(at("by_hand", invited, "letter"), {"all": "1"})

    assert "0 people still to tell" in shown
    assert Delivery.objects.get(channel=Channel.LETTER).state == DeliveryState.PENDING


@pytest.mark.parametrize(("capacity", "warned"), [("2", True), ("3", False), ("", False)])
def test_before_they_publish_the_page_says_who_would_have_no_seat(
    desk: Client, invited: MeetingPage, capacity: str, warned: bool
):
    AnswerFactory(invitation=InvitationFactory(meeting=invited), guests=2)
    typed = {"title": invited.title, "venue": invited.venue_id, "status": invited.status, "capacity": capacity}
    moments = {"starts_at": "10/12/2030 18:30", "ends_at": "10/12/2030 20:00"}
    communities = {"communities": [each.pk for each in invited.communities.all()]}

    foretold = words(desk.post(at("foretell", invited), typed | moments | communities))

    assert ("1 more person comes than there are seats." in foretold) == warned
    assert "an update to" in foretold
