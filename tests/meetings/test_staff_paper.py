"""From the letters that wait to the envelopes in the post."""

import io
from collections.abc import Callable

import pypdf
import pytest
from django.test import Client

from communities import consent
from communities.models import Channel, Delivery, DeliveryState, Origin, Resident, Town
from communities.post import batches
from meetings import announcing
from meetings.by_hand import codes
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> object:
    """Someone who may see addresses."""
    return StaffFactory(participation=True, first_name="Nora", last_name="Chevalet")


@pytest.fixture
def told(desk: Client) -> MeetingPage:
    """A meeting told by post to three people behind two doors, and to one by e-mail."""
    Town.objects.update_or_create(
        pk=1, defaults={"town_hall": "Mairie d’Exempleville", "phone": "0199001234", "email": "mairie@example.org"}
    )
    community = CommunityFactory(name="Le jardin du coron")
    for name, street in [
        ("Ada Terril", "10 rue Haute"),
        ("Basile Coron", "9 rue Haute"),
        ("Félix Terril", "10 rue Haute"),
    ]:
        MembershipFactory(community=community, resident=ResidentFactory(name=name, by_post=True, street=street))
    MembershipFactory(community=community, resident__name="Inès Briquette")
    meeting = MeetingPageFactory(title="Le grand rangement", communities=[community])
    desk.post(at("send", meeting), {"expecting": 4})
    return meeting


def letters() -> dict[str, Delivery]:
    posted = Delivery.objects.filter(channel=Channel.LETTER).select_related("resident")
    return {str(letter.resident): letter for letter in posted}


def prepare(desk: Client, meeting: MeetingPage) -> int:
    desk.post(at("prepare_paper", meeting))
    return batches.of(deliveries=Delivery.objects.all())[0].stamp


def pages(desk: Client, meeting: MeetingPage, stamp: int, name: str = "paper_letters") -> list[str]:
    response = desk.get(at(name, meeting, stamp))
    assert response.headers["Content-Type"] == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(response.content)).pages]


def test_the_letters_of_a_batch_are_one_a_door_in_the_order_of_the_street(desk: Client, told: MeetingPage):
    first, second = pages(desk, told, prepare(desk, told))

    assert "Bonjour Basile Coron," in first
    assert "Bonjour Ada Terril et Félix Terril," in second
    assert "Le grand rangement" in first
    assert "01 99 00 12 34" in first


def test_everyone_finds_the_code_of_their_own_answer(desk: Client, told: MeetingPage):
    printed = " ".join(pages(desk, told, prepare(desk, told)))

    for name in ("Ada Terril", "Basile Coron", "Félix Terril"):
        assert codes.code_of(Invitation.objects.get(resident__name=name).pk) in printed
    assert codes.code_of(Invitation.objects.get(resident__name="Inès Briquette").pk) not in printed


def test_a_letter_in_english_is_english_to_its_last_word(desk: Client, told: MeetingPage):
    Resident.objects.filter(name="Basile Coron").update(language="en")

    first, _second = pages(desk, told, prepare(desk, told))

    assert "Hello Basile Coron," in first
    assert "I need a lift" in first


def test_labels_are_one_a_door(desk: Client, told: MeetingPage):
    (page,) = pages(desk, told, prepare(desk, told), "paper_labels")

    assert page.count("rue Haute") == 2


def test_printing_says_nothing_was_posted_and_the_button_says_it(desk: Client, told: MeetingPage):
    stamp = prepare(desk, told)
    pages(desk, told, stamp)
    assert {letter.state for letter in letters().values()} == {DeliveryState.PENDING}

    desk.post(at("paper_posted", told, stamp))

    posted = letters()
    assert {letter.state for letter in posted.values()} == {DeliveryState.SENT}
    assert "Nora Chevalet" in posted["Ada Terril"].reason
    assert Delivery.objects.get(channel=Channel.EMAIL).state == DeliveryState.PENDING


def test_only_what_was_printed_is_posted(desk: Client, told: MeetingPage):
    stamp = prepare(desk, told)
    newcomer = ResidentFactory(name="Nora Chevalet", by_post=True)
    MembershipFactory(community=told.communities.get(), resident=newcomer)
    desk.post(at("send", told), {"expecting": 1})

    desk.post(at("paper_posted", told, stamp))

    assert letters()["Nora Chevalet"].state == DeliveryState.PENDING
    assert letters()["Ada Terril"].state == DeliveryState.SENT


def refuse(name: str) -> None:
    resident = Resident.objects.get(name=name)
    consent.withdraw_everything(resident=resident, channel=Channel.LETTER, origin=Origin.STAFF, now=evening(in_days=0))


