"""Erased, does somebody's name stay in a convention? In none that nobody signed; and no other door was opened."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from communities import erasing
from communities.models import Resident
from engagement.conventions import drafting, freezing, on_screen
from engagement.models import ContributionKind, Convention, ConventionState, Side, SignatureRequest
from tests.communities.factories import ResidentFactory
from tests.engagement import the_application
from tests.engagement.conventions.conventions import NOW, draft, officer, proposed, sign, signed, supported, write
from tests.engagement.factories import IdeaFactory, TeammateFactory

pytestmark = pytest.mark.django_db
NAME = "Ada Terril"


@pytest.fixture
def holder() -> Resident:
    return ResidentFactory(name=NAME, email="ada@example.org", street="12 rue des Haies")


def theirs(holder: Resident, **facts: Any) -> Convention:
    """A draft that names them, in a field, an article, a commitment, and an earlier version."""
    by = officer()
    convention = draft(by=by, project=supported(holder=holder), **facts)
    promises = [
        drafting.promise(side=Side.COMMUNE, kind=ContributionKind.MATERIALS, what="Le bois, chez Ada"),
        drafting.promise(
            side=Side.RESIDENTS, kind=ContributionKind.HANDS, what="Poser", quantity=4, unit="h", who=NAME
        ),
    ]
    articles = [{"heading": "Lieu", "text": "Au 12 rue des Haies, chez {holder}."}]
    write(convention, by=by, commitments=promises, articles=articles, purpose=f"{NAME} pose six bancs.")
    return Convention.objects.get(pk=convention.pk)


def dropped(convention: Convention) -> Convention:
    return freezing.drop(convention=convention, by=officer(), now=NOW)


def put_out(convention: Convention) -> Convention:
    return freezing.propose(convention=convention, by=officer(), now=NOW)


def erase(holder: Resident) -> None:
    erasing.erase(resident=holder, by=officer(), now=NOW)


def all_of(convention: Convention) -> str:
    """Every word that the tables keep of it."""
    rows = [Convention.objects.filter(pk=convention.pk), convention.versions.all(), convention.commitments.all()]
    return str([list(each.values()) for each in rows])


WAYS: dict[str, Callable[[Convention], Convention]] = {
    "a draft": lambda convention: convention,
    "a draft that was dropped": dropped,
    "out for signature": put_out,
    "dropped once it was out": lambda convention: dropped(put_out(convention)),
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_erased_leaves_every_word_of_what_nobody_signed(holder: Resident, way: str) -> None:
    convention = WAYS[way](theirs(holder))
    assert NAME in all_of(convention)

    erase(holder)

    words = all_of(convention)
    assert not any(told in words for told in ("Ada", "Terril", "rue des Haies"))
    assert "pose six bancs" in words
    left = Convention.objects.get(pk=convention.pk)
    assert left.state == (ConventionState.DROPPED if "dropped" in way else ConventionState.DRAFT)
    assert (left.holder, left.text, left.code) == ("", "", None)


def test_nor_does_another_name_that_they_gave_with_their_idea(holder: Resident) -> None:
    idea = IdeaFactory(stage="supported", resident=holder, given_name="Lolo Gaillette", shown_as="Tante Lolo")
    convention = draft(
        project=supported(holder=holder, idea=idea), purpose="Lolo Gaillette, dite Tante Lolo, pose six bancs."
    )

    erase(holder)

    words = all_of(convention)
    assert "Lolo" not in words
    assert "pose six bancs" in words


def test_what_was_out_for_signature_is_written_again_before_anybody_signs_it(holder: Resident) -> None:
    by = officer()
    convention = put_out(theirs(holder))
    who = {"name": "La maire", "email": "maire@example.org"}
    asked = on_screen.ask(convention=convention, side=Side.COMMUNE, **who, by=by, now=NOW)

    erase(holder)

    assert on_screen.find(token=on_screen.token_of(asked)) is None
    assert not SignatureRequest.objects.exists()
    with pytest.raises(freezing.Incomplete):
        freezing.propose(convention=Convention.objects.get(pk=convention.pk), by=by, now=NOW)


def test_a_text_that_does_not_name_them_stays_out_for_signature(holder: Resident) -> None:
    project = supported(holder=ResidentFactory(name="Nora Chevalet"))
    TeammateFactory(project=project, resident=holder)
    convention = proposed(project=project, holder="Le collectif des bancs", contact="La mairie", site="—")

    erase(holder)

    assert Convention.objects.get(pk=convention.pk).is_proposed


@pytest.mark.parametrize("hands", [[Side.COMMUNE], list(Side)])
def test_what_one_side_or_both_signed_stays_word_for_word(holder: Resident, hands: list[Side]) -> None:
    convention = put_out(theirs(holder))
    sign(convention, *hands, by=officer())
    before = all_of(convention)

    erase(holder)

    assert all_of(convention) == before
    assert NAME in before


def test_the_convention_of_somebody_elses_project_is_left_alone(holder: Resident) -> None:
    other = draft(project=supported(holder=ResidentFactory(name="Ada Gaillette")))
    before = all_of(other)

    erase(holder)

    assert all_of(other) == before


# --- The database lets this happen, and nothing else -----------------------------------------------------------------


CHANGES = [
    "update engagement_conventionversion set content = '{}'",
    "update engagement_convention set text = '', holder = 'x' where state <> 'draft'",
    "update engagement_commitment set who = 'x' where convention_id in"
    " (select id from engagement_convention where state <> 'draft')",
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("is_erased", [True, False])
def test_nobody_rewrites_what_was_dropped_but_where_somebody_was_erased(
    holder: Resident, change: str, is_erased: bool
) -> None:
    dropped(put_out(theirs(holder)))
    if is_erased:
        erase(holder)

    with the_application.in_its_place():
        if is_erased:
            the_application.tried(change)
        else:
            assert the_application.refused(change)[:2] == "23"


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("hands", [[Side.RESIDENTS], list(Side)])
def test_nor_what_a_hand_is_under_whoever_was_erased(holder: Resident, change: str, hands: list[Side]) -> None:
    sign(put_out(theirs(holder)), *hands, by=officer())
    erase(holder)

    with the_application.in_its_place():
        assert the_application.refused(change)[:2] == "23"


@pytest.mark.parametrize(
    "change",
    [
        "update engagement_conventionversion set number = number + 5",
        "delete from engagement_conventionversion",
        "update engagement_convention set number = 'x'",
        "update engagement_convention set state = 'draft'",
        "update engagement_convention set starts_on = '2030-01-01'",
        "update engagement_commitment set quantity = 1",
        "update engagement_commitment set side = 'commune'",
        "delete from engagement_commitment",
    ],
)
def test_nor_anything_but_its_words(holder: Resident, change: str) -> None:
    dropped(put_out(theirs(holder)))
    erase(holder)

    with the_application.in_its_place():
        assert the_application.refused(change)[:2] == "23"


def test_nor_can_an_erased_person_reopen_a_signed_convention_of_the_same_project(holder: Resident) -> None:
    convention = signed(project=supported(holder=holder))
    erase(holder)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Convention.objects.filter(pk=convention.pk).update(holder="")
