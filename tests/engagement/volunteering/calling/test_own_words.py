"""What of a mail may its other reader see?"""

import pytest

from communities.models import Resident
from engagement.volunteering.calling import own_words

ADA = Resident(
    name="Ada Terril",
    second_name="Basile Coron",
    email="ada.terril@example.net",
    phone="06 39 98 12 34",
    street="12 rue des Exemples",
    postcode="62000",
    city="Exempleville",
)


@pytest.mark.parametrize(
    ("mail", "seen"),
    [
        ("Je viens.", "Je viens."),
        ("Je viens.\n\nÀ samedi.", "Je viens.\n\nÀ samedi."),
        ("Oui\n\nLe lun. 2 nov. 2026 à 10:12, Nora <n@example.org> a écrit :\n> Le repas", "Oui"),
        ("Oui\n\nLe lun. 2 nov. 2026 à 10:12, Nora\n<n@example.org> a\nécrit :\n\n> Le repas", "Oui"),
        ("Oui\n\nOn Mon, Nov 2, 2026 at 10:12 AM Nora wrote:\n> x", "Oui"),
        ("Oui\n\n-----Message d'origine-----\nDe : Nora", "Oui"),
        ("Oui\n________________________________\nDe : Nora", "Oui"),
        ("> Quand ?\nSamedi.\n> Où ?\nIci.", "Samedi.\nIci."),
        ("Oui\n\nEnvoyé depuis mon téléphone", "Oui"),
        ("Oui\n-- \nAda Terril\n06 39 98 12 34", "Oui"),
        ("Oui\n\nAda Terril\n06 39 98 12 34\n12 rue des Exemples", "Oui\n\nAda Terril"),
        ("Oui\n\nAda Terril - 06.39.98.12.34", "Oui\n\nAda Terril - …"),
        ("Oui\n\nBasile\n+33 6 39 98 12 34", "Oui\n\nBasile"),
        ("Oui\n\n06 39 98 12 34", "Oui"),
        ("Appelez le 06 39 98 12 34 avant midi.", "Appelez le 06 39 98 12 34 avant midi."),
        ("Écrivez à ada.terril@example.net", "Écrivez à …"),
        ("Rendez-vous 12 Rue  des Exemples.", "Rendez-vous …."),
        ("Je viens à 9 h avec 2 pelles et 10 sacs", "Je viens à 9 h avec 2 pelles et 10 sacs"),
        ("", ""),
        ("> rien d'autre", ""),
    ],
)
def test_only_their_own_words_are_left(mail, seen):
    assert own_words.of_mail(mail, writer=ADA) == seen


def test_a_very_long_mail_is_cut_and_read_at_once():
    words = own_words.of_mail("Le " * 200_000 + "\n>" * 100_000, writer=ADA)

    assert len(words) <= own_words.LONGEST


def test_whoever_left_no_street_hides_no_words():
    nobody = Resident(name="Nora", email="nora@example.org")

    assert own_words.masked("Un deux  trois", writer=nobody) == "Un deux  trois"
