"""What nobody came back to is gone after thirty days, with its files; what the town hall received stays."""

import datetime as dt

import pytest
from django.utils import timezone

from communities import forgetting as forgetting_people
from communities.models import Delivery, DeliveryState, Mailing, Resident
from communities.retention import nightly
from config.celery import app
from engagement import tasks
from engagement.ideas import drafting, submitting
from engagement.models import CertificateRequest, HourSheet, Idea, IdeaPicture, IdeaSupport, KeptFile
from tests import town_of_ideas
from tests.engagement.factories import IdeaFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import CertificateRequestFactory
from tests.engagement.ideas.writing import begun

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + dt.timedelta(days=31)


def every_letter_left() -> None:
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=NOW)


def test_the_clock_asks_every_night():
    assert tasks.forget.name in {entry["task"] for entry in app.conf.beat_schedule.values()}
    tasks.forget(some_later_argument=1)


def test_each_night_lets_go_of_sheets_nobody_applied_and_of_certificates_nobody_gave():
    sheet = {"project": ProjectFactory(), "file_name": "heures.csv", "rows": [{"what": "Ada Terril"}]}
    HourSheet.objects.create(**sheet, uploaded_at=NOW - dt.timedelta(days=31))
    kept = [
        HourSheet.objects.create(**sheet, uploaded_at=NOW - dt.timedelta(days=29)),
        HourSheet.objects.create(**sheet, uploaded_at=NOW - dt.timedelta(days=900), applied_at=NOW),
    ]
    CertificateRequestFactory(left_at=NOW - dt.timedelta(days=91))

    tasks.forget()

    assert sorted(HourSheet.objects.all(), key=lambda sheet: sheet.pk) == kept
    assert not CertificateRequest.objects.exists()


def test_a_draft_nobody_came_back_to_goes_with_its_photographs_and_its_letters():
    idea = begun()
    town_of_ideas.illustrate(idea)
    drafting.continue_later(idea=idea, now=NOW)
    every_letter_left()

    nightly.run(room="engagement", now=LATER)

    assert not Idea.objects.exists()
    assert not IdeaPicture.objects.exists()
    assert not KeptFile.objects.exists()
    assert not Mailing.objects.exists()


def test_who_began_it_goes_too_when_nothing_else_speaks_of_them():
    begun()

    nightly.run(room="engagement", now=LATER)
    forgetting_people.forget(now=LATER)

    assert not Resident.objects.exists()


def test_a_draft_lives_thirty_days_from_the_last_word_written():
    idea = begun()
    drafting.save(idea=idea, facts={"title": "Un verger"}, now=NOW + dt.timedelta(days=20))

    nightly.run(room="engagement", now=LATER)
    assert Idea.objects.exists()
    nightly.run(room="engagement", now=NOW + dt.timedelta(days=51))

    assert not Idea.objects.exists()


def test_a_sent_draft_lives_as_long_as_its_button():
    idea = begun()
    submitting.send(idea=idea, now=NOW + dt.timedelta(days=20))
    every_letter_left()

    nightly.run(room="engagement", now=LATER)
    assert submitting.find(token=submitting.token_of(idea)) == idea
    nightly.run(room="engagement", now=NOW + dt.timedelta(days=51))

    assert not Idea.objects.exists()


def test_a_draft_whose_letter_has_not_left_yet_waits_for_it():
    idea = begun()
    drafting.continue_later(idea=idea, now=NOW)

    nightly.run(room="engagement", now=LATER)

    assert Idea.objects.exists()


def test_what_was_received_is_kept():
    IdeaFactory()

    nightly.run(room="engagement", now=LATER + dt.timedelta(days=3000))

    assert Idea.objects.exists()


def test_a_support_nobody_confirmed_goes_and_one_that_counts_stays():
    idea = IdeaFactory(public=True)
    town_of_ideas.support(idea)
    sure = town_of_ideas.support(idea, confirmed_at=NOW)

    nightly.run(room="engagement", now=LATER)

    assert IdeaSupport.objects.get() == sure
