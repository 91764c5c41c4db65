"""What certificates hold on one person is told to them, and goes with them."""

import pytest
from django.utils import timezone

from communities import personal_data
from engagement.models import CertificateRequest
from tests.engagement.factories_of_what_was_done import CertificateRequestFactory

pytestmark = pytest.mark.django_db


def test_they_are_told_what_they_asked_for_and_it_goes_with_them() -> None:
    theirs, another = CertificateRequestFactory(given_name="Ada T."), CertificateRequestFactory()

    told = personal_data.held_on(resident=theirs.resident)
    personal_data.erase(resident=theirs.resident, now=timezone.now())

    assert "Ada T." in str(told)
    assert list(CertificateRequest.objects.all()) == [another]
