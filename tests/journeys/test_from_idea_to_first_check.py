"""One project's whole life in two browsers: a resident's telephone without JavaScript, and the desk of the town hall.

Every step is a page that somebody opens or a letter that somebody receives. Only the ground is laid beforehand (the
town, its plan, a model of convention, what an hour is worth), and only the clock is moved by hand.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail_factories import ImageFactory

from communities.models import Town
from engagement.caring import reconciling
from engagement.models import Scheme
from tests.communities.factories import NeighbourhoodFactory
from tests.engagement.factories import ConventionTemplateFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory
from tests.engagement.uploads import files
from tests.factories import home_page
from tests.letterbox import Letterbox

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ADA, BASILE, TOWN_HALL = "ada@example.org", "basile@example.org", "mairie@example.org"
TITLE = "Un verger au pied du terril"

CONVENTION = {
    "purpose": "Planter vingt pommiers sur la friche derrière l’école.",
    "summary": "Vingt pommiers, plantés et soignés par leurs voisins.",
    "months": "36",
}
COMMITMENTS = {
    "commune": {"what": "Fournir les arbres", "kind": "materials", "quantity": "20", "unit": "arbres", "value": "600"},
    "residents": {"what": "Planter et arroser", "kind": "hands", "quantity": "40", "unit": "h"},
}

STORY = [
    "Entretien : en bon état",
    "Les habitants l’entretiennent",
    "C’est réalisé",
    "Les travaux ont commencé",
    "La convention est signée",
    "La convention est en cours de rédaction",
    "La commune apporte son soutien",
    "L’idée est arrivée en mairie",
]


@pytest.fixture
def town() -> None:
    """What a town settles before its first idea."""
    home_page()
    Town.load()
    Town.objects.update(town_hall="Mairie de Fosse-les-Briques", email=TOWN_HALL, phone="0199000001")
    NeighbourhoodFactory(name="Cité Bellevue")
    Scheme.objects.update_or_create(
        pk=Scheme.load().pk, defaults={"map_picture": ImageFactory(file__width=800, file__height=400)}
    )
    ConventionTemplateFactory(name="Convention d’occupation")
    HourRateFactory(from_on=dt.date(2020, 1, 1))


def link(letterbox: Letterbox, address: str, part: str, *, after: str = "") -> str:
    """The path of a link that begins so, in the latest letter that has it below these words."""
    return letterbox.read(address, rf"{after}.*?https://commune\.example({part}\S*)")


def press(page: Page, words: str) -> None:
    """The one button or link of the page's own part that is called so."""
    named = re.compile(words)
    main = page.locator("main")
    main.get_by_role("button", name=named).or_(main.get_by_role("link", name=named)).first.click()


def pass_on(desk: Page, way: str, words: str = "") -> str:
    """Take a way at the desk: write the words, look at the letter that leaves, press. Returns what was shown."""
    press(desk, way)
    desk.locator("[name=words]").fill(words)
    press(desk, "Voir ce qui part")
    desk.locator("[name=act]").wait_for()
    shown = desk.locator("main").inner_text()
    desk.locator("[name=act]").press("Enter")  # a click that scrolls first lands in the letter's frame
    desk.wait_for_url(lambda url: "/pass/" not in url)
    return shown


@pytest.mark.usefixtures("town", "worker")
def test_an_idea_becomes_a_convention_a_work_and_a_first_check(
    telephone: Page, desk: Page, letterbox: Letterbox
) -> None:
    propose(telephone)
    confirm(telephone, letterbox)
    begin_to_examine(desk)
    join_in(telephone, letterbox)
    ask_and_answer(desk, telephone, letterbox)
    support(desk, letterbox)
    publish(desk)
    write_convention(desk)
    sign_on_screen(desk, telephone, letterbox)
    sign_on_paper(desk, letterbox)
    work(desk)
    plan_a_check(desk)
    reconciling.tick(now=timezone.now())
    answer_the_check(telephone, letterbox)
    read_the_story(telephone)


