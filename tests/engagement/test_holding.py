"""What this room holds on one resident: told to who asks, and gone when they wish, but for the acts of the commune."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone, translation

from communities import erasing, personal_data
from communities.models import Community, Resident
from engagement import passing
from engagement.examining import deciding
from engagement.ideas import submitting
from engagement.models import (
    CertificateRequest,
    Idea,
    IdeaAnswer,
    IdeaNote,
    IdeaPicture,
    IdeaSupport,
    KeptFile,
    Passage,
    ProjectPage,
    Teammate,
)
from tests import town_of_ideas
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, TeammateFactory, project_index
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.engagement.ideas.writing import begun
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def ada() -> Resident:
    """Someone with an idea, a draft, a support, a part in a project and a check."""
    ada = ResidentFactory(name="Ada Terril", email="ada@example.org")
    idea = IdeaFactory(public=True, resident=ada, shown_as="Ada T.", who="Ada et ses sœurs", organisation="Ada Terril")
    submitting.confirm(idea=sent(), now=NOW)
    idea.answers.create(words="Appelez ma sœur", answered_at=NOW)
    IdeaNote.objects.create(idea=idea, words="Mme Terril insiste", written_at=NOW)
    IdeaNote.objects.create(idea=idea, words="Voir le cadastre", written_at=NOW)
    town_of_ideas.illustrate(idea)
    town_of_ideas.illustrate(idea)
    IdeaPicture.objects.filter(pk=IdeaPicture.objects.earliest("pk").pk).update(is_public=False)
    begun(title="Un brouillon secret")
    IdeaSupport.objects.create(
        idea=IdeaFactory(public=True, title="L’idée d’à côté"), resident=ada, created_at=NOW, confirmed_at=NOW
    )
    project = TeammateFactory(resident=ada, shown_as="Ada T.").project
    CertificateRequest.objects.create(project=project, resident=ada, given_name="Sur le certificat", asked_at=NOW)
    StewardshipCheckFactory(
        resident=ada, answered_by=ada, state="good", answered_at=NOW, words="Ma clé est chez Ada", what="Les vis"
    )
    return ada


def sent() -> Idea:
    idea = begun(title="Une boîte à livres")
    submitting.send(idea=idea, now=NOW)
    return idea


def test_everything_is_told(ada: Resident):
    told = json.dumps(personal_data.held_on(resident=ada), ensure_ascii=False)

    for words in (
        *("Une boîte à livres", "Un brouillon secret", "L’idée d’à côté", "Appelez ma sœur", "Ada et ses sœurs"),
        *("La friche en mai", "Les vis", "Ma clé est chez Ada", "received", "Sur le certificat"),
    ):
        assert words in told


def test_nothing_of_anybody_else_is_told(ada: Resident):
    other = ResidentFactory(name="Nora Chevalet")
    IdeaFactory(resident=other, title="Les secrets de Nora")

    assert "secrets de Nora" not in json.dumps(personal_data.held_on(resident=ada), ensure_ascii=False)
    assert "Ada" not in json.dumps(personal_data.held_on(resident=other), ensure_ascii=False)


def test_what_the_staff_note_among_themselves_is_not_the_residents_to_read(ada: Resident):
    assert "insiste" not in json.dumps(personal_data.held_on(resident=ada), ensure_ascii=False)


def test_erasing_takes_drafts_supports_answers_names_and_photographs_nobody_saw(ada: Resident):
    erasing.erase(resident=ada, by=StaffFactory(participation=True), now=NOW)

    assert not Idea.objects.filter(title="Un brouillon secret").exists()
    assert not IdeaSupport.objects.filter(resident=ada).exists()
    assert not IdeaAnswer.objects.exists()
    assert not CertificateRequest.objects.exists()
    assert set(Idea.objects.values_list("shown_as", "who", "organisation")) == {("", "", "")}
    assert Teammate.objects.get().shown_as == ""
    assert IdeaPicture.objects.count() == KeptFile.objects.count() == 1


def test_notes_that_name_them_are_blanked_and_the_others_stay(ada: Resident):
    erasing.erase(resident=ada, by=StaffFactory(participation=True), now=NOW)

    words = set(IdeaNote.objects.values_list("words", flat=True))
    assert "Voir le cadastre" in words
    assert not any("Terril" in each for each in words)


def test_what_the_commune_received_stays_as_an_erased_persons(ada: Resident):
    erasing.erase(resident=ada, by=StaffFactory(participation=True), now=NOW)

    idea = Idea.objects.get(title="Une boîte à livres")
    assert str(idea.resident) == "erased person"
    assert Passage.objects.filter(idea=idea).exists()


def test_neither_the_community_nor_the_page_of_their_project_names_them():
    ada, by = ResidentFactory(name="Ada Terril", email="ada@example.org"), StaffFactory(participation=True)
    ideas = IdeaFactory.create_batch(2, resident=ada, title="Les bancs d’Ada", what="Ada Terril peint six bancs.")
    project_index()
    projects = [deciding.support(idea=idea, by=passing.Actor(user=by), now=NOW) for idea in ideas]

    erasing.erase(resident=ada, by=by, now=NOW)

    communities = Community.objects.filter(project__in=projects).order_by("pk")
    assert [each.name for each in communities] == ["Les bancs d’…", "Les bancs d’… (2)"]
    assert {each.summary for each in communities} == {"Les bancs d’…"}
    for page in ProjectPage.objects.filter(project__in=projects):
        read = {(each.title, each.summary) for each in (page, page.get_latest_revision_as_object())}
        assert read == {("Les bancs d’…", "… peint six bancs.")}
        assert page.draft_title == "Les bancs d’…"


@pytest.mark.parametrize(
    ("facts", "words_stay"),
    [({}, False), ({"stage": "refused"}, False), ({"public": True}, True), ({"stage": "supported"}, True)],
)
def test_the_words_of_an_idea_stay_without_them_where_everyone_reads_it_or_something_came_of_it(facts, words_stay):
    ada = ResidentFactory(name="Ada Terril", email="ada@example.org", phone="0321001122", street="12 rue des Haies")
    words = "Ada Terril, 12 rue des Haies, 03 21 00 11 22 : six bancs près du terril."
    said = {"what": words, "place": "12 rue des Haies", "commits": "Ada les peint.", "asks": "Du bois, ada@example.org"}
    idea = IdeaFactory(resident=ada, title="Les bancs d’Ada", **said, point_x=1, point_y=1, **facts)
    project = ProjectFactory(idea=idea, title="Les bancs d’Ada", place="12 rue des Haies", point_x=1, point_y=1)

    erasing.erase(resident=ada, by=StaffFactory(participation=True), now=NOW)

    idea.refresh_from_db()
    project.refresh_from_db()
    gone = "(erased with the person who wrote it)"
    what = "…, …, … : six bancs près du terril." if words_stay else gone
    assert (idea.title, idea.what, idea.place, idea.point_x) == ("Les bancs d’…", what, "", None)
    assert (idea.commits, idea.asks) == (("… les peint.", "Du bois, …") if words_stay else ("", ""))
    assert (project.title, project.place, project.point_x) == ("Les bancs d’…", "", None)


def test_no_page_of_theirs_opens_afterwards(ada: Resident):
    links = town_of_ideas.links_of(ada)
    assert [answer.status_code for answer in links()] == [200, 200]

    erasing.erase(resident=ada, by=StaffFactory(participation=True), now=NOW)

    assert [answer.status_code for answer in links()] == [404, 404]


def test_every_table_of_this_room_that_knows_a_resident_is_thought_of():
    """A new one is told and erased in holding.py, or beside it, and then named here."""
    relations = [each for each in Resident._meta.get_fields(include_hidden=True) if each.one_to_many]

    ours = [each for each in relations if each.related_model._meta.app_label == "engagement"]

    assert {f"{each.related_model.__name__}.{each.field.name}" for each in ours} == {
        *("Idea.resident", "IdeaSupport.resident", "Passage.by_resident", "Teammate.resident"),
        *("Signature.resident", "SignatureRequest.resident", "CertificateRequest.resident"),
        "CoordinatorLetter.by",
        *("ThanksChoice.resident", "DayAccount.written_by"),
        *("Volunteer.resident", "WorkDay.leader", "WorkDay.proposed_by"),
        *("StewardshipCheck.resident", "StewardshipCheck.answered_by", "StewardshipCheck.photo_by"),
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_things_hide_under_one_word(ada: Resident, language: str):
    with translation.override(language):
        told = personal_data.holders["engagement"].export(ada)

    shapes = {heading: len(rows[0]) for heading, rows in told.items() if rows}
    assert list(shapes.values()) == [20, 6, 4, 5, 4]


def test_it_costs_the_same_for_someone_with_many_ideas(ada: Resident, django_assert_max_num_queries: Any):
    IdeaFactory.create_batch(6, resident=ada)

    with django_assert_max_num_queries(12):
        personal_data.holders["engagement"].export(ada)
