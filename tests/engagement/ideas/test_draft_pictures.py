"""What a draft takes in beside words: a place, photographs, and whatever strangers send to its pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_factories import ImageFactory

from communities.models import Mailing
from engagement.ideas import drafting
from engagement.models import Idea
from engagement.places.plan import WIDTHS
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.engagement.ideas.writing import WRITTEN, at, begin, begun, settle
from tests.engagement.uploads import files

pytestmark = pytest.mark.django_db


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
