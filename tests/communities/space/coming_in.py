"""How a test comes into someone's space: as they do, or at once."""

from datetime import datetime, timedelta

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery, Resident, SpaceEntry
from communities.space import entering, guard, sessions

ENTER = "/mon-espace/entrer/"


def ask(client: Client, email: str, **more: str) -> HttpResponse:
    """Type an address, as slowly as a person does."""
    opened = client.get(ENTER).context["form"]["opened"].value()
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=False):
        return client.post(ENTER, {"email": email, "opened": opened, **more})


def letters() -> list[str]:
    """The addresses we wrote to."""
    return list(Delivery.objects.values_list("resident__email", flat=True))


def asked(resident: Resident, *, now: datetime) -> SpaceEntry:
    """They asked, and a letter has been posted."""
    entry = entering.ask(email=resident.email, now=now)
    entering.answer_all(now=now)
    entry.refresh_from_db()
    return entry


def signed_in(client: Client, resident: Resident, *, now: datetime) -> Client:
    """This browser is in their space."""
    _session, secret = sessions.begin(resident=resident, device="Firefox on Linux", now=now)
    client.cookies[guard.COOKIE] = secret
    return client


def link_of(entry: SpaceEntry) -> str:
    return reverse("communities:space_come_in", args=[entering.token_of(entry)])


def sent_page(entry: SpaceEntry) -> str:
    return reverse("communities:space_sent", args=[entering.handle_of(entry)])
