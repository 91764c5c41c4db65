"""What was done together, for everyone: sums, and only the first names of those who said yes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from engagement.models import DayAccount, ThanksChoice, ThanksMatter
from engagement.volunteering.thanking import choices
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import KeptFileFactory
from tests.engagement.volunteering.presence.days import a_day, came, closed
from tests.factories import home_page

pytestmark = pytest.mark.django_db

NAMES = ["Nora Chevalet", "Ada Terril", "Félix Gaillette"]


@pytest.fixture
def work_day():
    """Three were there; the list is confirmed."""
    home_page()
    work_day = a_day()
    for name in NAMES:
        came(work_day, resident=ResidentFactory(name=name))
    return closed(work_day)


def thanked(client, work_day):
    return client.get(reverse("engagement:work_day_thanks", args=[work_day.meeting.uid]))


def of_community(client, work_day):
    return client.get(reverse("engagement:community_thanks", args=[work_day.meeting.communities.get().slug]))


def willing(work_day, name, *, granted=True):
    resident = work_day.volunteers.get(resident__name=name).resident
    shown = name.split()[0]
    choices.say(resident=resident, matter=ThanksMatter.IN_PUBLIC, granted=granted, shown_as=shown, now=timezone.now())
    return resident


def test_everyone_reads_how_many_and_how_long(client, work_day):
    for page in (thanked(client, work_day), of_community(client, work_day)):
        assert page.status_code == 200
        assert ">9</dd>" in page.content.decode()


def test_nobody_is_named_who_did_not_say_yes(client, work_day):
    for page in (thanked(client, work_day), of_community(client, work_day)):
        assert not [name for name in NAMES if name.split()[0] in page.content.decode()]


def test_those_who_said_yes_are_named_in_the_order_of_the_alphabet(client, work_day):
    willing(work_day, "Nora Chevalet")
    willing(work_day, "Félix Gaillette")

    for page in (thanked(client, work_day), of_community(client, work_day)):
        assert "Félix, Nora" in page.content.decode()


def test_the_last_word_holds(work_day):
    willing(work_day, "Ada Terril")
    willing(work_day, "Ada Terril", granted=False)

    assert choices.names_of([work_day]) == []
    assert ThanksChoice.objects.count() == 2


def test_saying_the_same_twice_keeps_one_word(work_day):
    willing(work_day, "Ada Terril")
    willing(work_day, "Ada Terril")

    assert ThanksChoice.objects.count() == 1


def test_who_was_not_there_is_not_named(work_day):
    absent = came(work_day, resident=ResidentFactory(name="Inès Briquette"))
    absent.people = 0
    absent.save()
    willing(work_day, "Inès Briquette")

    assert choices.names_of([work_day]) == []


def test_a_list_that_nobody_confirmed_has_no_page(client):
    home_page()
    work_day = a_day()
    came(work_day)

    assert thanked(client, work_day).status_code == 404


def test_a_day_that_is_not_for_everyone_has_no_page(client, work_day):
    meeting = work_day.meeting
    meeting.live = False
    meeting.save()

    assert thanked(client, work_day).status_code == 404
    assert ">9</dd>" not in of_community(client, work_day).content.decode()


def test_only_what_was_looked_at_is_shown(client, work_day):
    now = timezone.now()
    account = DayAccount.objects.create(work_day=work_day, words="Les bacs sont prêts.", written_at=now)
    picture = account.pictures.create(file=KeptFileFactory())
    address = reverse("engagement:work_day_picture", args=[picture.pk])

    hidden = thanked(client, work_day).content.decode(), client.get(address).status_code
    DayAccount.objects.update(public_at=now, seen_at=now)
    words_only = thanked(client, work_day).content.decode(), client.get(address).status_code
    account.pictures.update(is_public=True)
    shown = thanked(client, work_day).content.decode(), client.get(address).status_code

    assert ("bacs" in hidden[0], hidden[1]) == (False, 404)
    assert ("bacs" in words_only[0], address in words_only[0], words_only[1]) == (True, False, 404)
    assert (address in shown[0], shown[1]) == (True, 200)


def test_the_pages_of_the_meeting_and_the_community_lead_there(client, work_day):
    now = timezone.now()
    meeting = work_day.meeting
    meeting.starts_at, meeting.ends_at = now - dt.timedelta(hours=5), now - dt.timedelta(hours=1)
    meeting.save()
    DayAccount.objects.create(work_day=work_day, words="Les bacs sont prêts.", written_at=now, public_at=now)
    address = reverse("engagement:work_day_thanks", args=[meeting.uid])

    assert address in client.get(meeting.url).content.decode()
    community = meeting.communities.get()
    together = reverse("engagement:community_thanks", args=[community.slug])
    assert together in client.get(community.get_absolute_url()).content.decode()


def test_ten_days_take_no_more_queries_than_one(client, work_day, django_assert_max_num_queries):
    community = work_day.meeting.communities.get()
    for _number in range(10):
        more = a_day(community=community)
        came(more)
        closed(more)

    with django_assert_max_num_queries(15):
        of_community(client, work_day)
