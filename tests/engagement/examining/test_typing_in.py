"""Someone comes to the desk with an idea, or wrote it on paper."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from communities.models import Channel, Delivery, Resident
from engagement.examining import typing_in
from engagement.models import Idea, IdeaStage, Passage, Scheme
from engagement.refusals import MayNot
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

FORM = "/admin/ideas/new/"


@pytest.fixture
def officer():
    return StaffFactory(participation=True)


@pytest.fixture
def desk(client: Client, officer) -> Client:
    client.force_login(officer)
    return client


def told(**facts: object) -> dict[str, object]:
    """What someone says at the desk."""
    said = {"kind": "person", "title": "Une boîte à livres", "what": "Une boîte au coin du parc.", "of_age": "on"}
    said |= {"commits": "La construire et la tenir propre.", "name": "Zoé Ardoise", "phone": "01 99 00 11 22"}
    return said | facts


def test_an_idea_told_at_the_desk_is_received_at_once_with_the_day_of_its_answer(desk: Client, officer):
    place = NeighbourhoodFactory()

    response = desk.post(FORM, told(neighbourhood=place.pk, asks="Un emplacement."))

    idea = Idea.objects.get()
    due_on = timezone.localdate() + dt.timedelta(days=Scheme.load().answer_days)
    assert response.headers["Location"] == f"/admin/ideas/inspect/{idea.pk}/"
    assert (idea.stage, idea.answer_due_on, idea.typed_in_by) == (IdeaStage.RECEIVED, due_on, officer)
    assert (idea.neighbourhood, idea.asks, idea.resident.name) == (place, "Un emplacement.", "Zoé Ardoise")
    assert Passage.objects.get().by == officer


@pytest.mark.parametrize(
    ("reached", "channel"),
    [
        ({"phone": "", "street": "3 rue des Bancs", "postcode": "62000", "city": "Exempleville"}, Channel.LETTER),
        ({}, Channel.PHONE),
        ({"email": "zoe@example.org"}, Channel.EMAIL),
    ],
)
def test_the_town_hall_says_that_it_has_it_by_whatever_way_the_person_gave(desk: Client, reached, channel):
    desk.post(FORM, told(**reached))

    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.resident) == (channel, Resident.objects.get())


def test_someone_we_know_by_telephone_and_name_is_not_written_down_twice(desk: Client):
    known = ResidentFactory(without_email=True, name="Zoé Ardoise", phone="0199001122")

    desk.post(FORM, told())

    assert list(Resident.objects.all()) == [known]
    assert Idea.objects.get().resident == known


def test_a_known_person_keeps_their_address_whatever_is_typed(desk: Client):
    known = ResidentFactory(name="Zoé Ardoise", email="zoe@example.org", street="1 rue Basse")

    desk.post(FORM, told(email="ZOE@example.org", street="9 rue Haute"))

    known.refresh_from_db()
    assert (known.email, known.street) == ("zoe@example.org", "1 rue Basse")


AT_HOME = {"street": "3 rue des Bancs", "postcode": "62000", "city": "Exempleville"}


def test_a_postal_address_given_beside_an_e_mail_is_kept(desk: Client):
    desk.post(FORM, told(email="zoe@example.org", **AT_HOME))

    resident = Resident.objects.get()
    assert (resident.street, resident.postcode, resident.city) == tuple(AT_HOME.values())
    assert Delivery.objects.get().channel == Channel.EMAIL


def test_a_known_person_gains_the_postal_address_they_had_not_given(desk: Client):
    known = ResidentFactory(without_email=True, name="Zoé Ardoise", phone="0199001122")

    desk.post(FORM, told(**AT_HOME))

    known.refresh_from_db()
    assert (known.street, known.phone) == ("3 rue des Bancs", "0199001122")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"phone": ""}, "the answer must reach them"),
        ({"of_age": ""}, "an adult or a school proposes the idea"),
        ({"kind": "association"}, "Say the name of the group"),
        ({"title": ""}, "This field is required"),
        ({"commits": ""}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(desk: Client, missing, sentence):
    shown = desk.post(FORM, told(**missing)).content.decode()

    assert sentence in shown
    assert "Une boîte" in shown or "title" in missing
    assert not Idea.objects.exists()
    assert not Resident.objects.exists()


def test_a_stage_slipped_into_the_form_is_not_heard(desk: Client):
    desk.post(FORM, told(stage="supported", public_at="2026-01-01", officer="1"))

    idea = Idea.objects.get()
    assert (idea.stage, idea.public_at, idea.officer) == (IdeaStage.RECEIVED, None, None)


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_whoever_only_reads_types_nothing_in(group: str):
    reader = StaffFactory(**{group: True})
    client = Client()
    client.force_login(reader)
    person = dict.fromkeys(["email", "phone", "street", "postcode", "city"], "") | {"name": "Zoé"}

    client.post(FORM, told())
    with pytest.raises(MayNot):
        typing_in.type_in(fields={"title": "x"}, person=person, by=reader, now=timezone.now())

    assert not Idea.objects.exists()


def test_words_too_long_for_the_idea_are_refused_with_what_was_typed(desk: Client):
    shown = desk.post(FORM, told(what="x" * 4001)).content.decode()

    assert "4000" in shown
    assert not Idea.objects.exists()
