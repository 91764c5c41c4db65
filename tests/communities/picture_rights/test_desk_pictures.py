"""The rights to pictures at the desk: said where a picture comes in, signed, withdrawn, seen in the report."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image

from communities.models import PictureAuthorisation, PictureRights, PictureState, Recognisable
from tests.communities.factories import ResidentFactory
from tests.communities.picture_rights.pictures import picture, put_in, rights_to, signed, with_minors
from tests.engagement.uploads import files
from tests.factories import StaffFactory
from tests.pages.factories import StandardPageFactory

pytestmark = pytest.mark.django_db
PAPER = {
    "minor": "Nora C.",
    "first_guardian": "Ada Terril",
    "second_guardian": "Basile Coron",
    "signed_on": "10/03/2026",
    "paper_lies": "Classeur bleu",
    "on_site": "on",
}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(communication=True))
    return client


def at(view: str, image: Image) -> str:
    return reverse(f"picture_rights:{view}", args=[image.pk])


def state_of(image: Image) -> PictureState:
    return rights_to(image).state_on(timezone.localdate())


def stands(state: PictureState, **facts: Any) -> Image:
    return put_in(picture(**facts), state, today=timezone.localdate())


def brought_in(desk: Client, **said: Any) -> Any:
    sent = {"title": "La fresque", "file": SimpleUploadedFile("fresque.jpg", files.photo()), "tags": ""}
    return desk.post(reverse("wagtailimages:add"), sent | said)


def test_the_question_is_asked_where_a_picture_comes_in(desk: Client) -> None:
    assert "Who is recognised on it?" in desk.get(reverse("wagtailimages:add")).content.decode()

    brought_in(desk, recognisable="nobody")

    assert state_of(Image.objects.get()) == PictureState.IN_ORDER


def test_a_picture_comes_in_without_an_answer_and_waits_for_it(desk: Client) -> None:
    brought_in(desk)

    assert state_of(Image.objects.get()) == PictureState.TO_SAY
    assert not PictureRights.objects.get().was_there_before


def test_minors_without_a_number_are_asked_for_again(desk: Client) -> None:
    answer = brought_in(desk, recognisable="minors")

    assert "Say how many minors" in answer.content.decode()
    assert not Image.objects.exists()


def test_another_file_in_its_place_has_to_be_said_anew(desk: Client) -> None:
    brought_in(desk, recognisable="nobody")
    image = Image.objects.get()

    changed = {"title": "x", "tags": "", "recognisable": "nobody", "minors": "0"}
    changed |= {"file": SimpleUploadedFile("autre.jpg", files.photo())}
    desk.post(reverse("wagtailimages:edit", args=[image.pk]), changed)

    assert state_of(image) == PictureState.TO_SAY


def test_the_title_is_changed_without_touching_what_was_said(desk: Client) -> None:
    image = stands(PictureState.IN_ORDER)

    desk.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "La fresque", "tags": "", "recognisable": "minors", "minors": "1"},
    )

    assert Image.objects.get().title == "La fresque"
    assert state_of(image) == PictureState.IN_ORDER


def test_the_page_of_a_picture_leads_to_its_rights(desk: Client) -> None:
    image = stands(PictureState.EXPIRED)

    page = desk.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()

    assert at("inspect", image) in page
    assert "Rights to this picture: expired" in page


def test_those_who_choose_a_picture_read_which_cannot_be_published(desk: Client) -> None:
    stands(PictureState.WITHDRAWN, title="La fresque")
    stands(PictureState.IN_ORDER, title="La mare")

    shown = desk.get(reverse("wagtailimages_chooser:choose")).json()["html"]

    assert "La fresque (withdrawn)" in shown
    assert "La mare (" not in shown


def test_from_the_question_to_the_signed_paper(desk: Client) -> None:
    image = picture()

    desk.post(at("say", image), {"recognisable": "minors", "minors": "1"})
    assert state_of(image) == PictureState.MISSING
    desk.post(at("authorise", image), PAPER)

    paper = PictureAuthorisation.objects.get()
    assert (paper.minor, paper.valid_until.isoformat()) == ("Nora C.", "2027-08-31")
    assert state_of(image) in {PictureState.IN_ORDER, PictureState.SOON}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"second_guardian": ""}, "say why only one signs"),
        ({"on_site": ""}, "Tick what the paper allows"),
        ({"signed_on": "31/12/2199"}, "This day is still to come"),
        ({"valid_until": "01/01/2020"}, "before it was signed"),
        ({"minor": "x" * 10_000}, "at most 60"),
        ({"minor": "N\x00"}, "Null characters"),
    ],
)
def test_a_paper_that_is_not_complete_is_not_kept_and_nothing_typed_is_lost(
    desk: Client, wrong: dict[str, str], sentence: str
) -> None:
    image = with_minors(picture())

    page = desk.post(at("authorise", image), PAPER | wrong).content.decode()

    assert sentence in page
    assert "Classeur bleu" in page
    assert not PictureAuthorisation.objects.exists()


def test_one_gesture_withdraws_and_the_pages_that_showed_it_are_listed(desk: Client) -> None:
    image = stands(PictureState.IN_ORDER)
    page = StandardPageFactory(title="Le coron en images")
    value = {"image": image.pk, "decorative": False, "alt_text": "Une fresque"}
    page.body = page.body.stream_block.to_python([{"type": "picture", "value": value}])
    page.save()

    shown = desk.post(at("withdraw", image), follow=True).content.decode()

    assert state_of(image) == PictureState.WITHDRAWN
    assert "Le coron en images" in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown


def test_the_paper_of_one_minor_is_withdrawn_and_that_of_another_picture_is_not(desk: Client) -> None:
    image, other = stands(PictureState.IN_ORDER), stands(PictureState.IN_ORDER)
    paper, theirs = rights_to(image).authorisations.get(), rights_to(other).authorisations.get()

    for forged in (theirs.pk, "x", "9" * 40, "\x00"):
        assert desk.post(at("withdraw", image), {"authorisation": forged}).status_code == 404
    desk.post(at("withdraw", image), {"authorisation": paper.pk})

    paper.refresh_from_db()
    theirs.refresh_from_db()
    assert (paper.withdrawn_at is None, theirs.withdrawn_at is None) == (False, True)
    assert state_of(image) == PictureState.WITHDRAWN


def test_the_report_lists_every_picture_by_its_state(desk: Client) -> None:
    for state in PictureState:
        PictureRights.objects.get_or_create(image=stands(state, title=f"Image {state.value}"))

    for state in PictureState:
        listed = desk.get(reverse("picture_rights:index"), {"state": state.value}).content.decode()
        assert {each for each in PictureState if f"Image {each.value}" in listed} == {state}


def test_the_report_costs_the_same_queries_however_many(desk: Client, django_assert_max_num_queries: Any) -> None:
    for _each in range(6):
        stands(PictureState.SOON)
    desk.get(reverse("picture_rights:index"))

    with django_assert_max_num_queries(20):
        desk.get(reverse("picture_rights:index"))


@pytest.mark.parametrize("state", [PictureState.SOON, PictureState.EXPIRED])
def test_the_first_page_says_what_ends(desk: Client, state: PictureState) -> None:
    image = stands(state, title="La fresque")

    page = desk.get("/admin/").content.decode()

    assert "Authorisations that end" in page
    assert at("inspect", image) in page


def test_the_first_page_is_silent_when_all_is_in_order_or_not_for_them(desk: Client, client: Client) -> None:
    for state in (PictureState.IN_ORDER, PictureState.WITHDRAWN):
        stands(state)
    assert "Authorisations that end" not in desk.get("/admin/").content.decode()

    stands(PictureState.SOON)
    client.force_login(StaffFactory(elected=True))

    assert "Authorisations that end" not in client.get("/admin/").content.decode()


def test_the_elected_read_how_a_picture_stands_and_no_name(client: Client) -> None:
    client.force_login(StaffFactory(elected=True))
    image = stands(PictureState.IN_ORDER)

    page = client.get(at("inspect", image)).content.decode()

    assert "in good order" in page
    for hidden in ("Nora C.", "Ada Terril", "Classeur", "Withdraw", at("form", image)):
        assert hidden not in page


def test_a_withdrawn_picture_is_seen_small_by_staff_alone(desk: Client) -> None:
    image = stands(PictureState.WITHDRAWN)

    seen = desk.get(at("picture", image))

    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in seen["Cache-Control"]
    assert Client().get(at("picture", image)).status_code == 302


def test_a_guardian_in_the_file_of_residents_is_told_what_they_signed_and_forgotten(desk: Client) -> None:
    guardian, image = ResidentFactory(email="ada@example.org"), with_minors(picture())

    desk.post(at("authorise", image), PAPER | {"email": "ADA@example.org"})

    assert PictureAuthorisation.objects.get().resident == guardian


def test_an_unknown_address_is_not_spoken_of(desk: Client) -> None:
    image = with_minors(picture())

    answer = desk.post(at("authorise", image), PAPER | {"email": "personne@example.org"}, follow=True)

    assert "personne@example.org" not in answer.content.decode()
    assert PictureAuthorisation.objects.get().resident is None


def test_sending_a_paper_twice_changes_nothing_for_the_picture(desk: Client) -> None:
    image = with_minors(picture(), minors=2)

    for _again in range(2):
        desk.post(at("authorise", image), PAPER)

    assert state_of(image) == PictureState.MISSING


def test_whoever_says_minors_after_a_publication_takes_it_off_at_once(desk: Client) -> None:
    image = stands(PictureState.IN_ORDER)
    signed(image, minor="Félix G.", today=timezone.localdate())

    desk.post(at("say", image), {"recognisable": Recognisable.MINORS, "minors": "3"})

    assert state_of(image) == PictureState.MISSING
    assert not image.file.storage.exists(image.file.name)
