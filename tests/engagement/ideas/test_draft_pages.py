"""From the blank form to the button of the letter, press by press."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Mailing, Resident
from engagement.ideas import drafting, own_links, submitting
from engagement.models import Idea, IdeaStage
from tests.engagement.factories import IdeaFactory
from tests.engagement.ideas.writing import PERSON, PROPOSE, WRITTEN, at, begin, begun, settle

pytestmark = pytest.mark.django_db


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


def test_for_later_is_not_before_what_cannot_be_kept_is_put_right(client: Client):
    idea = begun(what="")

    shown = client.post(at(idea), WRITTEN | {"title": "Voir www.exemple.org", "do": "later"})

    assert (shown.status_code, shown.context["form"]["title"].value()) == (422, "Voir www.exemple.org")
    assert not Mailing.objects.exists()


def test_for_later_nothing_need_be_finished(client: Client):
    idea = begun(what="")

    answer = client.post(at(idea), {"email": "ada@example.org", "what": "Un verger.", "do": "later"})

    assert answer.status_code == 302
    assert Mailing.objects.get().kind == drafting.LETTER_KIND


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


@pytest.mark.parametrize("do", ["", "later", "send", "pictures"])
def test_an_address_put_right_leads_on_to_a_page_that_the_wrong_one_cannot_open(client: Client, do: str):
    idea = begun(email="ada@exemple.org")
    old = at(idea)

    answer = client.post(old, WRITTEN | {"what": "Un verger.", "do": do})

    idea = Idea.objects.select_related("resident").get()
    assert (idea.resident.email, idea.what) == ("ada@example.org", "Un verger.")
    assert answer.headers["Location"].partition("?")[0].partition("#")[0] == at(idea) != old
    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"title": "Voir www.exemple.org"}, {"what": "", "do": "send"}, {"commits": "", "do": "send"}]
)
def test_a_page_shown_again_stays_at_its_address_and_loses_nothing_when_all_is_put_right(client: Client, wrong):
    idea = begun(email="ada@exemple.org")
    old = at(idea)

    again = client.post(old, WRITTEN | wrong)
    typed = again.context["form"]["email"].value()
    done = client.post(old, WRITTEN | {"email": typed, "do": "send"})

    assert (again.status_code, done.status_code) == (422, 302)
    assert Mailing.objects.get().deliveries.get().resident.email == "ada@example.org"


def test_a_page_shown_again_with_a_mistake_does_not_promise_the_letter_of_the_press_before(client: Client):
    idea = begun()
    kept = f"{at(idea)}?kept=1"

    assert "Votre brouillon est gardé" in client.get(kept).content.decode()
    assert "Votre brouillon est gardé" not in client.post(kept, WRITTEN | {"title": "www.exemple.org"}).content.decode()


def test_during_a_pause_the_page_of_a_draft_stays_where_it_is(client: Client):
    idea = begun(email="ada@exemple.org")
    settle(takes_ideas=False)

    assert client.post(at(idea), WRITTEN | {"do": "send"}).status_code == 409

    assert client.get(at(idea)).status_code == 200


def test_a_draft_sent_too_many_times_says_so_on_its_page(client: Client):
    idea = begun(email="ada@exemple.org")
    Idea.objects.filter(pk=idea.pk).update(times_sent=own_links.FEW - 1)

    page = client.post(at(idea), WRITTEN | {"email": "ada@exemple.org", "do": "send"})

    assert page.status_code == 409
    assert "trop de fois" in page.content.decode()


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


@pytest.mark.parametrize(
    ("facts", "is_promised"),
    [
        ({}, True),
        ({"answer_due_on": dt.date(2026, 1, 1)}, False),
        ({"stage": IdeaStage.ASKED}, False),
        ({"stage": IdeaStage.REFUSED}, False),
    ],
)
def test_an_old_button_promises_an_answer_only_while_that_is_to_come(client: Client, facts, is_promised: bool):
    page = client.get(at(IdeaFactory(**facts))).content.decode()

    assert "Merci : la mairie a votre idée" in page.replace("\u00a0", " ")
    assert ("au plus tard" in page) is is_promised


@pytest.mark.parametrize("name", ["draft", "confirm_idea", "my_idea", "idea_support"])
def test_a_link_that_leads_nowhere_says_so_kindly(client: Client, name: str):
    answer = client.get(reverse(f"engagement:{name}", args=["abc"]))

    assert answer.status_code == 404
    assert "Ce lien" in answer.content.decode()
