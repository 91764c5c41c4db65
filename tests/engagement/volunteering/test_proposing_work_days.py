"""Published by its coordinators, or proposed to the town hall: who may, who hears of it, and pressing twice."""

import dataclasses

import pytest
from django.utils import timezone

from communities.models import Delivery
from communities.post.kinds import letter_kinds
from engagement.models import WorkDay
from engagement.refusals import MayNot
from engagement.volunteering import telling
from engagement.volunteering.planning import changing, proposing, words
from engagement.volunteering.planning.words import Lines
from meetings.models import MeetingPage
from meetings.planning import CannotBePublished
from tests.communities.factories import CommunityFactory
from tests.engagement.volunteering.plans import NINE, TWO, coordinator, in_days, made
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def asks():
    """A coordinator whose community asks the town hall."""
    return coordinator(CommunityFactory())


@pytest.fixture
def nora():
    return StaffFactory(communication=True)


def proposed(by):
    return proposing.propose(work_day=made(by), by=by, now=NOW)


def decisions():
    return Delivery.objects.filter(mailing__kind=telling.DECIDED_LETTER)


def letter():
    mailing = decisions().get().mailing
    return letter_kinds[mailing.kind].compose(mailing=mailing, language="en")


def test_a_community_that_may_publishes_by_itself():
    ada = coordinator()

    proposing.publish(work_day=made(ada), by=ada, now=NOW)
    proposing.publish(work_day=WorkDay.objects.get(), by=ada, now=NOW)

    assert MeetingPage.objects.get().live
    assert not Delivery.objects.exists()


def test_others_ask_first(asks):
    with pytest.raises(proposing.NeedsAYes):
        proposing.publish(work_day=made(asks), by=asks, now=NOW)


def test_what_is_proposed_waits_once_however_often_it_is_pressed(asks):
    first = proposed(asks)

    again = proposing.propose(work_day=first, by=asks, now=timezone.now())

    assert again.asked_at == first.asked_at
    assert list(WorkDay.objects.awaiting_approval()) == [first]


def test_what_could_not_be_published_is_not_proposed(asks):
    with pytest.raises(CannotBePublished):
        proposing.propose(work_day=made(asks, venue=None), by=asks, now=NOW)


def test_a_yes_publishes_and_tells_whoever_proposed_it(asks, nora):
    proposing.approve(work_day=proposed(asks), words="Prenez le camion.", by=nora, now=NOW)

    assert MeetingPage.objects.get().live
    assert decisions().get().resident == asks
    assert "Prenez le camion." in letter().text
    assert letter().subject.startswith("Published")


def test_a_no_says_why_and_publishes_nothing(asks, nora):
    proposing.refuse(work_day=proposed(asks), words="Le parc est fermé.", by=nora, now=NOW)

    assert not MeetingPage.objects.get().live
    assert "Le parc est fermé." in letter().text
    assert WorkDay.objects.get().is_refused


@pytest.mark.parametrize("words", ["", "  \n "])
def test_a_no_without_a_word_is_none(asks, nora, words):
    with pytest.raises(proposing.NeedsWords):
        proposing.refuse(work_day=proposed(asks), words=words, by=nora, now=NOW)


def test_after_a_no_it_is_changed_and_proposed_again(asks, nora):
    work_day = proposing.refuse(work_day=proposed(asks), words="Trop tôt.", by=nora, now=NOW)

    again = proposing.propose(work_day=work_day, by=asks, now=NOW)

    assert again.awaits_approval
    assert not again.is_refused


def test_a_no_is_not_gone_round_by_publishing(asks, nora):
    work_day = proposing.refuse(work_day=proposed(asks), words="Trop tôt.", by=nora, now=NOW)

    with pytest.raises(proposing.NeedsAYes):
        proposing.publish(work_day=work_day, by=asks, now=NOW)


def test_after_a_yes_changes_are_published_at_once(asks, nora):
    work_day = proposing.approve(work_day=proposed(asks), by=nora, now=NOW)

    said = words.of_day(work_day)
    changing.change(work_day=work_day, said=dataclasses.replace(said, title="Verger"), needed=Lines(), by=asks, now=NOW)

    assert MeetingPage.objects.get().title == "Verger"


def test_what_is_taken_back_is_a_draft_that_nobody_decides_on(asks, nora):
    work_day = proposing.take_back(work_day=proposed(asks), by=asks)

    for decide in (proposing.approve, proposing.refuse):
        with pytest.raises(proposing.NothingToDecide):
            decide(work_day=work_day, words="Oui.", by=nora, now=NOW)


def test_two_of_the_staff_decide_once(asks, nora):
    work_day = proposed(asks)
    proposing.approve(work_day=work_day, by=nora, now=NOW)

    with pytest.raises(proposing.NothingToDecide):
        proposing.refuse(work_day=work_day, words="Non.", by=nora, now=NOW)
    assert decisions().count() == 1


def test_a_venue_taken_meanwhile_is_said_and_the_proposal_waits(asks, nora):
    work_day = proposed(asks)
    MeetingPageFactory(
        starts_at=words.at(in_days(10), NINE), ends_at=words.at(in_days(10), TWO), venue=work_day.meeting.venue
    )

    with pytest.raises(CannotBePublished):
        proposing.approve(work_day=work_day, by=nora, now=NOW)
    assert WorkDay.objects.get().awaits_approval


def test_whoever_was_erased_hears_nothing(asks, nora):
    work_day = proposed(asks)
    type(asks).objects.filter(pk=asks.pk).update(erased_at=NOW, email="", name="")

    proposing.approve(work_day=work_day, by=nora, now=NOW)

    assert not decisions().exists()


@pytest.mark.parametrize("rule", [proposing.publish, proposing.propose])
def test_whoever_does_not_run_it_neither_publishes_nor_proposes(asks, rule):
    work_day = made(asks)

    with pytest.raises(MayNot):
        rule(work_day=work_day, by=coordinator(), now=NOW)


@pytest.mark.parametrize("group", ["elected", ""])
def test_only_those_who_may_decide(asks, group):
    someone = StaffFactory(**({group: True} if group else {}))

    with pytest.raises(MayNot):
        proposing.approve(work_day=proposed(asks), by=someone, now=NOW)


def test_a_draft_is_dropped_with_its_page_and_what_is_public_is_not():
    ada = coordinator()
    draft, public = made(ada), proposing.publish(work_day=made(ada), by=ada, now=NOW)

    proposing.drop(work_day=draft, by=ada)

    assert list(MeetingPage.objects.all()) == [public.meeting]
    with pytest.raises(proposing.IsPublic):
        proposing.drop(work_day=public, by=ada)
