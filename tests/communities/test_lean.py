"""Rows that are read in numbers come without `__init__`: they must be like any other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Delivery, Resident
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import DeliveryFactory

pytestmark = pytest.mark.django_db


def test_a_row_holds_what_was_written() -> None:
    resident = ResidentFactory(name="Nora", second_name="Ada", phone="0321000000")

    read = Resident.objects.get(pk=resident.pk)

    assert read == resident
    assert not read._state.adding
    for field in Resident._meta.concrete_fields:
        if not field.generated:
            assert getattr(read, field.attname) == getattr(resident, field.attname), field.attname


def test_a_column_that_was_not_read_is_asked_for_when_it_is_wanted() -> None:
    pk = ResidentFactory(name="Nora").pk
    read = Resident.objects.defer("name").get(pk=pk)

    assert read.get_deferred_fields() == {"name"}
    with CaptureQueriesContext(connection) as asked:
        assert read.name == "Nora"
    assert len(asked) == 1


def test_what_it_belongs_to_comes_with_it_or_is_asked_for() -> None:
    delivery = DeliveryFactory()

    with CaptureQueriesContext(connection) as asked:
        together = Delivery.objects.select_related("resident").get(pk=delivery.pk)
        assert together.resident == delivery.resident
    assert len(asked) == 1
    assert Delivery.objects.get(pk=delivery.pk).resident == delivery.resident


def test_it_can_be_changed_and_saved() -> None:
    read = Resident.objects.get(pk=ResidentFactory(name="Nora").pk)

    read.name = "Ada"
    read.save()

    read.refresh_from_db()
    assert read.name == "Ada"
