"""Is anybody told of a meeting because a file brought them? Only those who agreed, before it or since."""

import importlib
import io
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from communities import consent, membership, signing_up
from communities.imports import importing
from communities.imports.importing import StatedConsent
from communities.models import Channel, Resident, SignUp
from meetings import audience
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
FORUM = StatedConsent(origin="Forum des associations", date=date(2027, 1, 15), proof="Classeur bleu")
LIST = (
    "Nom;E-mail;Téléphone;Rue;Quartier\n"
    "Ada Terril;ada@example.org;0199000101;1 rue du Coron;Bellevue\n"
    "Basile Coron;;0199000102;;Bellevue\n"
    "Inès Briquette;;;3 rue du Coron;Bellevue\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbourhood():
    return NeighbourhoodFactory(name="Bellevue")


@pytest.fixture
def community():
    return CommunityFactory(name="Les bancs de la cité")


@pytest.fixture
def meeting(community, neighbourhood):
    return MeetingPageFactory(communities=[community], neighbourhoods=[neighbourhood])


def bring(*, community=None, stated=None, file=LIST):
    received = importing.receive(
        file=io.BytesIO(file.encode()),
        size=len(file.encode()),
        name="habitants.csv",
        community=community,
        stated=stated,
        by=StaffFactory(),
        now=NOW,
    )
    importing.apply(resident_import=received, now=NOW)


def told(meeting):
    found = audience.of(meeting=meeting)
    return {recipient.resident.name: recipient.channel for recipient in found.recipients}


def test_a_file_without_a_stated_consent_brings_nobody_to_tell(meeting, community):
    bring(community=community)

    assert told(meeting) == {}
    assert audience.of(meeting=meeting).left_out == {str(audience.NOT_YET): 3}


def test_a_stated_consent_brings_everyone_by_their_own_way(meeting, community):
    bring(community=community, stated=FORUM)

    assert told(meeting) == {
        "Ada Terril": Channel.EMAIL,
        "Basile Coron": Channel.PHONE,
        "Inès Briquette": Channel.LETTER,
    }


def test_joining_a_community_is_not_agreeing_to_be_told(meeting, community):
    bring()
    basile = Resident.objects.get(name="Basile Coron")
    membership.join(community=community, resident=basile, now=NOW)

    assert told(meeting) == {}


def test_whoever_confirms_is_told(meeting, community):
    bring(community=community)

    signing_up.confirm(sign_up=SignUp.objects.get(), now=NOW)

    assert told(meeting) == {"Ada Terril": Channel.EMAIL}


def test_whoever_agrees_later_by_another_file_is_told(meeting, community):
    bring(community=community)

    bring(community=community, stated=FORUM, file="Nom;Téléphone\nBasile Coron;0199000102")

    assert told(meeting) == {"Basile Coron": Channel.PHONE}


def test_agreeing_to_something_else_is_not_agreeing_to_this(meeting):
    bring(community=CommunityFactory(), stated=None)
    bring(community=CommunityFactory(), stated=FORUM, file="Nom;Téléphone\nBasile Coron;0199000102")

    assert told(meeting) == {}


@pytest.mark.parametrize(("name", "channel"), [("Basile Coron", Channel.PHONE), ("Inès Briquette", Channel.LETTER)])
def test_staff_note_a_consent_given_by_telephone_or_on_paper(meeting, community, client, name, channel):
    bring(community=community)
    resident = Resident.objects.get(name=name)
    client.force_login(StaffFactory(participation=True))
    kept = ("name", "email", "phone", "street", "postcode", "city", "language", "preferred_channel")

    answer = client.post(
        reverse("residents:edit", args=[resident.pk]),
        {field: getattr(resident, field) for field in kept}
        | {"neighbourhood": resident.neighbourhood_id, "member_of": [community.pk]}
        | {"told_of": [consent.scope_of(community)], "proof": "cahier du 1er mars"},
    )

    assert answer.status_code == 302
    assert told(meeting) == {name: channel}


def test_someone_known_before_the_file_is_told_as_before(meeting, neighbourhood):
    ResidentFactory(
        name="Basile Coron",
        email="",
        phone="0199000102",
        preferred_channel=Channel.PHONE,
        neighbourhood=neighbourhood,
        created_at=timezone.now(),
    )

    bring()

    assert told(meeting) == {"Basile Coron": Channel.PHONE}


def test_residents_of_earlier_files_are_told_apart_by_their_moment(neighbourhood):
    bring()
    ResidentFactory(name="Nora Chevalet")
    Resident.objects.update(came_with=None)

    importlib.import_module("communities.migrations.0008_newcomers_know_their_file").know_the_file(apps, None)

    assert {resident.name for resident in Resident.objects.brought_unasked()} == {
        "Ada Terril",
        "Basile Coron",
        "Inès Briquette",
    }
