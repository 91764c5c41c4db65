"""What tests of residents and communities may ask for."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture
def in_english() -> Iterator[None]:
    """Rules speak English, so that a test can read what they say whatever the catalogue."""
    with override("en"):
        yield
