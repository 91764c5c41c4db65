"""What a coordinator reads in their space of the work days they run, and what it costs."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Resident
from engagement.volunteering import counting
from engagement.volunteering.planning import proposing, repeating
from meetings.models import MeetingPage, MeetingStatus
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.coordinating.addresses import at, words
from tests.engagement.volunteering.plans import in_days, made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = timezone.now()


# --- What is shown ---------------------------------------------------------------------------------------------------


def someone_who_comes(work_day):
    resident = ResidentFactory(
        name="Inès Briquette", email="ines@example.org", phone="0611223344", street="4 rue des Secrets"
    )
    return VolunteerFactory(
        work_day=work_day,
        resident=resident,
        given_name="Inès B.",
        guests=2,
        minors=1,
        phone="0699887766",
        remark="J’arrive à dix heures.",
        seats_offered=3,
        leaves_from="Place du Terril",
        shifts=[work_day.shifts.first()],
        items={work_day.needs.first(): 2},
    )


def test_the_page_says_who_comes_with_what_and_nobodys_address(browser, ada):
    work_day = made(ada)
    someone_who_comes(work_day)

    shown = words(browser.get(at("work_day", work_day.pk)))

    for expected in ("Inès B.", "and 2 people", "of whom 1 minor", "Désherber", "Brouettes, 2", "Offers 3 seats"):
        assert expected in shown
    assert "06 99 88 77 66" in shown.replace("\u202f", " ").replace("\xa0", " ")
    for secret in ("ines@example.org", "0611223344", "06 11 22 33 44", "rue des Secrets"):
        assert secret not in shown.replace("\u202f", " ").replace("\xa0", " ")


def test_an_address_that_stands_where_a_name_should_is_not_shown(browser, ada):
    work_day = made(ada)
    VolunteerFactory(work_day=work_day, resident=ResidentFactory(name="ines@example.org"))

    assert "ines@example.org" not in words(browser.get(at("work_day", work_day.pk)))


def test_of_a_day_gone_by_what_comes_after_is_done_first(browser, ada):
    work_day = proposing.publish(work_day=made(ada), by=ada, now=NOW)
    ago = NOW - dt.timedelta(days=20)
    MeetingPage.objects.filter(pk=work_day.meeting_id).update(
        starts_at=ago, ends_at=ago + dt.timedelta(hours=3), status=MeetingStatus.HELD
    )

    said = words(browser.get(at("work_day", work_day.pk)))

    assert said.index("Who had signed up") < said.index("Tick who is there") < said.index("What was needed")
    assert "Write, call, warn" not in said


def test_whoever_withdrew_or_was_erased_is_not_named(browser, ada):
    work_day = made(ada)
    VolunteerFactory(work_day=work_day, given_name="Basile", withdrawn_at=NOW)
    gone = VolunteerFactory(work_day=work_day, given_name="Nora").resident
    Resident.objects.filter(pk=gone.pk).update(erased_at=NOW)

    shown = words(browser.get(at("work_day", work_day.pk)))

    assert "Basile" not in shown
    assert "Nora" not in shown


def test_the_list_has_those_to_come_the_drafts_and_those_gone_by(browser, ada):
    public, _draft = proposing.publish(work_day=made(ada), by=ada, now=NOW), made(ada, title="Brouillon")
    old = proposing.publish(work_day=made(ada, title="Ancien"), by=ada, now=NOW)
    MeetingPage.objects.filter(pk=old.meeting.pk).update(
        starts_at=NOW - dt.timedelta(days=9), ends_at=NOW - dt.timedelta(days=8)
    )

    shown = browser.get(at("work_days")).context

    assert [line.work_day for line in shown["public"]] == [public]
    assert [line.work_day.meeting.title for line in shown["drafts"]] == ["Brouillon"]
    assert [line.work_day for line in shown["gone_by"]] == [old]


def test_my_space_leads_to_the_work_days_that_i_run(browser, ada, as_resident):
    made(ada)

    assert at("work_days") in words(browser.get("/mon-espace/"))
    assert at("work_days") not in words(as_resident(ResidentFactory()).get("/mon-espace/"))


# --- How much it costs -----------------------------------------------------------------------------------------------


FEW, OF_AN_AUDIENCE = 15, 20  # who is concerned, and who agreed, takes ten by itself


@pytest.mark.parametrize(
    "view", ["work_days", "work_day", "edit_work_day", "publish_work_day", "once_more", "series", "invite"]
)
def test_a_page_takes_few_queries_however_many_come(browser, ada, view, django_assert_max_num_queries):
    work_day = proposing.publish(work_day=made(ada), by=ada, now=NOW)
    repeating.repeat(work_day=work_day, days=[in_days(17), in_days(24)], by=ada, now=NOW)
    for _someone in range(5):
        someone_who_comes(work_day) if not work_day.volunteers.exists() else VolunteerFactory(
            work_day=work_day, shifts=list(work_day.shifts.all())
        )
    address = at(view) if view == "work_days" else at(view, work_day.pk)
    browser.get(address)

    with django_assert_max_num_queries(OF_AN_AUDIENCE if view == "invite" else FEW):
        answer = browser.get(address)

    assert answer.status_code == 200
    assert len(answer.content) < 60_000


def test_what_is_counted_on_the_page_is_what_stands(browser, ada):
    work_day = made(ada)
    someone_who_comes(work_day)

    count = browser.get(at("work_day", work_day.pk)).context["count"]

    assert count.missing_people == counting.of(work_day, now=NOW).missing_people
