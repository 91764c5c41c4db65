"""How does what was built stand, for everyone?"""

import datetime as dt

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagement.caring import checking, planning, showing
from engagement.models import CheckKind, CheckState, KeptFile, Project, Side, Stage, StewardshipCheck
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, by, check_in, found, officer, standing
from tests.engagement.factories import KeptFileFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import DutyFactory

pytestmark = pytest.mark.django_db

LATER = NOW + 30 * A_DAY


def page(project: Project, today: dt.date = TODAY) -> str:
    shown = showing.of(project=project, today=today)
    return " ".join(render_to_string("components/stewardship.html", {"shown": shown}).split())


@pytest.mark.parametrize("stage", Stage.going_on())
def test_before_it_stands_there_is_nothing_to_show(stage: Stage) -> None:
    assert showing.of(project=check_in(3, project=standing(stage)).project, today=TODAY) is None


def test_where_nothing_was_ever_planned_there_is_nothing_to_show() -> None:
    assert showing.of(project=standing(Stage.DELIVERED), today=TODAY) is None


def test_before_the_first_check_it_says_when_it_is() -> None:
    assert "La première visite est à venir." in page(check_in(20).project)
    assert "dimanche 21 mars 2027" in page(check_in(20).project)


def test_in_good_condition_it_says_since_when_and_what_comes_next() -> None:
    project = found(check_in(-2)).project
    check_in(180, project=project)
    check_in(90, project=project, kind=CheckKind.REVIEW)

    shown = page(project)

    assert "En bon état." in shown
    assert "lundi 1er mars 2027" in shown
    assert shown.index("Dernière visite") < shown.index("Prochaine visite") < shown.index("Prochain bilan")


def test_what_needs_work_says_so_until_it_is_put_right() -> None:
    check = found(check_in(-2), CheckState.NEEDS_WORK)
    assert "Des travaux sont nécessaires." in page(check.project)

    checking.put_right(check=check, words="", by=officer(), now=LATER)

    assert "Des travaux" not in page(check.project)


def test_an_overdue_check_is_said_with_the_day_it_was_due() -> None:
    assert "Une visite est en retard : elle était à faire avant le samedi 27 février 2027." in page(
        check_in(-2).project
    ).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("stage", "said"),
    [(Stage.TAKEN_BACK, "La commune l’a repris et l’entretient."), (Stage.CLOSED, "Plus personne ne l’entretient")],
)
def test_taken_back_or_over_it_says_so_and_promises_no_check(stage: Stage, said: str) -> None:
    check = check_in(-2, project=standing(stage), state=CheckState.GOOD, answered_at=NOW)

    shown = page(check.project)

    assert said in shown
    assert "Prochain" not in shown


def test_who_does_what_is_said_without_a_name_and_nobody_who_looked_is_named() -> None:
    check = check_in(-2)
    resident = check.project.team.get().resident
    found(check, words="Vu avec Nora.", by=by(resident))
    DutyFactory(project=check.project, who="")
    DutyFactory(project=check.project, what="Tondre", who="Le service des espaces verts", side=Side.COMMUNE)

    shown = page(check.project)

    assert "Arroser les bacs" in shown
    assert "Habitants" in shown
    assert "Le service des espaces verts" in shown
    assert resident.name not in shown
    assert "Nora" not in shown


def test_only_photographs_that_staff_show_are_shown() -> None:
    check = found(check_in(-2))
    photo: KeptFile = KeptFileFactory(media_type="image/jpeg", width=300, height=200)
    StewardshipCheck.objects.filter(pk=check.pk).update(photo=photo)
    assert "<img" not in page(check.project)

    checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=officer())

    assert f'src="/entretien/photos/{check.pk}.jpg"' in page(check.project)


def test_what_was_called_off_is_not_counted() -> None:
    check = check_in(3)
    planning.call_off(checks=[check], why="", by=officer())

    assert showing.of(project=check.project, today=TODAY) is None


def test_a_project_checked_for_fifty_years_is_shown_in_two_queries(django_assert_num_queries) -> None:
    project = standing()
    for days in range(0, 100, 2):
        found(check_in(-days, project=project))
    DutyFactory(project=project)

    with django_assert_num_queries(2):
        page(project)


def test_the_page_of_a_project_says_how_it_stands_in_as_many_queries_whatever_was_checked(client: Client) -> None:
    page = ProjectPageFactory(stage=Stage.STEWARDSHIP)
    without = queries_of(client, page.url)

    check = found(check_in(-2, project=page.project))
    DutyFactory(project=page.project)
    StewardshipCheck.objects.filter(pk=check.pk).update(photo=KeptFileFactory(), is_photo_public=True)

    shown = client.get(page.url).content.decode()
    assert "En bon état." in shown
    assert f"/entretien/photos/{check.pk}.jpg" in shown
    assert queries_of(client, page.url) <= without


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
