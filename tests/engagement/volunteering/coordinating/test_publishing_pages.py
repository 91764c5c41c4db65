"""How a coordinator publishes a work day, holds it again, and invites members to it."""

import pytest
from django.utils import timezone

from communities.models import Delivery
from engagement.models import WorkDay
from engagement.volunteering.planning import proposing, repeating
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import CommunityFactory, ConsentEventFactory, MembershipFactory
from tests.engagement.volunteering.coordinating.addresses import at, words
from tests.engagement.volunteering.plans import community_of, coordinator, in_days, made
from tests.factories import StaffFactory
from tests.meetings.factories import meeting_index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = timezone.now()


# --- Publishing ------------------------------------------------------------------------------------------------------


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


# --- Again -----------------------------------------------------------------------------------------------------------


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


# --- Inviting --------------------------------------------------------------------------------------------------------


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


def test_once_members_are_invited_calling_for_help_comes_first(browser, public):
    before = words(browser.get(at("work_day", public.pk)))
    browser.post(at("invite", public.pk), {"expecting": 2})

    after = words(browser.get(at("work_day", public.pk)))

    assert "Invite the members" in before
    assert "Invite those who joined since" in after
    assert f'<a class="button" href="{at("call", public.pk)}">' in after


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
