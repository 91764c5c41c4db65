"""Each answer at the desk: its words, exactly the letter that leaves, one button."""

import pytest
from django.test import Client

from communities.models import Delivery, Mailing
from engagement.models import Idea, IdeaStage, Passage, Project, Stage
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, project_index
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True))
    return client


def page_of(thing: Idea | Project, stage: str) -> str:
    return f"/admin/{'ideas' if isinstance(thing, Idea) else 'fifty-fifty'}/{thing.pk}/pass/{stage}/"


def said(desk: Client, thing: Idea | Project, stage: str, **facts: object) -> str:
    return desk.post(page_of(thing, stage), facts, follow=True).content.decode()


def test_the_page_asks_for_the_reason_and_says_what_follows(desk: Client):
    shown = desk.get(page_of(IdeaFactory(), "refused")).content.decode()

    assert "Reason" in shown
    assert "it cannot be taken back" in shown
    assert "See what leaves" in shown


def test_before_the_button_stands_the_letter_with_the_reason_and_nothing_has_left(desk: Client):
    idea = IdeaFactory(resident=ResidentFactory(name="Ada Terril"))

    shown = said(desk, idea, "refused", words="Le terrain est inondable.")

    assert "What those who carry it receive" in shown
    assert "Ada Terril" in shown
    assert shown.count("Le terrain est inondable.") >= 3
    assert 'name="act"' in shown
    assert Idea.objects.get().stage == IdeaStage.EXAMINATION
    assert not Mailing.objects.exists()


def test_the_button_refuses_and_the_letter_leaves_once_however_often_it_is_pressed(desk: Client):
    idea = IdeaFactory()

    said(desk, idea, "refused", words="Le terrain est inondable.", is_published="on", act="1")
    again = said(desk, idea, "refused", words="Le terrain est inondable.", act="1")

    assert "cannot pass from “refused” to “refused”" in again
    idea.refresh_from_db()
    assert (idea.stage, idea.is_public) == (IdeaStage.REFUSED, True)
    assert [each.words for each in Passage.objects.all()] == ["Le terrain est inondable."]
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("stage", ["refused", "asked"])
def test_without_its_reason_nothing_is_previewed_and_nothing_passes(desk: Client, stage: str):
    idea = IdeaFactory()

    for act in ({}, {"act": "1"}):
        response = desk.post(page_of(idea, stage), {"words": "   "} | act)
        assert response.status_code == 422

    assert Idea.objects.get().stage == IdeaStage.EXAMINATION


def test_support_begins_the_project_and_leads_there(desk: Client):
    project_index()
    idea = IdeaFactory(title="Des nichoirs")

    response = desk.post(page_of(idea, "supported"), {"words": "Bravo.", "act": "1"})

    project = Project.objects.get()
    assert response.headers["Location"] == f"/admin/fifty-fifty/inspect/{project.pk}/"
    assert "Write its page" in desk.get(response.headers["Location"]).content.decode()


def test_a_twin_is_chosen_and_the_preview_says_it_before_it_is_joined(desk: Client):
    idea, twin = IdeaFactory(), IdeaFactory(title="La même haie")

    preview = said(desk, idea, "merged", words="C’est la même haie.", twin=twin.pk)
    assert "It was joined to another idea" in preview

    said(desk, idea, "merged", words="C’est la même haie.", twin=twin.pk, act="1")
    assert Idea.objects.get(pk=idea.pk).merged_into == twin


def test_a_twin_that_does_not_live_is_refused_on_the_page_with_a_sentence(desk: Client):
    idea, gone = IdeaFactory(), IdeaFactory(stage=IdeaStage.WITHDRAWN)

    shown = said(desk, idea, "merged", words="La même.", twin=gone.pk)

    assert "Choose another idea that the town hall received" in shown
    assert Idea.objects.get(pk=idea.pk).stage == IdeaStage.EXAMINATION


def test_a_withdrawal_noted_at_the_desk_shows_its_letter_before_it_leaves(desk: Client):
    idea = IdeaFactory(resident=ResidentFactory(name="Ada Terril"))

    asked = desk.get(page_of(idea, "withdrawn")).content.decode()
    preview = said(desk, idea, "withdrawn", words="Elle déménage.")

    assert "a letter tells them" in asked
    assert "Ada Terril" in preview
    assert "No letter leaves" not in asked + preview
    assert preview.count("Elle déménage.") >= 3
    assert not Mailing.objects.exists()


def test_the_preview_names_whoever_no_letter_reaches(desk: Client):
    resident = ResidentFactory(name="Ada Terril")
    SuppressionFactory(address=resident.email)

    shown = said(desk, IdeaFactory(resident=resident), "supported", words="")

    assert "Ada Terril cannot be reached by e-mail, post or telephone: tell them yourself." in shown


def test_someone_told_by_post_is_shown_with_the_words_to_post(desk: Client):
    shown = said(desk, IdeaFactory(resident=ResidentFactory(by_post=True)), "asked", words="Qui arrosera ?")

    assert "the town hall posts them these words" in shown


def test_a_stage_nobody_knows_is_nowhere(desk: Client):
    assert desk.get(page_of(IdeaFactory(), "magic")).status_code == 404
    assert desk.get(page_of(ProjectFactory(), "refused")).status_code == 404


def test_from_a_stage_where_it_does_not_lead_the_page_leads_back_with_the_reason(desk: Client):
    shown = desk.get(page_of(IdeaFactory(stage=IdeaStage.RECEIVED), "supported"), follow=True).content.decode()

    assert "cannot pass from “received” to “supported”" in shown


# --- Projects -------------------------------------------------------------------------------------------------------


def test_work_begins_on_the_day_that_is_said_and_those_who_carry_it_are_told(desk: Client):
    project = ProjectFactory(stage=Stage.SIGNED, holder=ResidentFactory(name="Ada Terril"))

    preview = said(desk, project, "under_way", on="2026-03-02", words="Samedi, avec des gants.")
    assert "Ada Terril" in preview
    assert not Project.objects.get().started_on

    said(desk, project, "under_way", on="2026-03-02", words="Samedi, avec des gants.", act="1")
    project.refresh_from_db()
    assert (project.stage, str(project.started_on)) == (Stage.UNDER_WAY, "2026-03-02")
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "sentence"),
    [("2999-01-01", "still to come"), ("2020-01-01", "before the one on which the work began")],
)
def test_an_impossible_day_is_refused_on_the_page(desk: Client, on: str, sentence: str):
    project = ProjectFactory(stage=Stage.UNDER_WAY, started_on="2026-03-02")

    assert sentence in said(desk, project, "delivered", on=on, words="")
    assert Project.objects.get().stage == Stage.UNDER_WAY


@pytest.mark.parametrize("stage", ["signed", "drafting", "supported", "stewardship", "closed"])
def test_nobody_just_says_that_a_convention_is_signed_or_that_residents_look_after_it(desk: Client, stage: str):
    project = ProjectFactory(stage=Stage.DRAFTING)

    assert desk.post(page_of(project, stage), {"words": "x", "act": "1"}).status_code == 404
    assert Project.objects.get().stage == Stage.DRAFTING


def test_a_project_that_is_given_up_says_why_and_when(desk: Client):
    project = ProjectFactory(stage=Stage.UNDER_WAY)

    assert desk.post(page_of(project, "given_up"), {"words": "", "act": "1"}).status_code == 422
    said(desk, project, "given_up", words="Le groupe a déménagé.", on="2026-03-05", act="1")

    project.refresh_from_db()
    assert (project.stage, str(project.closed_on)) == (Stage.GIVEN_UP, "2026-03-05")
