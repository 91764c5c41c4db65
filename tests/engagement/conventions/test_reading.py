"""Who reads a signed convention, and until when? Each by a link of their own, which dies with their part in it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communities import erasing, own_links
from communities.models import Delivery, Resident, Town
from engagement.conventions import amending, ending, freezing, reading, reminding
from engagement.examining import teaming
from engagement.models import Convention, Side, TeamRole
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import (
    NOW,
    draft,
    officer,
    proposed,
    sign,
    signed,
    supported,
    told,
)
from tests.engagement.factories import TeammateFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
PARTS = ("", "convention.pdf", "texte.txt")


@pytest.fixture
def holder() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org")


@pytest.fixture
def convention(holder: Resident) -> Convention:
    """Signed by both; the town hall has an officer for it."""
    town = Town.load()
    town.email = "mairie@example.org"
    town.save()
    project = supported(holder=holder)
    TeammateFactory(project=project)
    project.officer = StaffFactory(participation=True, email="Officer@example.org")
    project.save()
    return signed(project=project, months=12, review_months=0)


def theirs(holder: Resident, *kinds: str) -> Delivery:
    return told(*kinds).get(resident=holder)


def test_each_reader_of_one_letter_has_a_link_of_their_own(convention: Convention) -> None:
    tokens = {reading.token_of(each) for each in told("passage")}

    assert len(tokens) == 2
    assert {reading.find(token=token) for token in tokens} == {convention}


def test_every_letter_about_it_leads_there_and_so_does_that_of_its_amendment(
    convention: Convention, holder: Resident
) -> None:
    by, late = officer(), dt.datetime.combine(convention.ends_on, dt.time(9), tzinfo=dt.UTC) - dt.timedelta(days=20)
    reminding.remind(now=late)
    amendment = amending.begin(convention=convention, by=by, renews=True, now=late)
    freezing.propose(convention=amendment, by=by, now=late)
    sign(amendment, *Side, by=by, now=late)
    ending.end(convention=convention, on=timezone.localdate(late), reason="Repris.", by=by, now=late)

    found = [reading.find(token=reading.token_of(letter)) for letter in told().order_by("mailing", "pk")]

    assert set(found) == {convention, amendment}
    assert reading.find(token=reading.token_of(theirs(holder, "convention-notice"))) == convention


def corrected(holder: Resident, convention: Convention) -> None:
    own_links.let_go_of("ada@exemple.org", resident=holder)
    holder.save()


def let_go(holder: Resident, convention: Convention) -> None:
    teaming.let_go(mate=convention.project.team.get(resident=holder), by=officer())


def helps_only(holder: Resident, convention: Convention) -> None:
    mate = convention.project.team.get(resident=holder)
    teaming.change(mate=mate, role=TeamRole.HELPER, shown_as="", by=officer())


def erased(holder: Resident, convention: Convention) -> None:
    erasing.erase(resident=holder, by=officer(), now=NOW)


@pytest.mark.parametrize("leave", [corrected, let_go, helps_only, erased])
def test_a_link_dies_with_the_address_and_with_the_part_in_the_project(
    client: Client, convention: Convention, holder: Resident, leave: Callable[..., None]
) -> None:
    own, others = theirs(holder), told("passage").exclude(resident=holder).get()
    address, neighbours = (f"/conventions/lire/{reading.token_of(each)}/" for each in (own, others))
    assert {client.get(address + part).status_code for part in PARTS} == {200}

    leave(holder, convention)

    assert {client.get(address + part).status_code for part in PARTS} == {404}
    assert client.get(neighbours).status_code == 200


def replaced(officer: Any, convention: Convention) -> None:
    convention.project.officer = StaffFactory(participation=True)
    convention.project.save()


def gone(officer: Any, convention: Convention) -> None:
    officer.is_active = False
    officer.save()


@pytest.mark.parametrize("leave", [replaced, gone])
def test_the_officers_link_dies_with_their_office(convention: Convention, leave: Callable[..., None]) -> None:
    letter = told("convention-signed").get(resident=None)
    assert letter.test_address == "officer@example.org"
    assert reading.find(token=reading.token_of(letter)) == convention

    leave(convention.project.officer, convention)

    assert reading.find(token=reading.token_of(letter)) is None


def test_no_letter_about_anything_else_opens_it(convention: Convention, holder: Resident) -> None:
    other = theirs(holder, "passage")
    other.mailing.kind = "check"
    other.mailing.save()

    assert reading.find(token=reading.token_of(other)) is None


@pytest.mark.parametrize("make", [draft, proposed])
def test_what_both_sides_have_not_signed_is_read_by_nobody_outside_the_town_hall(
    convention: Convention, holder: Resident, make: Callable[..., Convention]
) -> None:
    letter = theirs(holder)
    letter.mailing.kind, letter.mailing.key = "convention-signed", str(make(project=supported(holder=holder)).pk)
    letter.mailing.save()

    assert reading.find(token=reading.token_of(letter)) is None
