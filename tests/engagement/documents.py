"""Facts of documents to print, as a town would write them."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PIL import Image

from communities.post import press
from engagement.conventions import printing
from engagement.ledger import showing
from engagement.story import certificate_printing, sheet_printing

HEAD = press.Letterhead(
    name="Mairie d’Exempleville", address=("1 place du Coron", "62000 Exempleville"), phone="01 99 00 12 34"
)
SHA = "3f5a9c0172be44d1" * 4
RULES = [
    (
        "Objet",
        [
            "La présente convention a pour objet la remise en état de 4,2 km de chemins ruraux.",
            "Elle dit qui fait quoi, pour quand, et ce que devient l'ouvrage.",
        ],
    ),
    (
        "Lieu",
        ["Les chemins du Terril, de la Fosse et du Moulin, propriétés de la commune, tels que l'annexe 1 les figure."],
    ),
    ("Autorisation", ["La commune autorise l'occupation des lieux à titre précaire, révocable et gratuit."]),
    (
        "Engagements des habitants",
        [
            "Les habitants s'engagent à :",
            "- mener les travaux avec leurs propres engins ;",
            "- trier les déblais et les porter à la carrière ;",
            "- laisser le chantier propre chaque soir.",
        ],
    ),
    (
        "Engagements de la commune",
        [
            "La commune s'engage à :",
            "- fournir les matériaux, dans la limite de 30 000 € ;",
            "- mettre à disposition un technicien.",
        ],
    ),
    ("Passage accessible", ["Un passage d'au moins 1,40 m reste libre en tout temps, y compris pendant le chantier."]),
    (
        "Durée",
        ["La convention prend effet le 1er mars 2027 pour trois ans. Elle est renouvelée par accord écrit."],
    ),
    ("Entretien", ["Les habitants fauchent les bas-côtés deux fois l'an ; la commune cure les fossés."]),
    (
        "Assurance",
        ["Les participants sont couverts par la commune comme collaborateurs occasionnels du service public."],
    ),
    (
        "Reprise par la commune",
        ["Si l'entretien n'est plus assuré pendant six mois, la commune reprend l'ouvrage après une rencontre."],
    ),
    (
        "Fin de la convention",
        ["Chacun peut y mettre fin par courrier, trois mois à l'avance. Pourquoi ? Pour que rien ne soit abandonné."],
    ),
    (
        "Évaluation et contact",
        [
            "Les parties se retrouvent chaque année, en mars, à 18 h 30, et publient ce qui a été fait.",
            'Contact : la mairie, "service participation".',
        ],
    ),
]


def promise(number: int, **more: Any) -> printing.Promise:
    side = printing.RESIDENTS if number % 2 else printing.COMMUNE
    known = {
        "side": side,
        "what": ["Fourniture de pierre calcaire 0/31,5", "Conduite des engins et du compacteur"][number % 2],
        "quantity": Decimal(12 * (number + 1)),
        "unit": ["tonnes", "heures"][number % 2],
        "value": Decimal(1500 + 100 * number),
        "due": date(2027, 3, 1),
        "who": ["Services techniques", "Les agriculteurs de la plaine"][number % 2],
    }
    return printing.Promise(**known | more)


def signature(side: str, name: str, quality: str = "", **more: Any) -> printing.Signature:
    return printing.Signature(side=side, name=name, quality=quality, **more)


CONVENTION = printing.ConventionFacts(
    language="fr",
    number="2026-04",
    title="Les chemins des agriculteurs",
    town=HEAD,
    city="Exempleville",
    parties=(
        printing.Party(
            printing.COMMUNE,
            ("La commune d'Exempleville, représentée par son maire, autorisé par la délibération du 12 février 2027.",),
        ),
        printing.Party(
            printing.RESIDENTS,
            (
                "Le groupe « Les chemins de la plaine », représenté par Ada Terril, porte-parole.",
                "Demeurant 3 rue Haute.",
            ),
        ),
    ),
    articles=[printing.Article(heading, paragraphs) for heading, paragraphs in RULES],
    promises=[promise(number) for number in range(20)],
    signatures=(
        signature(printing.COMMUNE, "Basile Coron", "maire"),
        signature(printing.RESIDENTS, "Ada Terril", "porte-parole du groupe"),
    ),
    code="K7M2-QX4D",
    url="https://commune.example/conventions/verifier/K7M2-QX4D/",
    sha256=SHA,
)


def convention(**more: Any) -> printing.ConventionFacts:
    return replace(CONVENTION, **more)


def photograph(width: int = 600, height: int = 400) -> sheet_printing.Picture:
    drawing = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(drawing, format="JPEG")
    return sheet_printing.Picture(
        drawing.getvalue(), alt="Le chemin refait, bordé d'arbres.", credit="Ada Terril, 2027"
    )


SHEET = sheet_printing.SheetFacts(
    language="fr",
    title="Les chemins des agriculteurs",
    where="Chemins du Terril, de la Fosse et du Moulin, quartier de la Plaine",
    town=HEAD,
    balance=showing.shown(
        residents=showing.Brought(hours=Decimal(1200), in_kind=Decimal(55600), value=Decimal(70000)),
        commune=showing.Brought(money=Decimal(30000), value=Decimal(30000)),
    ),
    duration="4 mois",
    participants="32 habitants, dont 11 agriculteurs",
    level="coconstruction",
    delivered_on=date(2027, 6, 1),
    objectives="Rendre aux promeneurs et aux engins 4,2 km de chemins creusés par la pluie, sans attendre dix ans.",
    before="Les chemins étaient impraticables d'octobre à avril. La commune n'avait pas les 100 000 € qu'il fallait.",
    during="Les agriculteurs ont prêté engins et bennes, quatre samedis de suite ; la commune a payé la pierre.",
    after="On y passe à pied, à vélo et en fauteuil. Les agriculteurs fauchent les bords deux fois l'an.",
    satisfactions=("Le nombre de projets construits ensemble", "La fierté", "Le savoir-faire des habitants reconnu"),
    obstacles=("Les limites du budget", "Le travail technique de coproduire un bien public"),
    contact=("Service participation, mairie d'Exempleville", "01 99 00 12 34"),
    url="https://commune.example/projets/les-chemins/",
)

CERTIFICATE = certificate_printing.CertificateFacts(
    language="fr",
    town=HEAD,
    city="Exempleville",
    name="Ada Terril",
    project="Les chemins des agriculteurs",
    on=date(2027, 6, 12),
    part="Elle a conduit le tracteur, compté les bennes et nourri tout le monde.",
    since=date(2027, 3, 1),
    until=date(2027, 6, 1),
    signatory="Basile Coron",
    quality="Le maire",
)
