"""Ideas at the desk: found, read, examined, made public."""

import pytest
from django.test import Client

from communities.models import Mailing
from engagement.models import Idea, IdeaNote, IdeaPicture, IdeaStage, Opinion
from tests.communities.factories import ResidentFactory
from tests.engagement.examining.desks import signed_in
from tests.engagement.factories import IdeaFactory, KeptFileFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/ideas/"


@pytest.fixture
def officer():
    return StaffFactory(participation=True, first_name="Ada", last_name="Terril")


@pytest.fixture
def desk(client: Client, officer) -> Client:
    client.force_login(officer)
    return client


def address(idea: Idea, *parts: str) -> str:
    return "/".join([f"{LIST}{idea.pk}", *parts, ""]) if parts else f"{LIST}inspect/{idea.pk}/"


def test_an_idea_shows_all_that_was_proposed_and_how_to_reach_whoever_proposes_it(desk: Client):
    resident = ResidentFactory(name="Zoé Ardoise", email="zoe@example.org", phone="0199001122")
    idea = IdeaFactory(resident=resident, organisation="Les amis des mésanges", kind="association", place="Rue Basse")

    shown = desk.get(address(idea)).content.decode()

    for word in ["Douze nichoirs", "Rue Basse", "Du bois et un conseil.", "Les amis des mésanges", "zoe@example.org"]:
        assert word in shown


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_whoever_may_not_see_residents_reads_an_idea_without_its_people(group: str):
    resident = ResidentFactory(name="Zoé Ardoise", email="zoe@example.org", street="3 rue des Bancs")
    idea = IdeaFactory(resident=resident)

    shown = signed_in(**{group: True}).get(address(idea)).content.decode()

    assert idea.title in shown
    assert not [word for word in ("Zoé", "zoe@example.org", "rue des Bancs") if word in shown]
    assert "/pass/" not in shown


def test_what_the_examination_says_is_kept_and_is_in_the_history(desk: Client, officer):
    idea = IdeaFactory()
    said = {"officer": officer.pk, "technical_opinion": "Le sol est bon.", "feasible": "yes", "affordable": "no"}

    desk.post(address(idea, "examination"), said | {"general_interest": "unknown", "lasting": "unknown"})

    idea.refresh_from_db()
    assert (idea.officer, idea.technical_opinion) == (officer, "Le sol est bon.")
    assert (idea.feasible, idea.affordable, idea.lasting) == (Opinion.YES, Opinion.NO, Opinion.UNKNOWN)
    assert "Noted what the examination says" in desk.get(f"{LIST}history/{idea.pk}/").content.decode()


def test_only_the_elected_are_liaisons(desk: Client, officer):
    idea = IdeaFactory()
    elected = StaffFactory(elected=True)
    said = {"general_interest": "unknown", "feasible": "unknown", "lasting": "unknown", "affordable": "unknown"}

    desk.post(address(idea, "examination"), said | {"liaison": officer.pk})
    assert Idea.objects.get(pk=idea.pk).liaison is None

    desk.post(address(idea, "examination"), said | {"liaison": elected.pk})
    assert Idea.objects.get(pk=idea.pk).liaison == elected


def test_a_note_is_kept_with_its_author_and_never_leaves_the_town_hall(desk: Client, officer):
    idea = IdeaFactory(public=True)

    desk.post(address(idea, "note"), {"words": "Voir avec les espaces verts."})
    desk.post(address(idea, "note"), {"words": "  "})

    note = IdeaNote.objects.get()
    assert (note.by, note.words) == (officer, "Voir avec les espaces verts.")
    assert not Mailing.objects.exists()


def test_an_idea_is_made_public_and_private_again(desk: Client):
    idea = IdeaFactory()

    desk.post(address(idea, "public"))
    assert Idea.objects.get().is_public
    since = Idea.objects.get().public_at
    desk.post(address(idea, "public"))
    assert Idea.objects.get().public_at == since

    desk.post(address(idea, "public"), {"withhold": "1"})
    assert not Idea.objects.get().is_public


def test_an_idea_that_was_withdrawn_is_not_made_public_and_a_sentence_says_why(desk: Client):
    idea = IdeaFactory(stage=IdeaStage.WITHDRAWN)

    shown = desk.post(address(idea, "public"), follow=True).content.decode()

    assert "withdrew it: it is not made public" in shown
    assert not Idea.objects.get().is_public


