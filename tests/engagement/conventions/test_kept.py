"""Before somebody has their data erased, they read by name which signed texts stay, and until when."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone, translation

from communities import personal_data
from communities.models import Resident
from engagement.conventions import on_screen
from engagement.models import Convention, Side
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.conventions.conventions import NOW, hand, officer, proposed, sign, supported, with_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def holder() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org")


@pytest.fixture
def theirs(holder: Resident) -> Convention:
    """Signed by them on screen."""
    by = officer()
    convention = proposed(by=by, project=supported(holder=holder))
    said = {"name": "Ada Terril", "email": "ada@example.org", "resident": holder}
    asked = on_screen.ask(convention=convention, side=Side.RESIDENTS, **said, by=by, now=NOW)
    hand(asked, with_code(asked))
    sign(convention, Side.COMMUNE, by=by, name="La maire")
    return Convention.objects.get(pk=convention.pk)


def test_what_they_signed_is_named_with_its_reason_and_its_end(holder: Resident, theirs: Convention) -> None:
    (kept,) = personal_data.kept(resident=holder)

    assert kept.what == str(theirs)
    assert "article 2224" in kept.why
    assert theirs.ends_on is not None
    assert str(theirs.ends_on.year + 5) in kept.until


def test_nothing_is_kept_of_whoever_signed_nothing(theirs: Convention) -> None:
    assert personal_data.kept(resident=ResidentFactory()) == []


def test_the_page_of_erasing_names_it(client: Client, holder: Resident, theirs: Convention) -> None:
    page = signed_in(client, holder, now=timezone.now()).get("/mon-espace/mes-donnees/effacer/").content.decode()

    assert theirs.title in page
    assert "five years after its end" in page
