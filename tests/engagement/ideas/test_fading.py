"""What is left of a refused idea after two years: no person, its title, its stages and the answer."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from communities.models import ArchivedRecord, Resident
from communities.retention import deciding, nightly
from communities.retention.rules import Reach
from engagement.ideas import fading
from engagement.models import Idea, IdeaAnswer, IdeaNote, IdeaStage, IdeaSupport, Passage
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.factories import StaffFactory

NOW = dt.datetime(2030, 3, 1, 3, tzinfo=dt.UTC)
THREE_YEARS = dt.timedelta(days=1095)
WORDS = "Ada Terril propose un banc."

pytestmark = pytest.mark.django_db


def refused(**facts: Any) -> Idea:
    """Refused three years ago, with a name in its words."""
    long_ago = NOW - THREE_YEARS
    made: dict[str, Any] = {"stage": IdeaStage.REFUSED, "created_at": long_ago, "title": "Un banc", "what": WORDS}
    named = {"given_name": "Ada Terril", "shown_as": "Ada T.", "who": "Moi et mon voisin"}
    idea: Idea = IdeaFactory(resident=ResidentFactory(name="Ada Terril"), **made | named | facts)
    return idea


def fade(*ideas: Idea) -> None:
    fading.fade([idea.pk for idea in ideas], Reach(before=NOW, now=NOW))
    for idea in ideas:
        idea.refresh_from_db()


def test_of_an_idea_nobody_reads_the_title_is_left() -> None:
    idea = refused()

    fade(idea)

    assert (idea.title, idea.given_name, idea.shown_as, idea.who) == ("Un banc", "", "", "")
    assert "banc" not in idea.what
    assert idea.faded_at == NOW


def test_a_published_one_keeps_its_words_without_the_name() -> None:
    idea = refused(public_at=NOW - THREE_YEARS)

    fade(idea)

    assert "un banc" in idea.what
    assert "Terril" not in idea.what


def test_supports_notes_and_answers_go_and_supporters_keep_their_day() -> None:
    idea, supporter = refused(), ResidentFactory()
    said_on = NOW - THREE_YEARS
    IdeaSupport.objects.create(idea=idea, resident=supporter, created_at=said_on, confirmed_at=said_on)
    IdeaAnswer.objects.create(idea=idea, words="Oui", answered_at=said_on)
    IdeaNote.objects.create(idea=idea, by=None, words="Appeler Ada", written_at=said_on)

    fade(idea)

    for gone in (IdeaSupport, IdeaAnswer, IdeaNote):
        assert not gone.objects.exists()
    assert Resident.objects.get(pk=supporter.pk).heard_at == said_on


def test_nothing_fades_before_two_years_nor_twice_nor_what_was_supported() -> None:
    old = refused()
    refused(created_at=NOW - dt.timedelta(days=700))
    refused(stage=IdeaStage.SUPPORTED)
    by = StaffFactory(administration=True)
    deciding.decide(name="engagement.ideas_refused", runs=True, number_seen=1, by=by, now=NOW)

    for _again in range(2):
        nightly.run(room="engagement", now=NOW)

    assert [idea.pk for idea in Idea.objects.filter(faded_at__isnull=False)] == [old.pk]
    assert ArchivedRecord.objects.count() == 1


def test_the_archives_get_the_idea_and_the_answer_without_who_proposed_it() -> None:
    idea = refused()
    Passage.objects.create(
        idea=idea,
        from_stage=IdeaStage.EXAMINATION,
        to_stage=IdeaStage.REFUSED,
        words="Le trottoir est trop étroit.",
        by=StaffFactory(),
        passed_at=timezone.now(),
    )

    (facts,) = fading.told([idea.pk])

    assert facts["title"] == "Un banc"
    assert facts["reason"] == "Le trottoir est trop étroit."
    assert "Terril" not in str(facts)
