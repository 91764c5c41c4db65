"""Mailings of postcards, and their deliveries."""

from datetime import UTC, datetime

import factory

from communities.models import ConsentEvent, Delivery, Mailing, Resident
from tests.communities.factories import ResidentFactory

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


class MailingFactory(factory.django.DjangoModelFactory):
    kind = "postcard"
    title = "Une carte"
    created_at = NOW

    class Meta:
        model = Mailing

    class Params:
        paused = factory.Trait(state="paused", reason="Held by the town hall.")


class DeliveryFactory(factory.django.DjangoModelFactory):
    mailing = factory.SubFactory(MailingFactory)
    resident = factory.SubFactory(ResidentFactory)
    next_attempt_at = NOW

    class Meta:
        model = Delivery

    class Params:
        sent = factory.Trait(state="sent", ended_at=NOW)
        test = factory.Trait(resident=None, test_address="staff@example.org")


def crowd(size: int, *, mailing: Mailing) -> list[Delivery]:
    """So many consenting residents and their deliveries, in three queries."""
    first = Delivery.objects.count()
    residents = Resident.objects.bulk_create(
        Resident(name="Félix Gaillette", email=f"neighbour-{number}@example.org", created_at=NOW)
        for number in range(first, first + size)
    )
    ConsentEvent.objects.bulk_create(
        ConsentEvent(resident=resident, channel="email", scope="town", granted=True, wording="-", occurred_at=NOW)
        for resident in residents
    )
    return Delivery.objects.bulk_create(
        Delivery(mailing=mailing, resident=resident, next_attempt_at=NOW) for resident in residents
    )
