"""What says who somebody was goes from a text, however it is written, and nothing else does."""

import pytest

from engagement import traces
from tests.communities.factories import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def named() -> traces.Traces:
    resident = ResidentFactory.build(
        name="Élodie Terril-Le Brun",
        second_name="",
        email="elodie.t+mairie@example.org",
        phone="0321 00 11 22",
        street="12 rue de l’Église",
    )
    return traces.of(resident, "Lolo Terril", "Cœur Sacré")


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Je suis Élodie Terril-Le Brun, du coron.", "Je suis …, du coron."),
        ("je suis elodie terril le brun, du coron", "je suis …, du coron"),
        ("Mme TERRIL et Elodie", "Mme … et …"),
        ("Moi, lolo terril.", "Moi, …."),
        ("Planter sur le terril, près de la brune.", "Planter sur le terril, près de la brune."),
        ("Les brunes et Le Havre", "Les brunes et Le Havre"),
        ("Écrire à ELODIE.T+mairie@example.org ou au 03 21 00 11 22", "Écrire à … ou au …"),
        ("Au +33 (0)3.21.00.11.22, +33 321001122, 0033 3 21 00 11 22", "Au …, …, …"),
        ("En face du 12, rue de l'eglise : un banc", "En face du … : un banc"),
        ("112 rue de l’Église", "112 rue de l’Église"),
        ("Rue de l’Église", "Rue de l’Église"),
        ("Le Cœur Sacré, un COEUR sacre", "Le …, un …"),
        ("E\u0301lodie", ""),
        ("E\u0301cole", "E\u0301cole"),
        ("—", "—"),
        ("Élodie Terril-Le Brun", ""),
        ("", ""),
    ],
)
def test_what_says_who_they_were_goes_and_nothing_else(named: traces.Traces, written: str, left: str):
    assert named.without(written) == left


@pytest.mark.parametrize(
    ("names", "written", "left"),
    [
        (["Rose Martin", "Petit"], "Un petit mur rose, dit M. Petit. Rose Martin", "Un petit mur rose, dit M. …. …"),
        (["Pierre"], "Un mur en pierre, par Pierre", "Un mur en pierre, par …"),
        (["Ly"], "Avec Mme Ly", "Avec Mme …"),
        (["A"], "Il y a un banc à réparer. A.", "Il y a un banc à réparer. A."),
        (["Jo De La Rue"], "Jo de la rue, et la rue du Puits", "…, et la rue du Puits"),
        (["Laetitia Morel"], "Lætitia", ""),
        (["Lætitia Morel"], "Avec LAETITIA, avec Lætitia", "Avec …, avec …"),
        (["Nguyễn Strauß"], "Nguyễn ou Nguyen, ou STRAUSS ou Strauß", "… ou …, ou … ou …"),
        (["x.*(a+)+$"], "Tout reste.", "Tout reste."),
    ],
)
def test_a_name_may_be_short_or_a_word_or_written_in_letters_of_its_own(names: list[str], written: str, left: str):
    bare = ResidentFactory.build(name=names[0], second_name="".join(names[1:]), email="", phone="", street="")

    assert traces.of(bare).without(written) == left


def test_a_few_digits_are_nobodys_telephone():
    bare = ResidentFactory.build(name="Ada Terril", second_name="", email="", phone="32", street="")

    assert traces.of(bare).without("32 bancs") == "32 bancs"


def test_of_somebody_of_whom_little_is_known_nothing_more_goes():
    bare = traces.of(ResidentFactory.build(name="Ada", second_name="", email="", phone="", street=""))

    assert (
        bare.without("Ada, au 12 rue de l’Église, le 3 mars : 0321001122")
        == "…, au 12 rue de l’Église, le 3 mars : 0321001122"
    )
    nobody = traces.of(ResidentFactory.build(name="", second_name="", email="", phone="", street=""))
    assert nobody.without("Tout reste : Ada, 12.") == "Tout reste : Ada, 12."


def test_it_goes_from_every_text_of_plain_data(named: traces.Traces):
    told = {
        "fields": {"holder": "Élodie Terril-Le Brun", "months": 36},
        "articles": [{"text": "Avec Élodie."}],
        "n": None,
    }

    assert named.without_any(told) == {
        "fields": {"holder": "", "months": 36},
        "articles": [{"text": "Avec …."}],
        "n": None,
    }
