"""What is told to a guardian of what they signed, and what is left of it once they are erased?"""

import json

import pytest
from django.utils import timezone

from communities import erasing, personal_data
from communities.models import PictureAuthorisation, PictureState, Resident
from tests.communities.factories import ResidentFactory
from tests.communities.picture_rights.pictures import TODAY, picture, rights_to, signed, with_minors
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def guardian() -> Resident:
    someone: Resident = ResidentFactory(name="Ada Terril")
    return someone


def test_a_guardian_reads_what_they_signed():
    resident, image = guardian(), with_minors(picture(title="La fresque"))
    signed(image, resident=resident)

    told = json.dumps(personal_data.held_on(resident=resident), ensure_ascii=False)

    for words in ("La fresque", "Nora C."):
        assert words in told
    assert "Basile Coron" not in told


def test_what_an_erased_guardian_signed_goes_and_the_picture_with_it():
    resident, image = guardian(), with_minors(picture())
    signed(image, resident=resident)

    erasing.erase(resident=resident, by=StaffFactory(), now=timezone.now())

    assert not PictureAuthorisation.objects.exists()
    assert rights_to(image).state_on(TODAY) == PictureState.MISSING
    assert not image.file.storage.exists(image.file.name)


def test_what_others_signed_stays():
    resident, image = guardian(), with_minors(picture())
    signed(image)

    erasing.erase(resident=resident, by=StaffFactory(), now=timezone.now())

    assert rights_to(image).state_on(TODAY) == PictureState.IN_ORDER
