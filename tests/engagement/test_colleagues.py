"""Whoever's name stands in what is kept is not deleted from under it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.engagement.factories_of_what_was_done import LedgerEntryFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def validator() -> User:
    return LedgerEntryFactory().validated_by


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(administration=True, is_superuser=True))
    return client


def test_who_validated_an_entry_cannot_be_deleted_and_the_page_says_so(desk: Client, validator: User) -> None:
    answer = desk.post(reverse("wagtailusers_users:delete", args=[validator.pk]), follow=True)

    assert "it stays" in answer.content.decode()
    assert User.objects.filter(pk=validator.pk).exists()


def test_nor_with_others_at_once(desk: Client, validator: User) -> None:
    other = StaffFactory()
    address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])

    answer = desk.post(f"{address}?id={validator.pk}&id={other.pk}", follow=True)

    assert "it stays" in answer.content.decode()
    assert User.objects.filter(pk__in=[validator.pk, other.pk]).count() == 2
