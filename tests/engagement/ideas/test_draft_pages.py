"""From the blank form to the button of the letter, press by press, with whatever people and robots do on the way."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_factories import ImageFactory

from communities.models import Mailing, Resident
from communities.robots import SECONDS_TO_READ
from engagement.ideas import drafting, submitting
from engagement.models import Idea, IdeaStage, Scheme
from engagement.places.plan import WIDTHS
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.engagement.ideas.writing import begun
from tests.engagement.uploads import files

pytestmark = pytest.mark.django_db

PROPOSE = "/idees/proposer/"
PERSON = {"kind": "person", "name": "Ada Terril", "email": "ada@example.org", "of_age": "on"}
WRITTEN = {
    **PERSON,
    "title": "Un jardin partagé",
    "what": "Cultiver la friche.",
    "commits": "Bêcher et arroser.",
}


def at(idea: Idea) -> str:
    return reverse("engagement:draft", args=[drafting.token_of(idea)])


def begin(client: Client, **answers: Any) -> HttpResponse:
    """Open the first page, take the time to read it, send it."""
    opened = client.get(PROPOSE).context["form"]["opened"].value()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        return client.post(PROPOSE, {"opened": opened, "title": "Un jardin partagé"} | PERSON | answers)


def settle(**facts: object) -> None:
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults=facts)


def test_a_few_words_make_a_draft_that_has_its_own_page(client: Client):
    answer = begin(client)

    idea = Idea.objects.get()
    assert answer.headers["Location"] == at(idea)
    assert (idea.title, idea.stage, idea.given_name) == ("Un jardin partagé", IdeaStage.DRAFT, "Ada Terril")
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"of_age": ""}, "Avant 15 ans"),
        ({"kind": "association", "organisation": ""}, "nom de votre groupe"),
        ({"title": "Achetez sur www.exemple.org"}, "sans adresse"),
        ({"title": "Écrivez à x@exemple.org"}, "sans adresse"),
        ({"title": "exemple.com gratuit"}, "sans adresse"),
        ({"name": "https://exemple.org"}, "nom"),
        ({"email": "ada"}, "adresse"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, answers: dict[str, str], said: str):
    answer = begin(client, **answers)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"]["name"].value() == answers.get("name", "Ada Terril")
    assert not Resident.objects.exists()


def test_a_school_needs_no_box(client: Client):
    begin(client, kind="school", organisation="École du Coron", of_age="")

    assert Idea.objects.get().organisation == "École du Coron"


def test_an_ordinary_full_stop_is_no_address_of_a_site(client: Client):
    begin(client, title="Des bancs. Et de l’ombre, à 1.40 m (M. Coron)")

    assert Idea.objects.exists()


def test_a_robot_gets_the_same_answer_and_leaves_nothing(client: Client):
    answer = begin(client, website="https://exemple.org")

    assert answer.status_code == 302
    assert not Idea.objects.exists()


def test_a_form_sent_back_at_once_asks_for_one_more_press(client: Client):
    opened = client.get(PROPOSE).context["form"]["opened"].value()

    answer = client.post(PROPOSE, {"opened": opened, "title": "Un banc"} | PERSON)

    assert answer.status_code == 422
    assert not Idea.objects.exists()


def test_one_connection_does_not_begin_ideas_without_end(client: Client):
    answers = [begin(client).status_code for _ in range(21)]

    assert answers[-1] == 429
    assert Idea.objects.count() == 20


def test_during_a_pause_the_page_says_so_in_the_towns_words_and_takes_nothing(client: Client):
    settle(takes_ideas=False, pause_words="Retour en septembre.")

    page = client.get(PROPOSE)

    assert "Retour en septembre." in page.content.decode()
    assert "<form" not in page.content.decode().partition("<main")[2]
    assert client.post(PROPOSE, PERSON).status_code == 200
    assert not Idea.objects.exists()


def test_every_press_keeps_what_was_written(client: Client):
    idea = begun(what="")

    for do in ("", "later", "pictures"):
        client.post(at(idea), WRITTEN | {"what": f"Avec le bouton « {do} ».", "do": do})
        idea.refresh_from_db()
        assert idea.what == f"Avec le bouton « {do} »."


def test_one_wrong_answer_loses_none_of_the_right_ones(client: Client):
    idea = begun(what="")

    answer = client.post(at(idea), WRITTEN | {"title": "Voir www.exemple.org", "do": "send"})

    idea.refresh_from_db()
    assert answer.status_code == 422
    assert (idea.what, idea.title) == ("Cultiver la friche.", "Un jardin partagé")
    assert answer.context["form"]["title"].value() == "Voir www.exemple.org"


def test_sent_too_early_the_page_says_what_is_missing_beside_each_question(client: Client):
    idea = begun(what="", commits="")

    answer = client.post(at(idea), WRITTEN | {"what": "", "commits": " ", "do": "send"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"what", "commits"}
    assert not Mailing.objects.exists()


def test_a_sent_idea_waits_for_its_letter_and_says_so(client: Client):
    idea = begun()

    client.post(at(idea), WRITTEN | {"do": "send"})
    page = client.get(at(idea)).content.decode()

    assert Mailing.objects.get().kind == submitting.LETTER_KIND
    assert "ada@example.org" in page
    assert "<textarea" not in page


def test_it_can_be_called_back_to_put_the_address_right(client: Client):
    idea = begun(email="ada@exemple.org")
    client.post(at(idea), WRITTEN | {"email": "ada@exemple.org", "do": "send"})

    client.post(at(idea), {"do": "change"})
    client.post(at(idea), WRITTEN | {"do": "send"})

    newest = Mailing.objects.latest("pk").deliveries.get()
    assert newest.resident.email == "ada@example.org"


def test_nobody_is_written_to_without_end(client: Client):
    idea = begun()

    answers = []
    for _ in range(7):
        answers.append(client.post(at(idea), WRITTEN | {"do": "send"}).status_code)
        client.post(at(idea), {"do": "change"})

    assert answers[-1] == 429
    assert Mailing.objects.count() == 6


def test_the_button_of_the_letter_acts_only_when_pressed(client: Client):
    idea = begun()
    submitting.send(idea=idea, now=timezone.now())
    link = reverse("engagement:confirm_idea", args=[submitting.token_of(idea)])

    page = client.get(link).content.decode()
    assert "Un jardin partagé" in page
    assert not Idea.objects.submitted().exists()
    client.post(link)

    assert Idea.objects.submitted().count() == 1
    assert client.get(link).status_code == 200
    assert "au plus tard" in client.get(at(idea)).content.decode()


@pytest.mark.parametrize("name", ["draft", "confirm_idea", "my_idea", "idea_support"])
def test_a_link_that_leads_nowhere_says_so_kindly(client: Client, name: str):
    answer = client.get(reverse(f"engagement:{name}", args=["abc"]))

    assert answer.status_code == 404
    assert "Ce lien" in answer.content.decode()


def test_a_press_on_the_plan_moves_the_mark_and_keeps_the_rest(client: Client):
    settle(map_picture=ImageFactory(file__width=800, file__height=400))
    idea = begun(what="")
    narrow = WIDTHS["narrow"]

    answer = client.post(at(idea), WRITTEN | {f"point.{narrow}.x": str(narrow // 2), f"point.{narrow}.y": "13"})

    idea.refresh_from_db()
    assert answer.headers["Location"] == f"{at(idea)}#id_point"
    assert (idea.point_x, idea.point_y, idea.what) == (500, 100, "Cultiver la friche.")
    client.post(at(idea), WRITTEN | {"point": "500,100", "point.remove": "1"})
    idea.refresh_from_db()
    assert idea.point_x is None


def test_without_a_plan_the_question_is_not_asked(client: Client):
    page = client.get(at(begun())).content.decode()

    assert "id_point" not in page


def test_good_photographs_are_kept_when_one_is_bad(client: Client):
    idea = begun()
    sent = [files.sent(files.photo()), files.sent(b"<svg/>", name="dessin.svg")]

    answer = client.post(at(idea), WRITTEN | {"pictures": sent, "do": "send"})

    assert answer.status_code == 422
    assert "dessin.svg" in answer.content.decode()
    assert idea.pictures.count() == 1
    assert not Mailing.objects.exists()


def test_the_limits_of_photographs_are_said_before_any_is_chosen(client: Client):
    assert re.search(r"15\sMo", client.get(at(begun())).content.decode())


def test_a_photograph_is_described_then_removed(client: Client):
    idea = begun()
    client.post(at(idea), WRITTEN | {"pictures": [files.sent(files.photo())], "do": "pictures"})
    picture = idea.pictures.get()

    client.post(at(idea), WRITTEN | {f"shows-{picture.pk}": "La friche en mai"})
    picture.refresh_from_db()
    assert picture.alternative_text == "La friche en mai"
    client.post(at(idea), WRITTEN | {"remove": str(picture.pk)})

    assert not idea.pictures.exists()


@pytest.mark.parametrize("typed", ["shows-", "shows-²", "shows-9" * 9, "shows-99999999999999999999999999"])
def test_names_that_nobody_typed_do_no_harm(client: Client, typed: str):
    answer = client.post(at(begun()), WRITTEN | {typed: "x", "remove": "²", "point": "9,9,9"})

    assert answer.status_code == 302


@pytest.mark.parametrize("key", ["²", "-1", "9" * 30, "9" * 5000])
def test_the_key_of_no_photograph_removes_none(client: Client, key: str):
    assert client.post(at(begun()), WRITTEN | {"remove": key}).status_code == 302


@pytest.mark.parametrize("text", ["\0", "x" * 5000, "\ud83d\ude00" * 10, "<script>alert(1)</script>", "{{ now }}"])
def test_hostile_words_break_nothing(client: Client, text: str):
    idea = begun()
    answer = client.post(at(idea), WRITTEN | {"what": text.encode("utf-8", "replace").decode(), "do": "later"})

    page = client.get(at(idea)).content.decode()
    assert answer.status_code in {302, 422}
    assert "<script>alert(1)" not in page


def test_photographs_of_a_draft_are_seen_by_its_link_alone(client: Client):
    idea, other = begun(), begun(email="nora@example.org")
    client.post(at(idea), WRITTEN | {"pictures": [files.sent(files.photo())], "do": "pictures"})
    picture = idea.pictures.get()
    theirs = reverse("engagement:draft_picture", args=[drafting.token_of(idea), picture.pk])

    answer = client.get(theirs)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    by_another = reverse("engagement:draft_picture", args=[drafting.token_of(other), picture.pk])
    assert client.get(by_another).status_code == 404
    assert client.get(reverse("engagement:idea_picture", args=[picture.pk])).status_code == 404


def test_the_draft_of_somebody_known_tells_nothing_of_them(client: Client):
    ResidentFactory(name="Zoé Gaillette", email="ada@example.org", phone="0199000000", street="1 rue du Terril")

    answer = begin(client)
    page = client.get(answer.headers["Location"]).content.decode()

    assert not re.search(r"Gaillette|0199|Terril, ", page.replace("Ada Terril", ""))


def test_no_page_of_a_draft_is_kept_or_found_by_anyone(client: Client):
    answer = client.get(at(begun()))

    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()
    assert not answer.cookies


def test_the_link_of_a_draft_opens_nothing_of_a_received_idea(client: Client):
    idea = IdeaFactory(asks="Un secret")

    page = client.get(at(idea)).content.decode()

    assert "Un secret" not in page
    assert client.post(at(idea), WRITTEN).status_code == 200
    assert Idea.objects.get().title != "Un jardin partagé"
