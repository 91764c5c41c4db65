"""Somebody is erased while they sign up, answer or correct themselves: nothing of it is written down afterwards."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import erasing, residents
from communities.models import Resident, SpaceSession
from communities.space import correcting, guard
from engagement.models import Reply, Volunteer
from engagement.volunteering import asking, signing_up
from engagement.volunteering.calling import replies
from engagement.volunteering.locking import NoLongerKnown
from engagement.volunteering.wishes import Wish
from meetings.models import AnswerChannel
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.factories_of_work_days import ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = timezone.now()


def erase(resident):
    erasing.erase(resident=resident, by=None, now=timezone.now())


def test_who_is_erased_while_they_sign_up_leaves_no_telephone():
    shift, known = ShiftFactory(), ResidentFactory()
    erase(known)

    wish = Wish(shifts=frozenset({shift.pk}), phone="0199887766", remark="Nora Chevalet")
    with pytest.raises(NoLongerKnown):
        signing_up.sign_up(work_day=shift.work_day, resident=known, wish=wish, channel=AnswerChannel.MAIL, now=NOW)

    assert not Volunteer.objects.exists()


def test_who_is_erased_while_they_withdraw_says_nothing_more():
    volunteer = VolunteerFactory(remark="Nora Chevalet", phone="0199887766")
    read_before = Volunteer.objects.select_related("work_day__meeting", "resident").get(pk=volunteer.pk)
    erase(volunteer.resident)

    with pytest.raises(NoLongerKnown):
        signing_up.withdraw(volunteer=read_before, channel=AnswerChannel.MAIL, now=NOW)

    volunteer.refresh_from_db()
    assert (volunteer.remark, volunteer.phone) == ("", "")


def test_a_button_pressed_while_they_are_erased_brings_no_name_back():
    shift = ShiftFactory()
    wish = Wish(shifts=frozenset({shift.pk}))
    held = asking.ask(work_day=shift.work_day, name="Nora", email="nora@example.org", wish=wish, now=NOW)
    erase(held.resident)

    with pytest.raises(NoLongerKnown):
        asking.confirm(volunteer=held, now=NOW)

    assert not Volunteer.objects.exists()
    assert not Resident.objects.get(pk=held.resident_id).name


def test_an_address_that_is_proven_too_late_names_nobody():
    someone = ResidentFactory(confirmed_at=None)
    erase(someone)

    residents.confirm(resident=someone, name="Nora Chevalet", now=NOW)

    someone.refresh_from_db()
    assert (someone.name, someone.confirmed_at) == ("", None)


def test_an_answer_sent_while_its_writer_is_erased_is_not_kept():
    work_day = a_work_day.of()
    someone = VolunteerFactory(work_day=work_day).resident
    letter = a_work_day.to(a_work_day.write(work_day, a_work_day.coordinator(work_day), now=NOW), someone)
    answered = replies.find(token=replies.token_of(letter.pk))
    erase(someone)

    with pytest.raises(NoLongerKnown):
        replies.reply(answered=answered, words="Je m’appelle Nora", key=uuid.uuid4(), now=NOW)

    assert not Reply.objects.exists()


def test_a_correction_sent_while_they_are_erased_is_not_kept(monkeypatch):
    """The session was read a moment before."""
    someone = ResidentFactory(name="Nora Chevalet")
    browser = signed_in(Client(), someone, now=NOW)
    session = SpaceSession.objects.select_related("resident").get()
    said = {field: getattr(someone, field) or "" for field in correcting.FIELDS} | {"neighbourhood": "", "name": "Nora"}
    erase(someone)
    monkeypatch.setattr(guard, "session_of", lambda _request: session)

    response = browser.post(reverse("communities:space_correct"), said)

    assert response.status_code == guard.NOT_IN
    assert not Resident.objects.get(pk=someone.pk).name
