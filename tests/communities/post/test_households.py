"""Who shares an envelope, in which order."""

import itertools

import pytest

from communities.models import Delivery, Resident
from communities.post import households
from communities.post.paper import OnPaper, Slip

KEYS = itertools.count(1)


def letter(
    name: str, street: str, *, city: str = "Exempleville", postcode: str = "62000", language: str = "fr"
) -> Delivery:
    resident = Resident(name=name, street=street, city=city, postcode=postcode, language=language)
    return Delivery(pk=next(KEYS), resident=resident, mailing_id=1, channel="letter")


def shared(*letters: Delivery, subject: str = "La réunion") -> list[list[str]]:
    reads = {each.pk: OnPaper(subject=subject, slip=Slip(str(each.resident), "", str(each.pk), "")) for each in letters}
    return [households.names_of(household) for household in households.sharing(letters, reads=reads)]


def test_two_people_behind_one_door_get_one_letter():
    assert shared(letter("Ada Terril", "3 rue Haute"), letter("Basile Coron", "3, RUE  HAUTE")) == [
        ["Ada Terril", "Basile Coron"]
    ]


@pytest.mark.parametrize(
    "other",
    [
        letter("Basile Coron", "4 rue Haute"),
        letter("Basile Coron", "3 bis rue Haute"),
        letter("Basile Coron", "3 rue Haute", city="Fosse"),
        letter("Basile Coron", "3 rue Haute", postcode="62001"),
        letter("Basile Coron", "3 rue Haute", language="en"),
    ],
    ids=["number", "bis", "town", "postcode", "language"],
)
def test_another_door_or_another_language_is_another_letter(other: Delivery):
    assert len(shared(letter("Ada Terril", "3 rue Haute"), other)) == 2


def test_what_is_not_said_in_the_same_words_is_not_put_in_one_letter():
    ada, basile = letter("Ada Terril", "3 rue Haute"), letter("Basile Coron", "3 rue Haute")

    reads = {ada.pk: OnPaper(subject="La réunion"), basile.pk: OnPaper(subject="La réunion", why="Autre chose.")}

    assert len(households.sharing([ada, basile], reads=reads)) == 2


def test_in_a_building_only_a_family_shares_a_letter():
    names = ["Ada Terril", "Félix Terril", "Basile Coron", "Nora Chevalet", "Inès Briquette"]

    envelopes = shared(*(letter(name, "12 rue des Tours") for name in names))

    assert ["Ada Terril", "Félix Terril"] in envelopes
    assert len(envelopes) == 4


def test_the_carrier_walks_along_the_street():
    streets = ["10 rue Haute", "9 rue Haute", "2 rue de l’Église", "9 bis rue Haute", "1 rue Zola", "rue Basse"]

    walked = shared(*(letter(street, street) for street in streets))

    expected = ["rue Basse", "2 rue de l’Église", "9 rue Haute", "9 bis rue Haute", "10 rue Haute", "1 rue Zola"]
    assert walked == [[street] for street in expected]
