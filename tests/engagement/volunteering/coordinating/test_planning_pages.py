"""How a coordinator writes a work day down and changes it; errors keep what was typed."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from engagement.models import WorkDay
from engagement.volunteering.coordinating import rows
from engagement.volunteering.planning import repeating
from meetings.models import MeetingPage
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering import typed
from tests.engagement.volunteering.coordinating.addresses import at, new_page, words
from tests.engagement.volunteering.plans import in_days, made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = timezone.now()


# --- Writing down ----------------------------------------------------------------------------------------------------


def test_the_two_buttons_for_more_lines_are_told_apart_by_their_words(browser, ada):
    said = words(browser.get(new_page(ada)))

    assert ">Add empty shifts</button>" in said
    assert ">Add empty things to bring</button>" in said


def test_a_work_day_is_written_down_without_javascript(browser, ada):
    answer = browser.post(new_page(ada), typed.whole(), follow=True)

    work_day = WorkDay.objects.get()
    assert answer.redirect_chain[0][0] == at("work_day", work_day.pk) + "?done=made"
    assert "as a draft" in words(answer)
    assert (work_day.shifts.get().begins, work_day.shifts.get().ends) == (dt.time(9), dt.time(17))
    assert work_day.needs.get().quantity == 5
    assert str(work_day.meeting.venue) == "Le verger"


def test_the_same_press_sent_twice_is_one_work_day(browser, ada):
    key = str(uuid.uuid4())

    for _press in range(2):
        browser.post(new_page(ada), typed.whole(uid=key))

    assert WorkDay.objects.count() == 1


def test_the_page_makes_the_key_itself(browser, ada):
    first, second = (browser.get(new_page(ada)).context["sheet"].day["uid"].value() for _look in range(2))

    assert first != second


@pytest.mark.parametrize("button", ["add_shifts", "add_needs"])
def test_three_more_empty_lines_keep_everything_and_say_nothing_wrong(browser, ada, button):
    answer = browser.post(new_page(ada), typed.whole(title="", day="") | {button: "1"})

    sheet = answer.context["sheet"]
    assert answer.status_code == 200
    grown = sheet.lines.shifts if button == "add_shifts" else sheet.lines.needs
    assert len(grown.forms) == 7
    assert "Désherber" in words(answer)
    assert "field--wrong" not in words(answer)
    assert not WorkDay.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "required"),
        ({"day": "demain"}, "valid date"),
        ({"ends": "08:00"}, "ends before it starts"),
        ({"day": "2027-03-28", "begins": "02:30"}, "clocks change"),
        ({"day": "2020-01-01"}, "past"),
        ({"title": "x\x00y"}, "Null"),
        ({"title": "x" * 10_000}, "at most 120"),
        ({"summary": "x" * 10_000}, "at most 500"),
        ({"fallback_on": "2020-01-01"}, "comes after the first"),
        ({"leader": "999999"}, "valid choice"),
    ],
)
def test_an_error_keeps_what_was_typed(browser, ada, wrong, sentence):
    answer = browser.post(new_page(ada), typed.whole(practical="Des gants.") | wrong)

    assert answer.status_code in {409, 422}
    assert sentence in words(answer)
    assert "Des gants." in words(answer)
    assert "Désherber" in words(answer)
    assert not WorkDay.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"minimum": "9"}, "as many places"),
        ({"places": ""}, "required"),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"places": "99999999999"}, "less than or equal"),
        ({"begins": "12:00", "ends": "11:00"}, "ends after it begins"),
        ({"ends": "19:00"}, "outside the hours of the day"),
        ({"role": "x" * 200}, "at most 80"),
        ({"minors": "babies"}, "valid choice"),
    ],
)
def test_a_wrong_line_is_said_beside_it(browser, ada, wrong, sentence):
    answer = browser.post(new_page(ada), typed.whole(shifts=[typed.SHIFT | wrong]))

    assert answer.status_code in {409, 422}
    assert sentence in words(answer)
    assert "Brouettes" in words(answer)


def test_a_form_without_its_counters_is_an_error_and_no_crash(browser, ada):
    answer = browser.post(new_page(ada), typed.the_day())

    assert answer.status_code == 422


def test_nobody_adds_lines_without_end(browser, ada):
    sent = typed.whole() | {f"{rows.SHIFTS}-TOTAL_FORMS": "5000", "add_shifts": "1"}

    assert len(browser.post(new_page(ada), sent).context["sheet"].lines.shifts.forms) <= rows.MOST + rows.MORE


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "x"])
def test_what_only_looks_like_a_number_breaks_no_page(browser, ada, number):
    work_day = made(ada)
    sent = typed.whole() | {f"{rows.SHIFTS}-TOTAL_FORMS": number, "add_shifts": "1"}

    assert browser.get(at("series", work_day.pk), {"kept": number, "changed": number}).status_code == 200
    assert browser.post(new_page(ada), sent).status_code == 200


# --- Changing --------------------------------------------------------------------------------------------------------


def test_what_is_there_is_changed_and_taken_off(browser, ada):
    work_day = made(ada)
    first = work_day.shifts.first()
    sent = typed.of_work_day(work_day, title="Les pommiers")
    sent |= {"shifts-0-role": "Biner", "shifts-1-DELETE": "on"}

    answer = browser.post(at("edit_work_day", work_day.pk), sent)

    assert answer.headers["Location"].endswith("?done=changed")
    assert [(each.pk, each.role) for each in work_day.shifts.all()] == [(first.pk, "Biner")]
    assert MeetingPage.objects.get().title == "Les pommiers"


def test_the_page_sends_back_what_stands(browser, ada):
    work_day = made(ada, practical="Des gants.")

    form = browser.get(at("edit_work_day", work_day.pk)).context["sheet"]

    assert form.day["practical"].value() == "Des gants."
    assert [row["role"].value() for row in form.lines.shifts.forms] == ["Désherber", "Planter", None, None, None]


def test_what_somebody_took_asks_once_more_and_then_tells_them(browser, ada):
    work_day = made(ada)
    VolunteerFactory(work_day=work_day, shifts=[work_day.shifts.first()])
    sent = typed.of_work_day(work_day) | {"shifts-0-DELETE": "on"}

    refused = browser.post(at("edit_work_day", work_day.pk), sent)

    assert refused.status_code == 409
    assert "1 person" in words(refused)
    assert 'name="anyway"' in words(refused)
    assert browser.post(at("edit_work_day", work_day.pk), sent | {"anyway": "1"}).status_code == 302
    assert work_day.shifts.count() == 1


def test_an_emptied_line_asks_to_be_taken_off(browser, ada):
    work_day = made(ada)

    answer = browser.post(at("edit_work_day", work_day.pk), typed.of_work_day(work_day) | {"shifts-0-role": ""})

    assert answer.status_code == 422
    assert work_day.shifts.count() == 2


def test_of_a_series_the_change_may_hold_for_those_that_follow(browser, ada):
    work_day = made(ada)
    (later,) = repeating.repeat(work_day=work_day, days=[in_days(17)], by=ada, now=NOW)
    page = browser.get(at("edit_work_day", work_day.pk))
    assert "this day and those that follow" in words(page)

    sent = typed.of_work_day(work_day, practical="Des bottes.", reach="after")
    answer = browser.post(at("edit_work_day", work_day.pk), sent, follow=True)

    later.refresh_from_db()
    assert later.practical == "Des bottes."
    assert "1 that follows" in words(answer)


def test_for_this_day_alone_the_others_stay(browser, ada):
    work_day = made(ada)
    (later,) = repeating.repeat(work_day=work_day, days=[in_days(17)], by=ada, now=NOW)

    browser.post(at("edit_work_day", work_day.pk), typed.of_work_day(work_day, practical="Des bottes.", reach="one"))

    later.refresh_from_db()
    assert later.practical == ""
