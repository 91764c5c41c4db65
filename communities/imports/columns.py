"""Which column of a file says what? By its heading, in French or English, whatever the accents and the case."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from communities.folding import fold

from .tables import Unreadable

HEADINGS = {
    "full_name": ("nom complet", "nom et prenom", "nom prenom", "prenom et nom", "prenom nom", "full name"),
    "family_name": ("nom", "nom de famille", "nom d usage", "name", "last name", "lastname", "family name", "surname"),
    "given_name": ("prenom", "prenoms", "first name", "firstname", "given name"),
    "second_name": ("seconde personne", "deuxieme personne", "conjoint", "conjointe", "second person", "second name"),
    "email": (
        *("e mail", "email", "mail", "mel", "courriel", "courrier electronique", "adresse electronique"),
        *("adresse e mail", "adresse email", "adresse mail", "adresse courriel", "e mail address", "email address"),
    ),
    "phone": (
        *("telephone", "tel", "portable", "mobile", "phone", "telephone portable", "telephone fixe", "fixe"),
        *("numero de telephone", "phone number", "telephone number"),
    ),
    "street": ("adresse", "adresse postale", "rue", "voie", "numero et rue", "address", "street", "street and number"),
    "postcode": ("code postal", "cp", "postcode", "postal code", "zip", "zip code"),
    "city": ("ville", "commune", "city", "town"),
    "neighbourhood": ("quartier", "secteur", "neighbourhood", "neighborhood", "district"),
}
MEANINGS = {heading: meaning for meaning, headings in HEADINGS.items() for heading in headings}
SEVERAL_ALLOWED = {"phone"}
SAMPLE = (
    ["Nom", "Prénom", "E-mail", "Téléphone", "Adresse", "Code postal", "Ville", "Quartier"],
    ["Terril", "Ada", "ada.terril@example.org", "01 99 00 12 34", "3 rue des Exemples", "62000", "Exempleville", ""],
    ["Gaillette", "Félix", "", "01 99 00 56 78", "5 rue des Exemples", "62000", "Exempleville", ""],
)


def meanings(headings: Sequence[str]) -> list[str]:
    """For each column what it says, "" for one we do not read.

    Raise Unreadable when names are missing, when nothing tells how to reach anyone, or when two columns say the same.
    """
    found = [MEANINGS.get(plain(heading), "") for heading in headings]
    refuse_twins(headings, found)
    if not {"full_name", "family_name"} & set(found):
        raise Unreadable(missing(_("No column gives the names."), headings))
    if not {"email", "phone", "street"} & set(found):
        raise Unreadable(missing(_("No column tells how to reach people."), headings))
    return found


def refuse_twins(headings: Sequence[str], found: Sequence[str]) -> None:
    for meaning in set(found) - SEVERAL_ALLOWED - {""}:
        twins = [heading for heading, said in zip(headings, found, strict=True) if said == meaning]
        if len(twins) > 1:
            names = ", ".join(f"“{heading}”" for heading in twins)
            raise Unreadable(_("These columns say the same thing: %(names)s. Keep one.") % {"names": names})


def missing(trouble: str, headings: Sequence[str]) -> str:
    found = ", ".join(heading[:40] for heading in headings if heading)[:400]
    advice = _("The first line must name the columns, as in the sample file. It reads: %(found)s.") % {"found": found}
    return f"{trouble} {advice}"


def plain(heading: str) -> str:
    """ "E-Mail (privé) :" and "e mail" are one heading."""
    return " ".join(re.sub(r"\([^)]*\)|[^a-z0-9]+", " ", fold(heading)).split())
