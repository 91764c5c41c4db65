"""Does the line under an idea tell the truth of the day?"""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone, translation

from engagement import passing
from engagement.ideas import browsing, standing
from engagement.models import Idea, IdeaStage
from tests.engagement.factories import IdeaFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

RECEIVED = dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)
DUE = dt.date(2027, 3, 3)


def said(idea: Idea, day: dt.date) -> str:
    now = dt.datetime.combine(day, dt.time(11), tzinfo=dt.UTC)
    with translation.override("fr"):
        return standing.words(idea, now=now).replace("\u00a0", " ").replace("\u202f", " ")


def at(stage: IdeaStage) -> Idea:
    return IdeaFactory(stage=stage, received_at=RECEIVED, answer_due_on=DUE, created_at=RECEIVED)


@pytest.mark.parametrize(
    ("stage", "day", "words"),
    [
        (IdeaStage.RECEIVED, dt.date(2027, 2, 1), "reçue aujourd’hui, réponse avant le 3 mars 2027"),
        (IdeaStage.RECEIVED, dt.date(2027, 2, 2), "reçue il y a 1 jour, réponse avant le 3 mars 2027"),
        (IdeaStage.EXAMINATION, dt.date(2027, 2, 13), "à l’étude depuis 12 jours, réponse avant le 3 mars 2027"),
        (
            IdeaStage.EXAMINATION,
            dt.date(2027, 3, 4),
            "à l’étude depuis 31 jours, la réponse était attendue le 3 mars 2027 : elle est en retard",
        ),
        (
            IdeaStage.ASKED,
            dt.date(2027, 4, 1),
            "en attente d’une réponse des porteurs depuis 59 jours, la réponse de la mairie viendra ensuite",
        ),
        (IdeaStage.SUPPORTED, dt.date(2027, 4, 1), "soutenue par la commune le 1er février 2027"),
        (IdeaStage.REFUSED, dt.date(2027, 4, 1), "non soutenue : réponse donnée le 1er février 2027"),
        (IdeaStage.WITHDRAWN, dt.date(2027, 4, 1), "retirée par ses porteurs le 1er février 2027"),
    ],
)
def test_each_stage_says_how_long_and_by_when(stage: IdeaStage, day: dt.date, words: str):
    assert said(at(stage), day) == words


def test_the_last_day_is_not_late():
    assert "retard" not in said(at(IdeaStage.EXAMINATION), DUE)


def test_the_days_are_counted_from_the_stage_itself_on_the_page_as_in_the_list():
    idea = at(IdeaStage.RECEIVED)
    by = passing.Actor(user=StaffFactory(participation=True))
    passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=by, now=RECEIVED + dt.timedelta(days=10))
    Idea.objects.update(public_at=RECEIVED)
    (listed,) = browsing.for_cards(Idea.objects.public())

    on_the_page = said(Idea.objects.get(), dt.date(2027, 2, 13))

    assert "depuis 2 jours" in on_the_page
    assert said(listed, dt.date(2027, 2, 13)) == on_the_page


def test_a_night_is_a_day_on_the_towns_own_calendar():
    idea = at(IdeaStage.EXAMINATION)

    with time_machine.travel(dt.datetime(2027, 2, 2, 23, 30, tzinfo=dt.UTC), tick=False):
        assert "2 jours" in said_now(idea)


def said_now(idea: Idea) -> str:
    with translation.override("fr"):
        return standing.words(idea, now=timezone.now())
