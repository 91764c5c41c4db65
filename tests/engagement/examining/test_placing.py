"""Staff put ideas and projects on the plan of the town, and photographs to ideas that came without a computer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_factories import ImageFactory

from engagement.examining import placing
from engagement.models import Idea, IdeaPicture, Project, Scheme
from engagement.places.plan import Point
from engagement.refusals import MayNot
from tests.engagement.examining.desks import signed_in
from tests.engagement.factories import IdeaFactory, KeptFileFactory, ProjectFactory
from tests.engagement.uploads import files
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

THINGS = {"ideas_desk": IdeaFactory, "projects_desk": ProjectFactory}


@pytest.fixture
def desk() -> Client:
    return signed_in(participation=True)


@pytest.fixture
def _with_a_plan() -> None:
    picture = ImageFactory(file__width=800, file__height=400)
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"map_picture": picture})


@pytest.mark.usefixtures("_with_a_plan")
@pytest.mark.parametrize("namespace", THINGS)
def test_a_press_moves_the_mark_and_only_keeping_it_writes_it(desk: Client, namespace: str) -> None:
    thing = THINGS[namespace]()
    address = reverse(f"{namespace}:place", args=[thing.pk])

    pressed = desk.post(address, {"point": "", "point.560.x": "280", "point.560.y": "28"})
    thing.refresh_from_db()
    assert (pressed.status_code, thing.point_x) == (200, None)
    kept = desk.post(address, {"point": "500,100"}, follow=True)

    thing.refresh_from_db()
    assert 'value="500,100"' in pressed.content.decode()
    assert (thing.point_x, thing.point_y) == (500, 100)
    assert "Its place on the plan is kept." in kept.content.decode()
    assert "Move it on the plan" in kept.content.decode()


@pytest.mark.usefixtures("_with_a_plan")
def test_a_mark_is_taken_off_the_plan(desk: Client) -> None:
    project = ProjectFactory(point_x=10, point_y=20)

    desk.post(reverse("projects_desk:place", args=[project.pk]), {"point": ""})

    assert Project.objects.get().point_x is None


@pytest.mark.parametrize("namespace", THINGS)
def test_without_a_plan_the_page_says_where_one_is_given_and_keeps_what_there_is(desk: Client, namespace: str) -> None:
    thing = THINGS[namespace](point_x=10, point_y=20)
    address = reverse(f"{namespace}:place", args=[thing.pk])

    answers = [desk.get(address), desk.post(address, {"point": "1,1"})]

    assert all("The town has no plan yet" in answer.content.decode() for answer in answers)
    assert type(thing).objects.get().point_x == 10


@pytest.mark.parametrize("make", THINGS.values(), ids=THINGS)
def test_whoever_only_reads_places_nothing(make: type) -> None:
    thing = make()

    with pytest.raises(MayNot):
        placing.place(thing=thing, point=Point(1, 1), by=StaffFactory(elected=True))

    assert type(thing).objects.get().point_x is None


def add(desk: Client, idea: Idea, *sent: SimpleUploadedFile) -> str:
    answer = desk.post(reverse("ideas_desk:add_pictures", args=[idea.pk]), {"pictures": sent}, follow=True)
    return answer.content.decode()


def test_photographs_that_came_on_paper_are_added_and_nobody_sees_them_yet(desk: Client) -> None:
    idea = IdeaFactory(public=True)

    said = add(desk, idea, files.sent(files.photo()), SimpleUploadedFile("lettre.txt", b"Bonjour"))

    assert [picture.is_public for picture in IdeaPicture.objects.all()] == [False]
    assert "1 photograph is added." in said
    assert "lettre.txt" in said


def test_nothing_chosen_is_said_and_no_more_than_six_are_kept(desk: Client) -> None:
    idea = IdeaFactory()
    assert "Choose a photograph first." in add(desk, idea)
    for _each in range(6):
        IdeaPicture.objects.create(idea=idea, file=KeptFileFactory())

    add(desk, idea, files.sent(files.photo()))

    assert idea.pictures.count() == 6
    assert "Add these photographs" not in desk.get(reverse("ideas_desk:inspect", args=[idea.pk])).content.decode()
