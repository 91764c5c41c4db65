"""What the tests of how long things are kept may ask for."""

from collections.abc import Callable
from typing import Any

import pytest

from communities.retention.rules import RetentionRule, retained
from tests.communities.retention.rules import NAME, a_rule


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Callable[..., RetentionRule]:
    """The only rule there is, as a test would have it."""

    def only(**facts: Any) -> RetentionRule:
        made = a_rule(**facts)
        monkeypatch.setattr(retained, "_things", {NAME: made})
        return made

    return only
