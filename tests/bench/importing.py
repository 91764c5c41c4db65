"""How long does a whole town take to come in from one file: read and reported, then applied?"""

import csv
import io
import time

from django.utils import timezone

from communities.imports import importing
from communities.models import Community, Neighbourhood, Resident
from tests.bench.figures import Figure
from tests.factories import StaffFactory

ROWS = 6500
HEADINGS = ["nom", "courriel", "téléphone", "adresse", "code postal", "ville", "quartier"]


def measure() -> list[Figure]:
    file = a_town()
    community = Community.objects.create(name="Tout le bourg", slug="tout-le-bourg")
    by, now, already = StaffFactory(administration=True), timezone.now(), Resident.objects.count()
    started = time.perf_counter()
    received = importing.receive(
        file=io.BytesIO(file), size=len(file), name="habitants.csv", community=community, stated=None, by=by, now=now
    )
    reported = time.perf_counter()
    importing.apply(resident_import=received, now=now)
    applied = time.perf_counter()
    assert Resident.objects.count() == already + ROWS
    of = f"import of {ROWS:,} residents"
    return [
        Figure(f"{of}, file to report", reported - started, "s", "CSV, semicolons", "import_reported_seconds"),
        Figure(f"{of}, applied", applied - reported, "s", "each is sent a letter that asks", "import_applied_seconds"),
    ]


def a_town() -> bytes:
    """Everyone has a telephone and an address; most have an e-mail address."""
    neighbourhood = Neighbourhood.objects.first() or Neighbourhood.objects.create(name="Centre", slug="centre")
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(HEADINGS)
    for number in range(ROWS):
        email = f"import{number}@example.org" if number % 7 else ""
        where = [f"{number} rue du Coron", "62999", "Fosse-les-Briques", neighbourhood.name]
        rows.writerow([f"Félix Gaillette {number}", email, f"01 99 00 {number // 100:02} {number % 100:02}", *where])
    return written.getvalue().encode()
