"""Somebody with one of everything by which a person is known."""

import datetime as dt
from collections.abc import Callable

from communities.models import (
    Resident,
    ResidentImport,
)
from tests.communities.factories import (
    ResidentFactory,
)

NAME, SECOND = "Ada-Inès Briquette-Coron", "Basile-Félix Gaillette-Terril"
EMAIL, FORMER = "Ines.Briquette.Coron@example.org", "ancienne.adresse.briquette@example.org"
PHONE, STREET = "0199887766", "117 sentier des Coquelicots"
WAYS = {
    "name": NAME,
    "second name": SECOND,
    "e-mail": EMAIL,
    "former e-mail": FORMER,
    "telephone": PHONE,
    "street": STREET,
}
ALL = f"{NAME} et {SECOND}, {STREET}, {PHONE}, {EMAIL}"

Deed = Callable[[Resident, dt.datetime], None]


def person(now: dt.datetime) -> Resident:
    """With one of everything by which somebody is known."""
    file = ResidentImport.objects.create(file_name="forum.csv", uploaded_at=now, applied_at=now)
    return ResidentFactory(
        name=NAME, second_name=SECOND, email=EMAIL, phone=PHONE, street=STREET, came_with=file, created_at=now
    )
