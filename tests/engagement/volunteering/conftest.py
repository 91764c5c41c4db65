"""A browser that is in somebody's space."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.communities.space.coming_in import signed_in


@pytest.fixture
def as_resident():
    """as_resident(someone): a browser that is in their space."""
    return lambda resident: signed_in(Client(), resident, now=timezone.now())


@pytest.fixture
def in_english(settings):
    """What tests read in English, whatever the catalogue says."""
    settings.LANGUAGE_CODE = "en"
