"""Who supports an idea and asked to know hears what became of it; nobody else does, and they stop it themselves."""

import pytest
from django.utils import timezone

from communities.models import Delivery, Mailing
from communities.post.kinds import letter_kinds
from engagement import passing, telling
from engagement.examining import deciding
from engagement.models import Idea, IdeaStage
from tests import town_of_ideas
from tests.engagement.factories import IdeaFactory
from tests.factories import StaffFactory, home_page

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def master() -> passing.Actor:
    return passing.Actor(user=StaffFactory(administration=True))


def answered(idea: Idea) -> Mailing | None:
    """The commune says no; the letter to those who support it."""
    passing.to(thing=idea, stage=IdeaStage.REFUSED, by=master(), words="Le sol est pollué.", now=NOW, decided_at=NOW)
    return Mailing.objects.filter(kind=telling.NEWS_KIND).first()


def readers(mailing: Mailing) -> set[int]:
    return set(mailing.deliveries.values_list("resident", flat=True))


def skipped(mailing: Mailing) -> dict[int, str]:
    deliveries = list(mailing.deliveries.all())
    return dict(letter_kinds[mailing.kind].still_true(mailing=mailing, deliveries=deliveries, now=NOW))


def test_only_those_who_asked_and_confirmed_hear_of_the_answer():
    idea = IdeaFactory(public=True)
    asked = town_of_ideas.support(idea, confirmed_at=NOW, wants_news=True)
    town_of_ideas.support(idea, confirmed_at=NOW)
    town_of_ideas.support(idea, wants_news=True)

    assert readers(answered(idea)) == {asked.resident_id}


def test_an_idea_shown_again_with_its_answer_tells_those_who_supported_it_while_it_was_public():
    idea = IdeaFactory()
    asked = town_of_ideas.support(idea, confirmed_at=NOW, wants_news=True)

    deciding.refuse(idea=idea, reason="Le sol est pollué.", is_published=True, by=master(), now=NOW)

    assert readers(Mailing.objects.get(kind=telling.NEWS_KIND)) == {asked.resident_id}


def test_nobody_hears_of_a_stage_on_the_way():
    idea = IdeaFactory(public=True)
    town_of_ideas.support(idea, confirmed_at=NOW, wants_news=True)

    passing.to(thing=idea, stage=IdeaStage.ASKED, by=master(), words="Quand ?", now=NOW)

    assert not Mailing.objects.filter(kind=telling.NEWS_KIND).exists()


def test_without_anyone_who_asked_no_letter_is_posted():
    assert answered(IdeaFactory(public=True)) is None


def test_whoever_took_their_support_back_meanwhile_is_left_alone():
    idea = IdeaFactory(public=True)
    town_of_ideas.support(idea, confirmed_at=NOW, wants_news=True)
    mailing = answered(idea)
    assert skipped(mailing) == {}

    idea.supports.update(wants_news=False)

    assert list(skipped(mailing)) == [Delivery.objects.get(mailing=mailing).pk]


def test_who_supported_an_idea_that_was_joined_to_another_hears_it_by_a_link_that_works():
    home_page()
    idea, twin = IdeaFactory(public=True), IdeaFactory(public=True)
    town_of_ideas.support(idea, confirmed_at=NOW, wants_news=True)

    deciding.join(idea=idea, twin=twin, reason="La même, à côté.", by=master(), now=NOW)

    mailing = Mailing.objects.get(kind=telling.NEWS_KIND)
    (delivery,) = mailing.deliveries.all()
    link = letter_kinds[mailing.kind].personal(mailing=mailing, deliveries=[delivery])[delivery.pk]["support_url"]
    assert skipped(mailing) == {}
    assert "exemple" not in link


def test_a_thousand_readers_cost_as_many_queries_as_one(django_assert_max_num_queries):
    idea = IdeaFactory(public=True)
    for _ in range(12):
        town_of_ideas.support(idea, confirmed_at=NOW, wants_news=True)
    mailing = answered(idea)
    deliveries = list(mailing.deliveries.all())

    with django_assert_max_num_queries(4):
        letter_kinds[mailing.kind].personal(mailing=mailing, deliveries=deliveries)
        letter_kinds[mailing.kind].still_true(mailing=mailing, deliveries=deliveries, now=NOW)