def propose(telephone: Page) -> None:
    """A few words, then all of it: a press on the plan, a photograph."""
    telephone.goto("/idees/")
    press(telephone, "Proposer une idée")
    telephone.fill("[name=title]", TITLE)
    telephone.locator("label", has_text="Un groupe").click()
    telephone.fill("[name=organisation]", "Les voisins du terril")
    telephone.fill("[name=name]", "Ada Terril")
    telephone.fill("[name=email]", ADA)
    telephone.locator("label", has_text="15 ans").click()
    telephone.wait_for_timeout(2100)
    press(telephone, "Continuer")

    telephone.fill("[name=what]", "Vingt pommiers que tout le quartier cueille.")
    telephone.select_option("[name=neighbourhood]", label="Cité Bellevue")
    telephone.fill("[name=place]", "La friche derrière l’école")
    telephone.locator("input[type=image]:visible").click(position={"x": 120, "y": 60})
    expect(telephone.locator(".plan__said")).to_be_visible()
    telephone.fill("[name=commits]", "Planter, tailler, arroser : quarante heures.")
    telephone.fill("[name=asks]", "Les arbres, et une clôture.")
    photo = {"name": "friche.jpg", "mimeType": "image/jpeg", "buffer": files.photo(exif=files.exif(place=True))}
    telephone.locator("input[type=file]").set_input_files(photo)
    press(telephone, "Envoyer mon idée")
    expect(telephone.locator("main")).to_contain_text(ADA)


def confirm(telephone: Page, letterbox: Letterbox) -> None:
    """The letter's button; then the town hall says by when it answers."""
    telephone.goto(link(letterbox, ADA, "/idees/confirmer/"))
    expect(telephone.locator("h1")).to_contain_text("Ada Terril")
    press(telephone, "Oui, envoyer mon idée")
    expect(telephone.locator("main")).to_contain_text("au plus tard")
    assert letterbox.read(ADA, "Vous avez une réponse (au plus tard)")


def open_idea(desk: Page) -> None:
    desk.goto("/admin/ideas/board/")
    press(desk, TITLE)


def begin_to_examine(desk: Page) -> None:
    """From the board; then everyone reads it."""
    open_idea(desk)
    pass_on(desk, "Commencer l’étude")
    press(desk, "Rendre publique")
    expect(desk.locator("main")).to_contain_text("Retirer du site public")


def join_in(telephone: Page, letterbox: Letterbox) -> None:
    """A neighbour finds it on the site and would take part."""
    telephone.goto("/idees/")
    press(telephone, TITLE)
    telephone.fill("[name=name]", "Basile Coron")
    telephone.fill("[name=email]", BASILE)
    telephone.wait_for_timeout(2100)
    press(telephone, "J’en suis")
    telephone.goto(link(letterbox, BASILE, "/idees/soutien/"))
    press(telephone, "J’en suis")
    expect(telephone.locator("h1")).to_contain_text("Basile Coron")


def ask_and_answer(desk: Page, telephone: Page, letterbox: Letterbox) -> None:
    """The town hall asks; the answer is on its desk."""
    open_idea(desk)
    shown = pass_on(desk, "Demander des précisions", "Qui arrosera l’été ?")
    assert "Qui arrosera l’été" in shown
    telephone.goto(link(letterbox, ADA, "/idees/la-mienne/", after="Qui arrosera"))
    telephone.fill("[name=words]", "Nous nous relayons chaque samedi.")
    press(telephone, "Envoyer ma réponse")
    expect(telephone.locator("main")).to_contain_text("Merci")
    open_idea(desk)
    expect(desk.locator("main")).to_contain_text("Nous nous relayons chaque samedi.")


def support(desk: Page, letterbox: Letterbox) -> None:
    """The letter is seen before it leaves; then there is a project."""
    shown = pass_on(desk, "Soutenir cette idée", "Bravo, plantons ensemble.")
    assert "Bravo, plantons ensemble" in shown
    expect(desk).to_have_url(re.compile(r"/admin/fifty-fifty/inspect/\d+/"))
    assert letterbox.read(ADA, "(Bravo, plantons ensemble)")


def publish(desk: Page) -> None:
    """The page that began with the project, in Wagtail's own editor."""
    press(desk, "Écrire sa page")
    desk.fill("[name=summary]", "Vingt pommiers à cueillir, plantés par leurs voisins.")
    desk.get_by_role("button", name=re.compile("actions", re.IGNORECASE)).last.click()
    desk.locator("[name=action-publish]").click()
    expect(desk.locator("main, .messages").get_by_text(re.compile("publié")).first).to_be_visible()


def open_project(desk: Page) -> None:
    desk.goto("/admin/fifty-fifty/")
    press(desk, TITLE)


