"""What letters about work days hold on one resident, and what is left once they are erased."""

import uuid

import pytest
from django.utils import timezone, translation

from communities.models import Delivery, DeliveryState
from engagement.models import CoordinatorLetter, Reply
from engagement.volunteering.calling import holding, replies
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Nora wrote, and Ada answered."""
    work_day = a_work_day.of()
    nora, ada = a_work_day.coordinator(work_day, name="Nora Chevalet"), ResidentFactory(name="Ada Terril")
    VolunteerFactory(work_day=work_day, resident=ada)
    letter = a_work_day.write(work_day, nora, now=timezone.now())
    answered = replies.find(token=replies.token_of(a_work_day.to(letter, ada).pk))
    replies.reply(answered=answered, words="Je viens.", key=uuid.uuid4(), now=timezone.now())
    return nora, ada


def held(resident):
    with translation.override("en"):
        return holding.export(resident)


def test_each_reads_what_they_wrote_and_not_what_the_other_did(told):
    nora, ada = told

    assert [each["words"] for each in held(nora)["What you wrote about work days"]] == ["Apportez de quoi manger."]
    assert held(nora)["What you answered about work days"] == []
    assert [each["words"] for each in held(ada)["What you answered about work days"]] == ["Je viens."]


def test_an_erased_coordinators_words_and_name_go_and_their_letters_do_not_leave(told):
    nora, _ada = told

    holding.erase(resident=nora, now=timezone.now())

    letter = CoordinatorLetter.objects.get()
    assert (letter.by, letter.signed, letter.subject, letter.words) == (None, "…", "…", "…")
    assert Delivery.objects.get(mailing=letter.mailing).state == DeliveryState.SKIPPED


def test_an_erased_persons_answers_go_and_are_not_passed_on_any_more(told):
    _nora, ada = told

    holding.erase(resident=ada, now=timezone.now())

    assert (Reply.objects.get().words, Reply.objects.get().shown_as) == ("", "")
    delivery = Delivery.objects.select_related("mailing").get(mailing__kind=replies.LETTER_KIND)
    kind = a_work_day.letter_kinds[replies.LETTER_KIND]
    assert kind.still_true(mailing=delivery.mailing, deliveries=[delivery], now=timezone.now())


def test_strangers_hold_nothing(told):
    assert all(value == [] for value in held(ResidentFactory()).values())
