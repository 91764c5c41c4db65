"""Are the models of a new town fit to be signed, and soon printed?"""

import time

import pytest
from django.core.exceptions import ValidationError

from engagement import placeholders
from engagement.conventions import documents, drafting, freezing, models_of_a_town
from engagement.models import Convention, ConventionTemplate
from pages import page_tree
from tests.engagement import printed
from tests.engagement.conventions.conventions import (
    NOW,
    PROMISES,
    draft,
    officer,
    signed,
    supported,
    write,
)

pytestmark = pytest.mark.django_db


def models() -> list[ConventionTemplate]:
    return models_of_a_town.plant(models=page_tree.words("modeles-de-conventions")["modele"])


def test_a_new_town_has_two_models_and_one_that_has_its_own_keeps_them():
    assert len(models()) == 2
    assert models() == []


@pytest.mark.parametrize("place", [0, 1])
def test_each_model_becomes_a_text_that_can_be_signed(place):
    by, template = officer(), models()[place]
    told = {"deliberation": "délibération du 26 mars", "site": "rue du Terril", "maintenance": "arroser le samedi"}
    convention = drafting.begin(project=supported(), template=template, by=by, now=NOW, **told)
    write(convention, by=by, commitments=PROMISES)

    freezing.propose(convention=convention, by=by, now=NOW)

    assert "{" not in convention.text
    for words in ("précaire et révocable", "gratuite", "1,40", "phytosanitaire", "Rien dans la présente convention"):
        assert words in convention.text


def test_no_model_makes_residents_answer_for_what_the_commune_answers_for():
    for template in models():
        clause = template.clauses.get(heading="Assurance et responsabilité").text
        assert "La commune répond des dommages" in clause
        assert "décharge" not in clause


def test_a_model_with_an_unknown_placeholder_is_refused():
    with pytest.raises(ValidationError, match="licorne"):
        models_of_a_town.plant(models=[{"name": "x", "clause": [{"heading": "Objet", "text": "{licorne}"}]}])


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ("Pour {duration}.", "Pour 3 ans."),
        ("Pour {DURÉE}.", "Pour 3 ans."),
        ("Pour {duree} !", "Pour 3 ans !"),
        ("{inconnu} et { duration }", "{inconnu} et 3 ans"),
        ("{{duration}}", "{3 ans}"),
        ("a {x\ny} b", "a {x\ny} b"),
    ],
)
def test_a_placeholder_is_filled_however_it_is_typed(typed, filled):
    assert placeholders.fill(typed, {"duration": "3 ans"}) == filled


def test_what_fills_a_placeholder_is_never_filled_again():
    assert placeholders.fill("{purpose}", {"purpose": "{holder}", "holder": "Ada"}) == "{holder}"


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("Tailler.", "Ensuite : Tailler."),
        ("Tailler", "Ensuite : Tailler."),
        ("Qui ?", "Ensuite : Qui ?"),
        ("", "Ensuite : ."),
    ],
)
def test_a_sentence_that_ends_in_a_placeholder_has_one_stop(value: str, filled: str):
    assert placeholders.fill("Ensuite : {purpose}.", {"purpose": value}) == filled


def test_every_placeholder_has_its_name_in_french():
    names = [placeholders.written(key) for key in placeholders.PLACEHOLDERS]

    assert len(set(names)) == len(names)
    assert {"objet", "durée", "entretien"} <= set(names)


def test_a_draft_says_that_it_is_one_and_a_signed_text_who_signed_it():
    draft_of_it, done = documents.pdf(draft()), documents.pdf(Convention.objects.get(pk=signed().pk))

    assert "PROJET" in printed.said(draft_of_it)
    assert "Ada Terril" in printed.said(done)


def test_a_convention_of_a_towns_own_model_is_printed_within_a_second():
    by, template = officer(), models()[0]
    told = {"deliberation": "délibération du 26 mars", "site": "rue du Terril", "maintenance": "arroser le samedi"}
    convention = drafting.begin(project=supported(), template=template, by=by, now=NOW, **told)
    write(convention, by=by, commitments=[{**each, "who": f"n° {n}"} for n in range(10) for each in PROMISES])
    freezing.propose(convention=convention, by=by, now=NOW)
    convention = Convention.objects.get(pk=convention.pk)

    def seconds() -> float:
        begun = time.perf_counter()
        documents.pdf(convention)
        return time.perf_counter() - begun

    assert min(seconds() for _print in range(3)) <= 1
