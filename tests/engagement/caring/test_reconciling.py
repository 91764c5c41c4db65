"""Who is asked how it stands, when, and how often? The clock goes round for two years."""

import datetime as dt
import logging
import threading

import pytest
import time_machine
from django.db import connection

from communities import erasing
from communities.models import Channel, DeliveryState, Mailing, Resident
from communities.post import mailings
from config.celery import app
from engagement import tasks
from engagement.caring import asking, planning, reconciling
from engagement.models import CheckState, Stage, StewardshipCheck, TeamRole
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, check_in, found, letters, officer, readers, standing
from tests.engagement.factories import TeammateFactory

pytestmark = pytest.mark.django_db


def test_the_clock_asks_every_quarter_of_an_hour() -> None:
    assert {"task": tasks.ask_how_it_stands.name, "schedule": 900.0} in app.conf.beat_schedule.values()


def test_the_tick_asks_by_the_clock_of_the_moment() -> None:
    check = check_in(10)

    with time_machine.travel(NOW, tick=False):
        tasks.ask_how_it_stands(some_later_argument=1)

    assert [letter.mailing.key for letter in letters()] == [str(check.pk)]


def test_ten_days_before_and_not_earlier() -> None:
    check_in(11)
    reconciling.tick(now=NOW)
    assert letters() == []

    reconciling.tick(now=NOW + A_DAY)

    assert len(letters("check")) == 1


def test_once_each_however_often_the_clock_ticks() -> None:
    check_in(3)

    for minutes in range(0, 60, 15):
        reconciling.tick(now=NOW + dt.timedelta(minutes=minutes))

    assert len(letters()) == 1


def test_a_week_after_its_day_unanswered_one_reminder_and_no_more() -> None:
    check = check_in(10)

    asked_on = {}
    for days in range(60):
        before = len(letters())
        reconciling.tick(now=NOW + days * A_DAY)
        asked_on |= {days: letters()[-1].mailing.kind} if len(letters()) > before else {}

    assert asked_on == {0: "check", 17: "check_reminder"}
    assert StewardshipCheck.objects.overdue(TODAY + 60 * A_DAY).get() == check


def test_asked_too_late_it_is_reminded_of_a_week_after_the_letter() -> None:
    check_in(-30)
    reconciling.tick(now=NOW)

    reconciling.tick(now=NOW + 6 * A_DAY)
    assert len(letters()) == 1
    reconciling.tick(now=NOW + 7 * A_DAY)

    assert [letter.mailing.kind for letter in letters()] == ["check", "check_reminder"]


def test_answered_nobody_is_reminded() -> None:
    check = check_in(10)
    reconciling.tick(now=NOW)
    found(check)

    reconciling.tick(now=NOW + 40 * A_DAY)

    assert len(letters()) == 1


def test_two_years_day_by_day_ask_once_for_each_check_and_remind_once_of_each_that_nobody_did() -> None:
    project = standing(Stage.DELIVERED)
    planned = {"first_on": TODAY + 30 * A_DAY, "every_months": 6, "until": dt.date(2029, 2, 1), "what": "Les vis"}
    checks = planning.plan(project=project, **planned, by=officer(), now=NOW)
    answered = {check.pk for check in checks[::2]}

    for days in range(730):
        now = NOW + days * A_DAY
        reconciling.tick(now=now)
        for check in project.checks.to_come().filter(pk__in=answered, due_on=now.date()):
            found(check, now=now)

    posted = [(letter.mailing.kind, int(letter.mailing.key)) for letter in letters()]
    assert sorted(posted) == sorted(
        [("check", check.pk) for check in checks]
        + [("check_reminder", check.pk) for check in checks if check.pk not in answered]
    )
    assert len(checks) == 4


def test_a_letter_that_waits_at_the_desk_does_not_leave_beside_the_one_that_asks_anew() -> None:
    check = check_in(3, project=standing(holder=ResidentFactory(by_post=True)))
    reconciling.tick(now=NOW)
    planning.move(check=check, due_on=TODAY + 5 * A_DAY, by=officer(), now=NOW)

    reconciling.tick(now=NOW)

    first, second = letters()
    assert (first.state, second.state) == (DeliveryState.SKIPPED, DeliveryState.PENDING)


# --- Whom ------------------------------------------------------------------------------------------------------------


def test_whoever_it_is_entrusted_to_is_asked_and_nobody_else() -> None:
    steward = ResidentFactory()
    check_in(3, resident=steward)

    reconciling.tick(now=NOW)

    assert readers() == [steward]


