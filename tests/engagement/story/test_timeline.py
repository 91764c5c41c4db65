"""What happened to a project, day by day."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from engagement import passing
from engagement.models import CheckState, Idea, IdeaStage, Project, Stage
from engagement.models.stages import PASSED
from engagement.story import timeline
from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ConventionFactory, IdeaFactory, ProjectFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.engagement.signing import end, sign
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 3, 10, 11, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def staff() -> passing.Actor:
    return passing.Actor(user=StaffFactory(administration=True))


def told(project: Project) -> list[tuple[dt.date, str]]:
    return [(moment.on, moment.title) for moment in timeline.of(project, NOW)]


def titles(project: Project) -> list[str]:
    return [moment.title for moment in timeline.of(project, NOW)]


def an_idea_that_passed(staff: passing.Actor, **facts: object) -> Idea:
    idea = IdeaFactory(stage=IdeaStage.DRAFT, created_at=NOW - 40 * DAY, **facts)
    received = {"received_at": NOW - 40 * DAY, "answer_due_on": dt.date(2027, 4, 1)}
    passing.to(thing=idea, stage=IdeaStage.RECEIVED, by=staff, now=NOW - 40 * DAY, **received)
    passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=staff, now=NOW - 30 * DAY)
    passing.to(
        thing=idea, stage=IdeaStage.ASKED, by=staff, words="Où, exactement ? Madame Coron le sait.", now=NOW - 29 * DAY
    )
    passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=staff, now=NOW - 28 * DAY)
    passing.to(thing=idea, stage=IdeaStage.SUPPORTED, by=staff, now=NOW - 20 * DAY, decided_at=NOW - 20 * DAY)
    return idea


def test_the_story_goes_from_the_idea_to_now_the_latest_first(staff: passing.Actor) -> None:
    project = ProjectFactory(stage=Stage.SUPPORTED, is_from_before=False, idea=an_idea_that_passed(staff))
    passing.to(thing=project, stage=Stage.DRAFTING, by=staff, now=NOW - 10 * DAY)

    assert told(project) == [
        (dt.date(2027, 2, 28), str(PASSED[Stage.DRAFTING])),
        (dt.date(2027, 2, 18), str(PASSED[Stage.SUPPORTED])),
        (dt.date(2027, 1, 29), str(PASSED[IdeaStage.RECEIVED])),
    ]


def test_what_the_town_asked_the_holders_is_not_in_the_projects_story(staff: passing.Actor) -> None:
    project = ProjectFactory(stage=Stage.SUPPORTED, is_from_before=False, idea=an_idea_that_passed(staff))

    assert not any("Coron" in moment.words for moment in timeline.of(project, NOW))


def test_the_reason_of_an_end_is_told_with_it(staff: passing.Actor) -> None:
    project = ProjectFactory()
    passing.to(thing=project, stage=Stage.GIVEN_UP, by=staff, words="Le terrain est vendu.", now=NOW - DAY)

    (moment,) = timeline.of(project, NOW)

    assert moment.words == "Le terrain est vendu."


def test_the_day_of_a_delivery_is_the_one_staff_wrote_not_the_one_on_which_they_wrote_it(staff: passing.Actor) -> None:
    project = ProjectFactory()
    passing.to(thing=project, stage=Stage.DELIVERED, by=staff, now=NOW, delivered_on=dt.date(2027, 2, 1))

    assert [on for on, _title in told(project)] == [dt.date(2027, 2, 1)]


def test_what_was_taken_over_is_told_by_the_days_that_are_known() -> None:
    project = ProjectFactory(stage=Stage.DELIVERED, started_on=dt.date(2018, 4, 1), delivered_on=dt.date(2018, 9, 22))

    assert [on for on, _title in told(project)] == [dt.date(2018, 9, 22), dt.date(2018, 4, 1)]


def test_a_project_of_which_nothing_is_known_has_an_empty_story() -> None:
    assert told(ProjectFactory(stage=Stage.SUPPORTED)) == []


def test_its_communitys_meetings_that_took_place_are_moments_with_their_page() -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community).project
    held = MeetingPageFactory(title="On plante", kind="work_day", communities=[community], held=True)
    MeetingPageFactory(title="À venir", communities=[community], starts_at=evening(in_days=3))
    MeetingPageFactory(title="Annulée", communities=[community], cancelled=True, starts_at=evening(in_days=-3))
    MeetingPageFactory(title="En brouillon", communities=[community], draft=True, starts_at=evening(in_days=-3))
    MeetingPageFactory(title="D’une autre", communities=[CommunityFactory()], held=True)

    (moment,) = timeline.of(project, timezone.now())

    assert moment.title.endswith("On plante")
    assert moment.url == held.url


def test_a_convention_ends_once_however_often_it_was_amended() -> None:
    project = ProjectFactory()
    convention = sign(ConventionFactory(project=project))
    for each in (sign(ConventionFactory(project=project, amends=convention)), convention):
        end(each)

    assert titles(project).count("La convention a pris fin") == 1


def test_a_meeting_whose_title_says_what_it_was_does_not_say_it_twice() -> None:
    assert timeline.titled("Inauguration du skate-park", kind="Inauguration") == "Inauguration du skate-park"
    assert timeline.titled("Le skate-park", kind="Inauguration") == "Inauguration\u00a0: Le skate-park"


def test_a_check_says_how_it_stands_and_never_in_whose_words() -> None:
    project = ProjectFactory(stage=Stage.STEWARDSHIP)
    found = {"answered_at": NOW - DAY, "words": "Madame Terril est malade."}
    StewardshipCheckFactory(project=project, state=CheckState.NEEDS_WORK, **found)
    StewardshipCheckFactory(project=project, state=CheckState.PLANNED)

    (moment,) = timeline.of(project, NOW)

    assert (moment.sign, moment.words) == ("warning", "")


def test_what_happened_on_one_day_is_told_in_its_order(staff: passing.Actor) -> None:
    project = ProjectFactory(stage=Stage.UNDER_WAY)
    minute = dt.timedelta(minutes=1)
    StewardshipCheckFactory(project=project)
    passing.to(thing=project, stage=Stage.DELIVERED, by=staff, now=NOW - 2 * minute)
    passing.to(thing=project, stage=Stage.STEWARDSHIP, by=staff, now=NOW)
    StewardshipCheckFactory(project=project, state=CheckState.GOOD, answered_at=NOW - minute)

    assert [moment.title for moment in timeline.of(project, NOW)] == [
        PASSED[Stage.STEWARDSHIP],
        "Entretien\u00a0: en bon état",
        PASSED[Stage.DELIVERED],
    ]


@pytest.mark.parametrize("many", [1, 12])
def test_the_number_of_queries_does_not_grow_with_the_story(
    many: int, staff: passing.Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community).project
    for days in range(many):
        MeetingPageFactory(communities=[community], held=True, starts_at=evening(in_days=-1 - days))
        StewardshipCheckFactory(project=project, state=CheckState.GOOD, answered_at=NOW - days * DAY)
    found = Project.objects.select_related("idea", "community").get(pk=project.pk)

    with django_assert_num_queries(3):
        assert len(timeline.of(found, timezone.now())) >= many
