"""Where are the files of a picture that nobody may see?"""

import datetime as dt

import pytest
from django.core.files import File
from django.test import Client
from wagtail.images.models import Image, SourceImageIOError

from communities.models import PictureState
from communities.picture_rights import keeping_back, saying, small
from tests.communities.picture_rights.pictures import NOW, TODAY, drawn, picture, put_in, rights_to
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def sizes_of(image: Image) -> list[str]:
    """Two sizes as a page made them, and the addresses they had."""
    return [image.get_rendition(spec).url for spec in ("max-1200x900|format-jpeg", "fill-720x480|format-jpeg")]


def status(client: Client, url: str) -> int:
    answer = client.get(url)
    b"".join(answer)  # to its end, so that the file is closed
    return answer.status_code


@pytest.mark.parametrize("state", [PictureState.WITHDRAWN, PictureState.EXPIRED, PictureState.MISSING])
def test_no_address_gives_a_picture_that_may_not_be_shown(client: Client, state: PictureState):
    image = drawn(picture())
    urls = [image.file.url, *sizes_of(image)]
    assert {status(client, url) for url in urls} == {200}

    put_in(image, state)

    assert {status(client, url) for url in urls} == {404}
    assert not image.renditions.exists()


def test_no_new_size_can_be_made_of_it():
    image = put_in(picture(), PictureState.WITHDRAWN)

    with pytest.raises(SourceImageIOError):
        Image.objects.get(pk=image.pk).get_rendition("max-165x165")


def test_its_bytes_come_back_whole_with_a_paper_and_the_day_it_ends_they_go():
    image = picture()
    with image.file.open("rb") as file:
        content = file.read()
    put_in(image, PictureState.WITHDRAWN)

    saying.show_again(rights=rights_to(image), by=StaffFactory(), today=TODAY)
    with image.file.storage.open(image.file.name, "rb") as file:
        assert file.read() == content
    keeping_back.reconcile_all(today=TODAY + dt.timedelta(days=301))

    assert not image.file.storage.exists(image.file.name)
    assert image.file.storage.exists(keeping_back.place_of(image))


def test_a_size_made_at_the_very_moment_of_the_withdrawal_is_gone_at_the_next_tick():
    image = put_in(picture(), PictureState.IN_ORDER)
    rights = rights_to(image)
    saying.withdraw(rights=rights, by=StaffFactory(), now=NOW, today=TODAY)
    keeping_back.bring_back(image)
    url = sizes_of(image)[0]

    keeping_back.reconcile_all(today=TODAY)

    assert not image.renditions.exists()
    assert not image.file.storage.exists(url.removeprefix("/media/"))


def test_a_tick_that_died_in_the_middle_is_healed_by_the_next():
    image = put_in(picture(), PictureState.WITHDRAWN)
    with image.file.storage.open(keeping_back.place_of(image), "rb") as file:
        image.file.storage.save(image.file.name, File(file))

    keeping_back.reconcile_all(today=TODAY)

    assert not image.file.storage.exists(image.file.name)
    assert image.file.storage.exists(keeping_back.place_of(image))


def test_a_picture_that_is_deleted_while_it_is_kept_back_leaves_nothing():
    image = put_in(picture(), PictureState.WITHDRAWN)
    place, storage = keeping_back.place_of(image), image.file.storage

    image.delete()
    keeping_back.reconcile_all(today=TODAY)

    assert not storage.exists(place)


def test_staff_see_it_small_wherever_it_lies_and_no_copy_stays():
    image = put_in(picture(), PictureState.WITHDRAWN)

    content = small.jpeg(image)

    assert content is not None
    assert content.startswith(b"\xff\xd8")
    assert not image.renditions.exists()


def test_a_picture_without_a_file_has_no_small_version():
    image = picture()
    image.file.storage.delete(image.file.name)

    assert small.jpeg(image) is None


def test_the_tick_costs_the_same_queries_while_nothing_changes(django_assert_max_num_queries):
    for _each in range(5):
        put_in(picture(), PictureState.IN_ORDER)

    with django_assert_max_num_queries(3):
        keeping_back.reconcile_all(today=TODAY)
