"""Ideas as residents write them down."""

import datetime as dt
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.robots import SECONDS_TO_READ
from engagement.ideas import drafting
from engagement.models import Idea, Scheme

WHOLE = {
    "title": "Un jardin partagé",
    "what": "Cultiver ensemble la friche derrière l’école.",
    "commits": "Bêcher, planter, arroser.",
    "of_age": True,
}


def begun(*, email: str = "ada@example.org", **facts: object) -> Idea:
    """A draft with all that it takes to be sent, unless said otherwise."""
    return drafting.begin(email=email, name="Ada Terril", facts=WHOLE | facts, now=timezone.now())


PROPOSE = "/idees/proposer/"
PERSON = {"kind": "person", "name": "Ada Terril", "email": "ada@example.org", "of_age": "on"}
WRITTEN = {
    **PERSON,
    "title": "Un jardin partagé",
    "what": "Cultiver la friche.",
    "commits": "Bêcher et arroser.",
}


def at(idea: Idea) -> str:
    return reverse("engagement:draft", args=[drafting.token_of(idea)])


def begin(client: Client, **answers: Any) -> HttpResponse:
    """Open the first page, take the time to read it, send it."""
    opened = client.get(PROPOSE).context["form"]["opened"].value()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        return client.post(PROPOSE, {"opened": opened, "title": "Un jardin partagé"} | PERSON | answers)


def settle(**facts: object) -> None:
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults=facts)
