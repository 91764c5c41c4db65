"""Do letters look like letters, in any mail program, and do they still work there?"""

import datetime as dt
import html
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from wagtail.images.models import Image
from wagtail_factories import ImageFactory

from communities.models import Town
from communities.post.composing import placeholder
from communities.post.writing import LOGO, Words, write
from meetings.letters import readers
from meetings.updates.changes import Change

pytestmark = pytest.mark.django_db

SITE = Path(settings.SITE_ROOT, "design")
STARTS = dt.datetime(2027, 3, 1, 17, 30, tzinfo=dt.UTC)  # half past six in Paris
MEETING = {
    "title": "Quel avenir pour l'ancienne fosse ?",
    "starts_at": STARTS,
    "ends_at": STARTS + dt.timedelta(hours=2),
    "place": "Salle du Chevalet, 1 rue du Terril",
    "description": "Trois pistes sont dessinées.",
}
ANSWERS = ["answer_yes_url", "answer_no_url", "answer_maybe_url"]
EARLIER = MEETING | {"starts_at": STARTS - dt.timedelta(days=7), "ends_at": STARTS - dt.timedelta(days=7, hours=-2)}
CHANGED = {"meeting": MEETING, "before": EARLIER, "name": " Ada Terril", "why": "Parce que vous venez."}
PASSAGE = {"sentence": "C’est en place", "words": "Venez voir."}
CHECK = {"project": "Les bancs", "what": "Les vis", "due_on": STARTS.date(), "words": "Une latte manque."}
LETTERS: dict[str, dict[str, Any]] = {
    "update": {
        "links": [*ANSWERS, "page_url", "stop_url"],
        "texts": CHANGED
        | {"changes": [Change("Quand", "lundi", "mardi")], "asks_again": True}
        | readers.above_the_question("Oui."),
    },
    "cancellation": {"links": ["page_url", "stop_url"], "texts": CHANGED},
    "withdrawal": {"links": ["answer_yes_url", "page_url", "stop_url"], "texts": CHANGED},
    "invitation": {
        "links": ["answer_yes_url", "answer_no_url", "answer_maybe_url", "page_url", "stop_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "why": "Parce que vous suivez le quartier Centre."},
    },
    "registration": {
        "links": ["confirm_url", "page_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "guests": 2, "held_until": STARTS},
    },
    "expected": {
        "links": ["answer_url", "page_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "guests": 1},
    },
    "reminder": {
        "links": ["answer_url", "page_url", "entry_url", "stop_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "is_sure": True, "said": "Vous avez répondu : oui."},
    },
    "nudge": {
        "links": ["answer_yes_url", "answer_no_url", "answer_maybe_url", "page_url", "stop_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril"},
    },
    "waiting": {
        "links": ["waiting_url", "page_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "guests": 1, "number": 3},
    },
    "seat_offered": {
        "links": ["waiting_url", "page_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "guests": 1, "until": STARTS},
    },
    "offer_lapsed": {
        "links": ["answer_url", "page_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril"},
    },
    "seated": {
        "links": ["answer_url", "page_url"],
        "texts": {"meeting": MEETING, "name": " Ada Terril", "guests": 1},
    },
    "milestone": {
        "links": ["page_url", "stop_url"],
        "texts": {"project": "Les bancs", "passage": PASSAGE, "name": " Ada Terril", "why": "Parce que vous suivez."},
    },
    "project_news": {
        "links": ["stop_url"],
        "texts": {"name": " Ada Terril", "why": "Parce que vous suivez.", "lines": "Bancs", "lines_html": "Bancs"},
    },
    "space_entry": {
        "links": ["enter_url"],
        "texts": {"name": " Ada Terril", "code": "123 456", "until": STARTS},
    },
    "new_address": {"links": ["confirm_url"], "texts": {"preferences_url": ""}},
    "address_changed": {"links": [], "texts": {"preferences_url": ""}},
    "certificate": {"links": ["certificate_url"], "texts": {"project": "Les bancs", "name": " Ada Terril"}},
    "check": {
        "links": ["good_url", "trouble_url", "page_url"],
        "texts": {"check": CHECK, "project": "Les bancs", "name": " Ada Terril", "duties": []},
    },
    "check_trouble": {"links": ["desk_url"], "texts": {"check": CHECK}},
    "idea_draft": {"links": ["link_url"], "texts": {"idea": "Un verger", "name": " Ada Terril", "days": 30}},
    "idea_confirm": {"links": ["link_url"], "texts": {"idea": "Un verger", "name": " Ada Terril", "days": 30}},
    "idea_support": {"links": ["support_url"], "texts": {"idea": "Un verger", "name": " Ada Terril"}},
    "idea_news": {
        "links": ["page_url", "support_url"],
        "texts": {"idea": "Un verger", "name": " Ada Terril", "passage": {"sentence": "La commune la soutient"}},
    },
    "passage": {
        "links": ["page_url", "my_page_url"],
        "texts": {
            "thing": "Un verger",
            "name": " Ada Terril",
            "passage": {"sentence": "L’idée est arrivée", "words": "Parce que."},
            "comes_next": ["Vous avez une réponse."],
            "is_idea": True,
        },
    },
    "confirm_sign_up": {
        "links": ["confirm_url"],
        "texts": {"subjects": ["le quartier Centre"], "days": 30, "from_a_file": False},
    },
}


CONVENTION = {
    "title": "Les bancs du coron",
    "number": "2027-04",
    "starts_on": dt.date(2027, 3, 1),
    "ends_on": dt.date(2030, 2, 28),
    "ended_on": dt.date(2028, 3, 1),
    "end_reason": "Le banc est repris par la commune.",
}
OF_CONVENTIONS = {"convention": CONVENTION, "name": " Ada Terril", "preferences_url": ""}
LETTERS |= {
    "signature_request": {"links": ["sign_url"], "texts": OF_CONVENTIONS | {"request": {"name": "Ada Terril"}}},
    "signature_code": {"links": ["sign_url"], "texts": OF_CONVENTIONS | {"code": "123 456", "until": STARTS}},
    "convention_signed": {"links": ["read_url"], "texts": OF_CONVENTIONS},
    "convention_ended": {"links": ["read_url"], "texts": OF_CONVENTIONS},
    "convention_notice": {
        "links": ["read_url"],
        "texts": OF_CONVENTIONS | {"what": "Elle prend fin.", "what_next": "Dites ce que vous préférez."},
    },
}


class Reader(HTMLParser):
    """What a mail program would follow, load and show."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.pictures += [dict(attrs)] if tag == "img" else []
        self.links += [value for name, value in attrs if name == "href" and value]


@pytest.fixture
def town() -> Town:
    town = Town.load()
    town.town_hall, town.phone = "Mairie de Fosse-les-Briques", "0353010203"
    town.opening_hours = "Du lundi au vendredi : 8 h 30 – 12 h\nSamedi : 9 h – 12 h"
    town.save()
    return town


@pytest.fixture
def logo(town: Town) -> Image:
    """The town's logo, larger than a letter shows it."""
    town.logo = ImageFactory(file__width=600, file__height=400)
    town.save()
    return town.logo


def written(name: str) -> Words:
    links = {link: placeholder(link) for link in LETTERS[name]["links"]}
    return write(name=name, language="fr", context=LETTERS[name]["texts"] | links)


@pytest.mark.parametrize("name", LETTERS)
def test_every_link_survives_the_styles_and_is_in_the_plain_text_too(name: str, town: Town) -> None:
    words = written(name)

    links = {placeholder(link) for link in LETTERS[name]["links"]}
    assert links <= set(Reader(words.html).links)
    assert all(link in words.text for link in links)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_loads_nothing_from_elsewhere_and_runs_nothing(name: str, town: Town, logo: Image) -> None:
    letter = Reader(written(name).html)

    assert letter.tags.isdisjoint({"link", "script", "iframe", "form"})
    assert [picture["src"] for picture in letter.pictures] == [settings.SITE_URL + logo.get_rendition(LOGO).url]
    assert "url(" not in written(name).html


@pytest.mark.parametrize("name", LETTERS)
def test_without_a_logo_a_letter_loads_nothing_at_all(name: str, town: Town) -> None:
    letter = written(name)

    assert Reader(letter.html).pictures == []
    assert "letter__residents" in letter.html


def test_the_logo_is_the_same_for_everyone_and_reads_well_with_pictures_off(town: Town, logo: Image) -> None:
    (picture,) = Reader(written("invitation").html).pictures

    assert (picture["width"], picture["height"]) == ("120", "80")
    assert picture["alt"] == "Mairie de Fosse-les-Briques"
    assert str(picture["src"]).endswith(".png")
    assert "?" not in str(picture["src"])


@pytest.mark.parametrize("trouble", ["a drawing", "a lost file"])
def test_a_logo_that_no_mail_program_shows_keeps_no_letter_from_leaving(trouble: str, town: Town, logo: Image) -> None:
    Image.objects.filter(pk=logo.pk).update(file="logo.svg" if trouble == "a drawing" else "lost.png")

    assert Reader(written("invitation").html).pictures == []


@pytest.mark.parametrize(
    "name", [name for name in LETTERS if name not in {"cancellation", "withdrawal", "project_news"}]
)
def test_the_looks_are_in_the_elements_and_the_night_in_the_head(name: str, town: Town) -> None:
    words = written(name)

    assert re.search(r'class="letter__button" href="[^"]+" style="[^"]*background-color: #862b19', words.html)
    assert "prefers-color-scheme: dark" in words.html


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_who_writes_and_where_to_call(name: str, town: Town) -> None:
    words = written(name)

    for body in (html.unescape(words.html), words.text):
        assert "Mairie de Fosse-les-Briques" in body
        assert "03\u00a053\u00a001\u00a002\u00a003" in body
        assert "Samedi\u00a0: 9\u202fh – 12\u202fh" in body


def test_an_invitation_ends_with_its_reason_and_the_way_out(town: Town) -> None:
    words = written("invitation")

    message, foot = words.text.split("\n-- \n")
    assert "18\u202fh\u202f30" in message
    assert "Parce que vous suivez le quartier Centre." in foot
    assert placeholder("stop_url") in foot


def test_what_a_resident_typed_never_becomes_markup(town: Town) -> None:
    texts = LETTERS["invitation"]["texts"] | {"why": "<b>& co</b>"}

    words = write(name="invitation", language="fr", context=texts)

    assert "&lt;b&gt;&amp; co&lt;/b&gt;" in words.html
    assert "<b>& co</b>" in words.text


def test_the_colours_of_letters_are_those_of_the_site() -> None:
    tokens = set(re.findall(r"#[0-9a-f]{6}", (SITE / "static" / "tokens.css").read_text()))

    letters = "".join(path.read_text() for path in (SITE / "templates" / "letters").glob("*.html"))

    assert set(re.findall(r"#[0-9a-f]{6}", letters)) <= tokens
