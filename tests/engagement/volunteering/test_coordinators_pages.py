"""What a coordinator does in their space: write down, change, publish, repeat, invite; errors keep what was typed."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery, Resident
from engagement.models import WorkDay
from engagement.volunteering import counting
from engagement.volunteering.coordinating import rows
from engagement.volunteering.planning import proposing, repeating
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import CommunityFactory, ConsentEventFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering import typed
from tests.engagement.volunteering.plans import community_of, coordinator, in_days, made
from tests.factories import StaffFactory
from tests.meetings.factories import meeting_index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = timezone.now()


@pytest.fixture
def ada():
    meeting_index()
    return coordinator(name="Ada Terril")


@pytest.fixture
def browser(as_resident, ada):
    return as_resident(ada)


def at(view, *args):
    return reverse(f"engagement:run_{view}", args=args)


def new_page(resident):
    return at("new_work_day", community_of(resident).slug)


def words(answer):
    return answer.content.decode()


# --- Writing down ------------------------------------------------------------------------------------------------


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


# --- Changing ----------------------------------------------------------------------------------------------------


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


# --- Publishing --------------------------------------------------------------------------------------------------


def test_one_button_publishes(browser, ada):
    work_day = made(ada)
    page = browser.get(at("publish_work_day", work_day.pk))
    assert "Publish it" in words(page)

    answer = browser.post(at("publish_work_day", work_day.pk), follow=True)

    assert MeetingPage.objects.get().live
    assert "everyone can sign up" in words(answer)


def test_looking_publishes_nothing(browser, ada):
    work_day = made(ada)

    for view in ("publish_work_day", "once_more", "drop_work_day", "invite", "series"):
        browser.get(at(view, work_day.pk))
        browser.head(at(view, work_day.pk))

    assert not MeetingPage.objects.get().live
    assert WorkDay.objects.count() == 1


def test_a_series_is_published_in_one_press(browser, ada):
    work_day = made(ada)
    repeating.repeat(work_day=work_day, days=[in_days(17), in_days(24)], by=ada, now=NOW)

    answer = browser.post(at("publish_work_day", work_day.pk), {"series": "1"}, follow=True)

    assert MeetingPage.objects.live().count() == 3
    assert "3 days" in words(answer)


def test_where_the_town_hall_says_yes_the_button_proposes_and_can_be_taken_back(as_resident):
    meeting_index()
    asks = coordinator(CommunityFactory())
    work_day, browser = made(asks), as_resident(asks)

    browser.post(at("publish_work_day", work_day.pk))
    assert WorkDay.objects.get().awaits_approval
    assert "waits for the town hall" in words(browser.get(at("work_day", work_day.pk)))
    browser.post(at("take_back_work_day", work_day.pk))

    assert not WorkDay.objects.get().awaits_approval


def test_a_refusal_is_read_on_the_page(as_resident):
    meeting_index()
    asks = coordinator(CommunityFactory())
    work_day = proposing.propose(work_day=made(asks), by=asks, now=NOW)
    proposing.refuse(work_day=work_day, words="Le parc est fermé.", by=StaffFactory(communication=True), now=NOW)

    assert "Le parc est fermé." in words(as_resident(asks).get(at("work_day", work_day.pk)))


def test_a_draft_is_thrown_away_after_a_page_that_asks(browser, ada):
    work_day = made(ada)

    answer = browser.post(at("drop_work_day", work_day.pk), follow=True)

    assert not MeetingPage.objects.exists()
    assert "The draft is gone" in words(answer)


# --- Again -------------------------------------------------------------------------------------------------------


def test_the_same_once_more_in_one_press_and_twice_makes_one(browser, ada):
    work_day = made(ada)
    page = words(browser.get(at("once_more", work_day.pk)))
    day = page.split('name="day" value="')[1].split('"')[0]

    for _press in range(2):
        answer = browser.post(at("once_more", work_day.pk), {"day": day})

    assert WorkDay.objects.count() == 2
    assert answer.headers["Location"].startswith(at("work_day", WorkDay.objects.last().pk))


@pytest.mark.parametrize("day", ["", "demain", "\x00", "9999-99-99"])
def test_a_day_that_is_none_is_the_next_free_one(browser, ada, day):
    work_day = made(ada)

    assert browser.post(at("once_more", work_day.pk), {"day": day}).status_code == 302


def test_a_series_is_seen_before_it_is_made(browser, ada):
    work_day = made(ada)
    asked = {"rhythm": "weekly", "until": in_days(25).isoformat()}

    page = browser.get(at("series", work_day.pk), asked)

    assert [each.day for each in page.context["occasions"]] == [in_days(17), in_days(24)]
    sent = {"day": [in_days(17).isoformat(), in_days(24).isoformat()]}
    address = f"{at('series', work_day.pk)}?rhythm=weekly&until={in_days(25)}"
    for _press in range(2):
        answer = browser.post(address, sent)
        assert answer.status_code == 302
    assert WorkDay.objects.count() == 3


def test_only_days_that_were_foreseen_are_made(browser, ada):
    work_day = made(ada)
    address = f"{at('series', work_day.pk)}?rhythm=weekly&until={in_days(25)}"

    answer = browser.post(address, {"day": [in_days(18).isoformat()]})

    assert answer.status_code == 409
    assert WorkDay.objects.count() == 1


@pytest.mark.parametrize("until", ["", "jamais", "9999-12-31", "0001-01-01"])
def test_any_end_of_a_series_is_answered(browser, ada, until):
    page = browser.get(at("series", made(ada).pk), {"rhythm": "weekly", "until": until})

    assert page.status_code == 200
    assert len(page.context["occasions"]) <= repeating.MOST


# --- Inviting ----------------------------------------------------------------------------------------------------


@pytest.fixture
def public(ada):
    """Published; one member besides the coordinator agreed to letters."""
    member = MembershipFactory(community=community_of(ada)).resident
    for resident in (ada, member):
        ConsentEventFactory(resident=resident, scope=f"community:{community_of(ada).pk}")
    return proposing.publish(work_day=made(ada), by=ada, now=NOW)


def test_members_are_invited_by_a_press_that_says_how_many(browser, public):
    page = browser.get(at("invite", public.pk))
    number = page.context["reach"].number
    assert number == 2

    answer = browser.post(at("invite", public.pk), {"expecting": number}, follow=True)

    assert "The invitations leave" in words(answer)
    assert Invitation.objects.count() == 2


def test_pressing_twice_invites_once(browser, public):
    for _press in range(2):
        answer = browser.post(at("invite", public.pk), {"expecting": 2}, follow=True)

    assert "They are invited" in words(answer)
    assert Delivery.objects.count() == 2


def test_another_number_than_was_shown_sends_nothing(browser, public):
    answer = browser.post(at("invite", public.pk), {"expecting": 1})

    assert answer.status_code == 409
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("expecting", ["", "x", "0", "-1", "\x00", "9" * 30])
def test_a_press_without_a_number_sends_nothing(browser, public, expecting):
    browser.post(at("invite", public.pk), {"expecting": expecting})

    assert not Invitation.objects.exists()


def test_a_draft_invites_nobody(browser, ada):
    work_day = made(ada)

    assert "Publish the meeting first" in words(browser.get(at("invite", work_day.pk)))
    assert browser.get(at("invite_letter", work_day.pk)).status_code == 404


def test_the_letter_is_read_as_oneself(browser, public, ada):
    shown = words(browser.get(at("invite_letter", public.pk)))

    assert "Ada Terril" in shown
    assert "Désherber" in shown


# --- What is shown -----------------------------------------------------------------------------------------------


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


# --- How much it costs -------------------------------------------------------------------------------------------


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