def test_its_words_are_changed_for_everyone_and_those_before_stay_in_a_private_note(desk: Client):
    idea = IdeaFactory(title="DES NICHOIRS !!!", what="Mettre des nichoirs.")
    words = {name: getattr(idea, name) for name in ("what", "place", "who", "commits", "asks", "shown_as")}

    response = desk.post(f"{LIST}edit/{idea.pk}/", words | {"title": "Des nichoirs", "stage": "supported"})

    idea.refresh_from_db()
    assert (response.status_code, idea.title, idea.stage) == (302, "Des nichoirs", IdeaStage.EXAMINATION)
    assert "DES NICHOIRS !!!" in IdeaNote.objects.get().words


def a_picture(idea: Idea) -> IdeaPicture:
    file = KeptFileFactory(name="mare.jpg", media_type="image/jpeg", content=b"jpeg", width=40, height=30)
    return IdeaPicture.objects.create(idea=idea, file=file)


def test_staff_choose_which_photographs_are_public_and_say_what_they_show(desk: Client):
    idea = IdeaFactory()
    shown, kept = a_picture(idea), a_picture(idea)

    desk.post(address(idea, "pictures"), chosen((shown, "La mare en mars", True), (kept, "", False)))

    assert list(IdeaPicture.objects.filter(is_public=True)) == [shown]
    assert IdeaPicture.objects.get(pk=shown.pk).alternative_text == "La mare en mars"
    assert IdeaPicture.objects.get(pk=kept.pk).alternative_text == ""


def chosen(*said: tuple[IdeaPicture, str, bool], who: str = "nobody") -> dict[str, object]:
    """The formset as a browser sends it."""
    form = {"form-TOTAL_FORMS": len(said), "form-INITIAL_FORMS": len(said)}
    for number, (picture, words, is_public) in enumerate(said):
        form |= {f"form-{number}-id": picture.pk, f"form-{number}-alternative_text": words}
        form |= {f"form-{number}-recognisable": who}
        form |= {f"form-{number}-is_public": "on"} if is_public else {}
    return form


def test_the_photographs_of_another_idea_stay_as_they_are(desk: Client):
    desk.post(address(a_picture(IdeaFactory()).idea, "pictures"), chosen((a_picture(IdeaFactory()), "Une mare", True)))

    assert IdeaPicture.objects.filter(is_public=False, alternative_text="").count() == 2


@pytest.mark.parametrize("fault", ["words no record can hold", "no form at all"])
def test_a_choice_of_photographs_that_makes_no_sense_changes_nothing(desk: Client, fault: str):
    picture = a_picture(IdeaFactory())
    posted = {
        "words no record can hold": chosen((picture, "Une \x00", True)),
        "no form at all": {},
    }

    answer = desk.post(address(picture.idea, "pictures"), posted[fault], follow=True)

    assert "The choice of photographs is not kept" in answer.content.decode()
    assert not IdeaPicture.objects.exclude(is_public=False, alternative_text="").exists()


@pytest.mark.parametrize(
    ("who", "words"), [("unknown", "Say first who is recognised"), ("minors", "Minors are recognised")]
)
def test_a_photograph_is_not_shown_before_staff_said_who_is_on_it_nor_with_minors(desk: Client, who: str, words: str):
    picture = a_picture(IdeaFactory())

    answer = desk.post(address(picture.idea, "pictures"), chosen((picture, "Une mare", True), who=who), follow=True)

    assert words in answer.content.decode()
    assert not IdeaPicture.objects.get(pk=picture.pk).is_public


def test_a_photograph_that_was_public_before_anybody_was_asked_may_stay(desk: Client):
    picture = a_picture(IdeaFactory())
    IdeaPicture.objects.filter(pk=picture.pk).update(is_public=True)

    desk.post(address(picture.idea, "pictures"), chosen((picture, "Une mare", True), who="unknown"))

    assert IdeaPicture.objects.get(pk=picture.pk).is_public


def test_a_photograph_is_handed_to_staff_who_see_ideas_and_to_nobody_else(desk: Client, client: Client):
    picture = a_picture(IdeaFactory())
    url = f"{LIST}pictures/{picture.pk}/"

    seen = desk.get(url)

    assert (seen.status_code, seen.content, seen["Content-Type"]) == (200, b"jpeg", "image/jpeg")
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in seen["Content-Security-Policy"]
    assert "private" in seen["Cache-Control"]
    assert Client().get(url).status_code == 302
    assert signed_in().get(url).status_code == 302


def test_the_photograph_of_a_draft_is_handed_to_nobody(desk: Client):
    assert desk.get(f"{LIST}pictures/{a_picture(IdeaFactory(stage=IdeaStage.DRAFT)).pk}/").status_code == 404


def test_nobody_deletes_an_idea(desk: Client):
    idea = IdeaFactory()
    master = signed_in(administration=True)

    for someone in (desk, master):
        someone.post(f"{LIST}delete/{idea.pk}/")

    assert Idea.objects.filter(pk=idea.pk).exists()