def test_whoever_said_no_since_the_button_is_not_printed_and_the_list_says_why(desk: Client, told: MeetingPage):
    refuse("Ada Terril")

    printed = " ".join(pages(desk, told, prepare(desk, told)))

    assert "Ada Terril" not in printed
    assert letters()["Ada Terril"].state == DeliveryState.SKIPPED
    assert letters()["Ada Terril"].reason


def test_whoever_says_no_once_printed_is_taken_out_of_the_batch(desk: Client, told: MeetingPage):
    stamp = prepare(desk, told)
    refuse("Ada Terril")

    shown = words(desk.get(at("by_hand", told, "letter")))
    desk.post(at("paper_posted", told, stamp))

    assert "Consent was withdrawn." in shown
    assert letters()["Ada Terril"].state == DeliveryState.SKIPPED
    assert letters()["Félix Terril"].state == DeliveryState.SENT


def test_a_letter_whose_meeting_moved_waits_and_is_not_printed(desk: Client, told: MeetingPage):
    MeetingPage.objects.filter(pk=told.pk).update(starts_at=evening(in_days=9))

    answer = words(desk.post(at("prepare_paper", told), follow=True))

    assert "There is no letter to print." in answer
    assert {letter.state for letter in letters().values()} == {DeliveryState.PENDING}


def test_a_batch_that_nobody_printed_leads_back_to_the_list(desk: Client, told: MeetingPage):
    answer = desk.get(at("paper_letters", told, 1_000_000))

    assert answer.headers["Location"] == at("by_hand", told, "letter")


def test_a_batch_of_another_meeting_is_not_printed_here(desk: Client, told: MeetingPage):
    stamp = prepare(desk, told)

    answer = desk.get(at("paper_letters", MeetingPageFactory(starts_at=evening(in_days=20)), stamp))

    assert answer.status_code == 302


def test_asking_for_a_pdf_twice_gives_the_same(desk: Client, told: MeetingPage):
    stamp = prepare(desk, told)

    first, second = (desk.get(at("paper_letters", told, stamp)).content for _time in range(2))

    assert first == second


def test_whoever_may_not_see_addresses_prints_none(client: Client, told: MeetingPage):
    client.force_login(StaffFactory(communication=True))

    client.post(at("prepare_paper", told))

    assert not Delivery.objects.filter(printed_at__isnull=False).exists()
    assert at("prepare_paper", told) not in client.get(at("by_hand", told, "letter")).content.decode()


def test_a_batch_costs_the_same_queries_whatever_its_size(
    desk: Client, told: MeetingPage, queries_of: Callable[[str], int]
):
    few = queries_of(at("paper_letters", told, prepare(desk, told)))
    for number in range(12):
        resident = ResidentFactory(by_post=True, street=f"{number} rue Basse")
        MembershipFactory(community=told.communities.get(), resident=resident)
    announcing.announce(meeting=told, by=None, now=evening(in_days=0))

    assert queries_of(at("paper_letters", told, prepare(desk, told))) == few


def called(name: str, phone: str, told: MeetingPage) -> None:
    resident = ResidentFactory(name=name, without_email=True, phone=phone)
    MembershipFactory(community=told.communities.get(), resident=resident)


def test_the_list_to_call_is_in_the_order_of_names_with_what_to_say(desk: Client, told: MeetingPage):
    called("Zoé Chevalet", "0199000102", told)
    called("Émile Coron", "0199000103", told)
    announcing.announce(meeting=told, by=None, now=evening(in_days=0))

    content = desk.get(at("call_list", told)).content
    (page,) = [" ".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(content)).pages]

    assert page.index("Émile Coron 01 99 00 01 03") < page.index("Zoé Chevalet 01 99 00 01 02")
    assert "Le grand rangement" in page
    assert "☐" in page


def test_with_nobody_to_call_the_list_says_so(desk: Client, told: MeetingPage):
    assert "There is nobody to call." in words(desk.get(at("call_list", told), follow=True))


@pytest.mark.parametrize("most", [1, 2])
def test_a_large_mailing_is_printed_in_several_batches_and_no_door_is_cut_in_two(
    desk: Client, told: MeetingPage, monkeypatch: pytest.MonkeyPatch, most: int
):
    monkeypatch.setattr(batches, "MOST_IN_A_BATCH", most)
    called_for = ResidentFactory(name="Nora Chevalet", by_post=True, street="30 rue Haute")
    MembershipFactory(community=told.communities.get(), resident=called_for)
    announcing.announce(meeting=told, by=None, now=evening(in_days=0))

    prepare(desk, told)

    made = batches.of(deliveries=Delivery.objects.all())
    held = letters()
    assert sum(batch.letters for batch in made) == 4
    assert len(made) == 4 - most
    assert held["Ada Terril"].printed_at == held["Félix Terril"].printed_at
