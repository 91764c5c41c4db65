"""What staff note of somebody's agreement to text messages; nothing of it shows without a gateway."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from communities import consent
from communities.models import Channel, ConsentEvent, Resident
from tests.communities.factories import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def _gateway(settings: Settings) -> None:
    settings.SMS_GATEWAY = "{number}@sms.example"


@pytest.fixture
def ines() -> Resident:
    return ResidentFactory(name="Inès Briquette", without_email=True, phone="0639981234")


def save(desk: Client, resident: Resident, **said: str) -> Any:
    fields = ["name", "second_name", "language", "email", "phone", "street", "postcode", "city", "preferred_channel"]
    known = {field: getattr(resident, field) for field in fields} | {"neighbourhood": "", "proof": ""}
    return desk.post(reverse("residents:edit", args=[resident.pk]), known | said)


def agreed(resident: Resident) -> bool:
    return bool(consent.scopes_held(resident=resident, channel=Channel.SMS))


@pytest.mark.usefixtures("_gateway")
def test_an_agreement_is_kept_with_its_proof_and_its_words(desk: Client, ines: Resident):
    save(desk, ines, texted="on", proof="Carnet du 3 mars")

    event = ConsentEvent.objects.get(channel=Channel.SMS)
    assert (event.granted, event.proof, event.wording) == (True, "Carnet du 3 mars", "sms-1")
    assert agreed(ines)


@pytest.mark.usefixtures("_gateway")
def test_unticking_stops_them(desk: Client, ines: Resident):
    save(desk, ines, texted="on", proof="Carnet")

    save(desk, ines)

    assert not agreed(ines)


@pytest.mark.usefixtures("_gateway")
def test_an_agreement_without_its_proof_is_not_kept(desk: Client, ines: Resident):
    answer = save(desk, ines, texted="on")

    assert "Say where the proof of their agreement is kept." in answer.content.decode()
    assert not agreed(ines)


@pytest.mark.usefixtures("_gateway")
def test_a_landline_takes_no_text_messages(desk: Client, ines: Resident):
    answer = save(desk, ines, texted="on", proof="Carnet", phone="0199001234")

    assert "Text messages need a mobile telephone." in answer.content.decode()
    assert not agreed(ines)


def test_without_a_gateway_nothing_is_said_of_text_messages_and_nothing_changes(desk: Client, ines: Resident):
    save(desk, ines, texted="on", proof="Carnet")

    page = desk.get(reverse("residents:edit", args=[ines.pk])).content.decode()

    assert "text messages" not in page
    assert "SMS" not in page
    assert not agreed(ines)