def write_convention(desk: Page) -> None:
    """From a model, with what each side brings; then not a word changes any more."""
    open_project(desk)
    press(desk, "Rédiger la convention")
    desk.get_by_label("Convention d’occupation").check()
    press(desk, "^Commencer$")
    for name, words in CONVENTION.items():
        desk.fill(f"[name={name}]", words)
    for side, line in COMMITMENTS.items():
        for name, words in line.items():
            choose = desk.select_option if name == "kind" else desk.fill
            choose(f"[name={side}-0-{name}]", words)
    desk.keyboard.press("Escape")
    press(desk, "Garder cette version")
    press(desk, "Figer le texte")


def sign_on_screen(desk: Page, telephone: Page, letterbox: Letterbox) -> None:
    """The residents' side: a link of their own, the whole text, a code, their name."""
    press(desk, "Demander les signatures à l’écran")
    desk.locator(".desk-side--residents").get_by_role("button").click()
    telephone.goto(link(letterbox, ADA, "/conventions/signer/"))
    expect(telephone.locator("main")).to_contain_text("Planter vingt pommiers")
    press(telephone, "Envoyez-moi mon code")
    telephone.fill("[name=code]", letterbox.read(ADA, r"\b(\d{3}\s?\d{3})\b"))
    telephone.locator("label", has_text="J’ai lu ce texte").click()
    press(telephone, "^Signer")
    expect(telephone.locator("main")).to_contain_text("Ada Terril")


def sign_on_paper(desk: Page, letterbox: Letterbox) -> None:
    """The commune's side: the sheet that its mayor signed."""
    open_project(desk)
    press(desk, r"^\d{4}-\d\d")
    press(desk, "Noter une feuille signée")
    desk.fill("[name=commune_name]", "Nora Chevalet")
    desk.fill("[name=commune_quality]", "maire")
    desk.fill("[name=signed_on]", f"{timezone.localdate():%d/%m/%Y}")
    desk.keyboard.press("Escape")
    desk.locator("[name=scan]").set_input_files(
        {"name": "convention.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    )
    press(desk, "La noter")
    assert link(letterbox, ADA, "/conventions/lire/")


def work(desk: Page) -> None:
    """It begins, hours are written down where they were promised, and it is there."""
    open_project(desk)
    pass_on(desk, "Les travaux ont commencé")
    desk.get_by_role("listitem").filter(has_text="Planter et arroser").get_by_role("link").click()
    desk.fill("[name=quantity]", "12")
    press(desk, "^Noter$")
    open_project(desk)
    pass_on(desk, "Le projet est réalisé", "Les vingt pommiers sont en terre.")


def plan_a_check(desk: Page) -> None:
    """Ten days from now, so that its letter is due today; then residents look after it."""
    press(desk, "Ouvrir le plan d’entretien")
    desk.fill("[name=what]", "Les tuteurs et l’arrosage")
    first = timezone.localdate() + dt.timedelta(days=10)
    for name in ("first_on", "until"):
        desk.fill(f"[name={name}]", f"{first:%d/%m/%Y}")
    desk.keyboard.press("Escape")
    press(desk, "^Prévoir$")
    pass_on(desk, "Les habitants l’entretiennent")


def answer_the_check(telephone: Page, letterbox: Letterbox) -> None:
    """One gesture from the letter, and a photograph."""
    telephone.goto(link(letterbox, ADA, "/entretien/"))
    telephone.locator("label", has_text="C’est fait").click()
    telephone.locator("input[type=file]").set_input_files(
        {"name": "verger.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    )
    press(telephone, "Envoyer ce que j’ai vu")
    expect(telephone.locator("h1")).to_contain_text("Merci, Ada Terril")


def read_the_story(telephone: Page) -> None:
    """What anyone reads on the site: how it stands, both sides, the convention, and the way from the idea to now."""
    telephone.goto("/projets/")
    press(telephone, TITLE)
    expect(telephone.get_by_role("row").filter(has_text="Habitants")).to_contain_text(
        re.compile(r"40\sh.*12\sh", re.DOTALL)
    )
    expect(telephone.locator("main")).to_contain_text("En bon état.")
    expect(telephone.locator(".timeline__title")).to_have_text(STORY)
    expect(telephone.locator("main")).not_to_contain_text("Ada")
    press(telephone, "qui fait quoi")
    expect(telephone.locator("main")).to_contain_text("Fournir les arbres")
    expect(telephone.locator("main")).not_to_contain_text("Ada")
