"""What would help people come: said with the answer, read by the town hall, forgotten after the meeting."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from communities.retention import nightly
from meetings import helping, holding, rsvp, tasks
from meetings.models import Help, HelpAsked, Invitation
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnswerFactory, InvitationFactory, evening

pytestmark = pytest.mark.django_db

NOW = evening(in_days=0)


@pytest.fixture
def invited() -> Invitation:
    return InvitationFactory(resident__name="Ada Terril")


def answer(client: Client, invitation: Invitation, **said: object) -> None:
    client.post(reverse("meetings:answer", args=[rsvp.token_of(invitation)]), {"choice": "yes", **said})


def asked(invitation: Invitation) -> list[str]:
    return helping.asked_for(invitation)


def test_a_resident_says_it_with_their_answer_and_finds_it_ticked(client: Client, invited: Invitation):
    answer(client, invited, help_asked=["childcare", "lift"])

    page = client.get(reverse("meetings:answer", args=[rsvp.token_of(invited)])).content.decode()

    assert asked(invited) == ["lift", "childcare"]
    assert page.count("checked") == 3


def test_what_one_says_last_replaces_what_one_said_before(client: Client, invited: Invitation):
    answer(client, invited, help_asked=["childcare", "lift"])
    answer(client, invited, help_asked=["hearing_loop"])

    assert asked(invited) == ["hearing_loop"]


def test_nothing_ticked_is_nothing_kept(client: Client, invited: Invitation):
    answer(client, invited, help_asked=["lift"])
    answer(client, invited)

    assert not HelpAsked.objects.exists()


def test_whoever_does_not_come_needs_no_help(client: Client, invited: Invitation):
    answer(client, invited, help_asked=["lift"])
    answer(client, invited, choice="no", help_asked=["lift"])

    assert not HelpAsked.objects.exists()


def test_the_town_hall_reads_who_needs_what(desk: Client, invited: Invitation):
    helping.ask(invitation=invited, kinds=["lift"], now=NOW)
    helping.ask(invitation=InvitationFactory(meeting=invited.meeting), kinds=["lift", "childcare"], now=NOW)

    lift, childcare = helping.wanted(meeting=invited.meeting)

    assert (lift.number, childcare.number) == (2, 1)
    assert "Ada Terril" in lift.names
    assert "What would help them come" in words(desk.get(at("answers", invited.meeting)))


def test_staff_type_it_in_with_an_answer_heard_on_the_telephone(desk: Client, invited: Invitation):
    said = {"choice": "maybe", "channel": "phone", "help_asked": ["sign_language"]}

    desk.post(at("type_in", invited.meeting, invited.pk), said)

    assert asked(invited) == ["sign_language"]
    assert "checked" in words(desk.get(at("type_in", invited.meeting, invited.pk))).partition("sign_language")[2][:200]


def test_it_is_forgotten_in_the_night_after_the_meeting_and_the_answer_stays():
    past = AnswerFactory(invitation__meeting__past=True).invitation
    ahead = InvitationFactory()
    for invitation in (past, ahead):
        helping.ask(invitation=invitation, kinds=["lift"], now=NOW)

    tasks.forget()

    assert HelpAsked.objects.get().invitation == ahead
    assert past.answers.exists()


def test_a_meeting_that_goes_on_is_not_forgotten(invited: Invitation):
    helping.ask(invitation=invited, kinds=["lift"], now=NOW)

    nightly.run(room="meetings", now=invited.meeting.ends_at - dt.timedelta(minutes=1))

    assert asked(invited) == ["lift"]


def test_a_person_reads_it_among_what_we_hold_and_it_is_erased_with_them(invited: Invitation):
    helping.ask(invitation=invited, kinds=["lift"], now=NOW)
    assert str(Help.LIFT.label) in str(holding.export(invited.resident))

    holding.erase(resident=invited.resident, now=NOW)

    assert not HelpAsked.objects.exists()


def test_asking_for_no_help_is_not_kept_as_a_row(invited: Invitation):
    with pytest.raises(IntegrityError, match="whoever_asks_for_help_says_which"):
        HelpAsked.objects.create(invitation=invited, kinds=[], asked_at=NOW)
