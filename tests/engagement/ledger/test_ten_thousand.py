"""Is the balance of a project with ten thousand entries there at once?"""

import pytest
from django.db import connection

from tests.bench import ledger
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def test_the_database_sums_ten_thousand_entries_within_twenty_milliseconds() -> None:
    project = ledger.filled(StaffFactory())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE engagement_ledgerentry, engagement_commitment, engagement_convention")

    took = min(ledger.milliseconds(project) for _time in range(5))

    assert took <= 20
