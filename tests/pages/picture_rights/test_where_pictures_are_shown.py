"""Every place where a picture is shown, in each state and for each medium: where it may not be, it is not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.rich_text import expand_db_html

from communities.models import Medium, PictureState, Town
from communities.picture_rights import keeping_back, saying
from communities.post import writing
from engagement.models import ProjectPicture, Scheme, Stage
from engagement.places import of_the_town
from engagement.story import documents
from tests.communities.picture_rights.pictures import drawn, picture, put_in, rights_to
from tests.engagement.factories import ProjectPageFactory
from tests.engagement.factories_of_what_was_done import ProjectSheetFactory
from tests.factories import StaffFactory, home_page
from tests.pages.factories import StandardPageFactory

pytestmark = pytest.mark.django_db
Shown = Callable[[Client, Image], bool]


def is_in(client: Client, path: str, words: str) -> bool:
    cache.clear()
    answer = client.get(path)
    assert answer.status_code == 200
    return words in answer.content.decode()


def project(image: Image, **facts: Any) -> Any:
    page = ProjectPageFactory(slug="la-fresque", stage=Stage.DELIVERED, **facts)
    ProjectPicture.objects.create(project=page, image=image, alternative_text="Une fresque")
    return page


def on_a_project(client: Client, image: Image) -> bool:
    project(image)
    return is_in(client, "/projets/la-fresque/", "max-1200x900")


def when_shared(client: Client, image: Image) -> bool:
    project(image)
    return is_in(client, "/projets/la-fresque/", "fill-1200x630")


def on_the_card_of_a_list(client: Client, image: Image) -> bool:
    project(image)
    return is_in(client, "/projets/", "fill-720x480")


def in_a_story(client: Client, image: Image) -> bool:
    page = StandardPageFactory(slug="le-coron")
    value = {"image": image.pk, "decorative": False, "alt_text": "Une fresque"}
    page.body = page.body.stream_block.to_python([{"type": "picture", "value": value}])
    page.save()
    return is_in(client, "/le-coron/", "max-1200x900")


def in_a_text(client: Client, image: Image) -> bool:
    return "<img" in expand_db_html(f'<embed alt="Une fresque" embedtype="image" format="left" id="{image.pk}"/>')


def as_the_logo_of_pages(client: Client, image: Image) -> bool:
    home_page()
    Town.objects.update_or_create(pk=Town.load().pk, defaults={"logo": image})
    return is_in(client, "/", "max-240x160")


def as_the_logo_of_letters(client: Client, image: Image) -> bool:
    return writing.logo_of(Town(logo=image)) is not None


def as_the_logo_on_paper(client: Client, image: Image) -> bool:
    return writing.logo_file(Town(logo=image)) is not None


def as_the_plan_of_the_town(client: Client, image: Image) -> bool:
    return of_the_town.plan_of(Scheme(map_picture=image)) is not None


def on_a_printed_sheet(client: Client, image: Image) -> bool:
    page = project(image)
    ProjectSheetFactory(project=page.project, public=True)
    return documents.picture_of(page) is not None


PLACES: dict[Shown, set[Medium]] = {
    on_a_project: {Medium.SITE},
    when_shared: {Medium.SITE, Medium.SOCIAL},
    on_the_card_of_a_list: {Medium.SITE},
    in_a_story: {Medium.SITE},
    in_a_text: {Medium.SITE},
    as_the_logo_of_pages: {Medium.SITE},
    as_the_logo_of_letters: {Medium.SITE, Medium.LETTERS},
    as_the_logo_on_paper: {Medium.SITE, Medium.PRINT},
    as_the_plan_of_the_town: {Medium.SITE},
    on_a_printed_sheet: {Medium.SITE, Medium.PRINT},
}
SHOWN = {PictureState.IN_ORDER, PictureState.SOON}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("state", [state for state in PictureState if state != PictureState.TO_SAY])
def test_a_picture_is_shown_only_while_it_is_in_order(client: Client, place: Shown, state: PictureState) -> None:
    image = put_in(picture(), state, today=timezone.localdate())

    assert place(client, image) is (state in SHOWN)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("missing", list(Medium))
def test_each_medium_is_asked_on_its_own(client: Client, place: Shown, missing: Medium) -> None:
    media = [medium for medium in Medium if medium != missing]
    image = put_in(picture(), PictureState.IN_ORDER, today=timezone.localdate(), media=media)

    assert place(client, image) is (missing not in PLACES[place])


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_brought_in_without_an_answer_is_shown_nowhere(client: Client, place: Shown) -> None:
    image = picture()
    saying.say(image=image, recognisable="unknown", by=None, today=timezone.localdate())

    assert not place(client, image)


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_of_nobody_is_shown_everywhere(client: Client, place: Shown) -> None:
    assert place(client, drawn(picture()))


def test_after_the_withdrawal_no_page_names_it_and_no_address_gives_its_bytes(client: Client) -> None:
    today, image = timezone.localdate(), put_in(picture(), PictureState.IN_ORDER, today=timezone.localdate())
    project(image)
    pages = ["/projets/la-fresque/", "/projets/", "/", "/sitemap.xml", "/recherche/?q=fresque"]
    for path in pages:
        client.get(path)
    urls = [image.file.url, *(size.url for size in image.renditions.all())]
    stem = image.file.name.rpartition("/")[2].partition(".")[0]

    saying.withdraw(rights=rights_to(image), by=StaffFactory(), now=timezone.now(), today=today)

    assert len(urls) > 2
    assert {status(client, url) for url in urls} == {404}
    assert [path for path in pages if stem in client.get(path).content.decode()] == []


def status(client: Client, url: str) -> int:
    answer = client.get(url)
    b"".join(answer)  # to its end, so that the file is closed
    return answer.status_code


def test_when_the_last_day_is_over_the_page_shows_our_own_drawing(client: Client) -> None:
    today = timezone.localdate()
    image = put_in(picture(), PictureState.IN_ORDER, today=today - dt.timedelta(days=301))

    assert not on_a_project(client, image)
    assert "drawings/work_day" in client.get("/projets/la-fresque/").content.decode()
    assert image.file.storage.exists(image.file.name)
    keeping_back.reconcile_all(today=today)
    assert not image.file.storage.exists(image.file.name)