def test_without_one_each_who_carries_the_project_is_asked() -> None:
    project = standing()
    second = TeammateFactory(project=project).resident
    TeammateFactory(project=project, role=TeamRole.HELPER)
    check_in(3, project=project)

    reconciling.tick(now=NOW)

    assert set(readers()) == {project.team.first().resident, second}


def test_those_without_e_mail_are_asked_on_paper_or_by_telephone() -> None:
    project = standing(holder=ResidentFactory(by_post=True))
    TeammateFactory(project=project, resident=ResidentFactory(without_email=True))
    check_in(3, project=project)

    reconciling.tick(now=NOW)

    assert {letter.channel for letter in letters()} == {Channel.LETTER, Channel.PHONE}


def test_whose_address_is_blocked_and_who_has_no_other_way_makes_those_who_carry_it_be_asked() -> None:
    lost = ResidentFactory()
    SuppressionFactory(address=lost.email)
    check = check_in(3, resident=lost)

    reconciling.tick(now=NOW)

    assert readers() == [check.project.team.get().resident]


def test_where_nobody_can_be_asked_it_waits_and_is_asked_once_somebody_can() -> None:
    project = standing(holder=None)
    check = check_in(3, project=project)
    reconciling.tick(now=NOW)
    assert (letters(), StewardshipCheck.objects.get(pk=check.pk).asked_at) == ([], None)

    newcomer = TeammateFactory(project=project).resident
    reconciling.tick(now=NOW + A_DAY)

    assert readers() == [newcomer]


def test_who_left_the_team_is_no_longer_asked() -> None:
    project = standing()
    left = TeammateFactory(project=project)
    check_in(20, project=project)
    left.delete()

    reconciling.tick(now=NOW + 10 * A_DAY)

    assert left.resident not in readers()


def test_an_erased_person_is_asked_nothing_and_the_others_look() -> None:
    gone = ResidentFactory()
    check = check_in(3, resident=gone)
    erasing.erase(resident=gone, by=officer(), now=NOW)

    reconciling.tick(now=NOW)

    assert readers() == [check.project.team.get().resident]
    assert StewardshipCheck.objects.get(pk=check.pk).resident is None


def test_who_withdrew_from_every_announcement_still_hears_of_what_they_look_after() -> None:
    steward: Resident = ResidentFactory(paused_until=NOW + 90 * A_DAY)
    check_in(3, resident=steward)

    reconciling.tick(now=NOW)

    assert readers() == [steward]


# --- What is no longer asked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.TAKEN_BACK, Stage.CLOSED])
def test_what_was_taken_back_or_is_over_is_called_off_by_whatever_way_it_passed_there(stage: Stage) -> None:
    check = check_in(3, project=standing(stage))

    reconciling.tick(now=NOW)

    assert letters() == []
    assert StewardshipCheck.objects.get(pk=check.pk).state == CheckState.CANCELLED


@pytest.mark.parametrize("stage", Stage.going_on())
def test_what_does_not_stand_yet_is_not_asked_about(stage: Stage) -> None:
    check_in(3, project=standing(stage))

    reconciling.tick(now=NOW)

    assert letters() == []
    assert not StewardshipCheck.objects.overdue(TODAY + 90 * A_DAY).exists()


def test_one_check_that_cannot_be_asked_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    check_in(2)
    check_in(3)
    post, tried = mailings.post, []

    def stumble(**facts: object) -> Mailing:
        tried.append(facts["key"])
        if len(tried) == 1:
            raise RuntimeError("out of paper")
        return post(**facts)

    monkeypatch.setattr(mailings, "post", stumble)

    with caplog.at_level(logging.ERROR):
        reconciling.tick(now=NOW)

    assert len(letters()) == 1
    assert "Nobody was asked" in caplog.text


def test_a_tick_with_nothing_to_do_asks_little_of_the_database(django_assert_num_queries) -> None:
    for days in range(20, 60):
        check_in(days)

    with django_assert_num_queries(3):
        reconciling.tick(now=NOW)


def test_a_link_finds_its_reader_and_its_check() -> None:
    check = check_in(3)
    reconciling.tick(now=NOW)
    (letter,) = letters()

    asked = asking.find(token=asking.token_of(letter))

    assert asked == asking.Asked(check, letter.resident)
    assert asking.find(token="a" * 24) is None


@pytest.mark.django_db(transaction=True)
def test_two_clocks_that_tick_at_once_ask_once() -> None:
    check_in(3)
    together = threading.Barrier(2)

    def tick() -> None:
        together.wait()
        try:
            reconciling.tick(now=NOW)
        finally:
            connection.close()

    both = [threading.Thread(target=tick) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert len(letters()) == 1
