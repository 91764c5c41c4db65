"""To find an idea good, or to join in: a name, an address, a letter, and a number that tells the truth."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Mailing
from engagement.ideas import supporting
from engagement.models import Idea, IdeaStage, IdeaSupport
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ask(idea: Idea, *, joins: bool = False, email: str = "nora@example.org", minutes: int = 0) -> IdeaSupport:
    now = NOW + dt.timedelta(minutes=minutes)
    return supporting.ask(idea=idea, name="Nora Chevalet", email=email, joins=joins, now=now)


def counted(idea: Idea) -> tuple[int, int]:
    told = Idea.objects.with_support().get(pk=idea.pk)
    return told.supported, told.joining


def letters() -> int:
    return Mailing.objects.filter(kind=supporting.LETTER_KIND).count()


def test_a_support_counts_once_its_button_is_pressed():
    idea = IdeaFactory(public=True)
    support = ask(idea)
    assert counted(idea) == (0, 0)

    supporting.confirm(support=support, joins=False, wants_news=True, now=NOW)

    assert counted(idea) == (1, 0)
    support.resident.refresh_from_db()
    assert (support.resident.confirmed_at, support.wants_news) == (NOW, True)


def test_who_would_take_part_is_counted_among_those_who_support():
    idea = IdeaFactory(public=True)

    supporting.confirm(support=ask(idea, joins=True), joins=True, wants_news=False, now=NOW)

    assert counted(idea) == (1, 1)


def test_asking_twice_in_a_row_sends_one_letter():
    idea = IdeaFactory(public=True)

    ask(idea)
    ask(idea, minutes=9)
    assert letters() == 1
    ask(idea, minutes=11)

    assert letters() == 2
    assert IdeaSupport.objects.count() == 1


def test_a_stranger_changes_nothing_that_counts_already():
    idea = IdeaFactory(public=True)
    supporting.confirm(support=ask(idea, joins=True), joins=True, wants_news=True, now=NOW)

    ask(idea, joins=False, minutes=30)

    assert counted(idea) == (1, 1)
    assert IdeaSupport.objects.get().wants_news


def test_whoever_changes_their_mind_is_counted_no_more_and_may_come_back():
    idea = IdeaFactory(public=True)
    support = ask(idea)
    supporting.confirm(support=support, joins=False, wants_news=False, now=NOW)

    supporting.withdraw(support=support)
    assert counted(idea) == (0, 0)

    assert ask(idea, minutes=20).confirmed_at is None


def test_a_button_pressed_after_the_support_was_taken_back_counts_nothing_and_says_why():
    idea = IdeaFactory(public=True)
    ask(idea)
    first, second = IdeaSupport.objects.get(), IdeaSupport.objects.get()
    supporting.withdraw(support=first)

    with pytest.raises(supporting.Gone):
        supporting.confirm(support=second, joins=True, wants_news=True, now=NOW)

    assert counted(idea) == (0, 0)


def test_pressing_again_keeps_the_first_day():
    idea = IdeaFactory(public=True)
    support = ask(idea)

    for days, joins in ((0, False), (3, True)):
        supporting.confirm(support=support, joins=joins, wants_news=False, now=NOW + dt.timedelta(days=days))

    assert (support.confirmed_at, support.joins) == (NOW, True)


@pytest.mark.parametrize("stage", [IdeaStage.SUPPORTED, IdeaStage.REFUSED, IdeaStage.WITHDRAWN])
def test_an_idea_that_has_its_answer_gathers_no_support(stage: IdeaStage):
    with pytest.raises(supporting.NotOpen):
        ask(IdeaFactory(public=True, stage=stage))

    assert letters() == 0


def test_an_idea_that_nobody_published_gathers_no_support():
    with pytest.raises(supporting.NotOpen):
        ask(IdeaFactory())


def test_a_button_pressed_after_the_answer_counts_no_more_but_what_counted_can_still_be_changed():
    idea = IdeaFactory(public=True)
    late, sure = ask(idea), ask(idea, email="ada@example.org")
    supporting.confirm(support=sure, joins=False, wants_news=False, now=NOW)
    Idea.objects.filter(pk=idea.pk).update(stage=IdeaStage.REFUSED, decided_at=NOW)
    for support in (late, sure):
        support.idea.refresh_from_db()

    with pytest.raises(supporting.NotOpen):
        supporting.confirm(support=late, joins=False, wants_news=False, now=NOW)
    supporting.confirm(support=sure, joins=False, wants_news=True, now=NOW)

    assert counted(idea) == (1, 0)


def test_a_link_sent_to_an_earlier_address_opens_nothing():
    support = ask(IdeaFactory(public=True))
    token = supporting.token_of(support)
    assert supporting.find(token=token) == support

    support.resident.addresses_before = 1
    support.resident.save()

    assert supporting.find(token=token) is None


def test_the_count_of_one_idea_is_not_that_of_another():
    idea, other = IdeaFactory(public=True), IdeaFactory(public=True)
    for resident in ResidentFactory.create_batch(3):
        IdeaSupport.objects.create(idea=other, resident=resident, created_at=NOW, confirmed_at=NOW)

    assert (counted(idea), counted(other)) == ((0, 0), (3, 0))
