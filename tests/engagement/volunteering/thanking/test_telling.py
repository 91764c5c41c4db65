"""The day is told by whoever ran it, looked at by the town hall, and everyone who was there is thanked once."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery
from engagement.models import DayAccount, KeptFile
from engagement.refusals import MayNot
from engagement.volunteering.thanking import accounts, thanks
from tests.communities.factories import CommunityFactory, ResidentFactory
from tests.communities.space.coming_in import signed_in
from tests.engagement.uploads import files
from tests.engagement.volunteering.presence.days import a_day, came, closed, who_runs
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def work_day():
    """It began an hour ago."""
    return a_day(meeting__starts_at=timezone.now() - dt.timedelta(hours=1))


def in_space(resident):
    return signed_in(Client(), resident, now=timezone.now() - dt.timedelta(minutes=1))


def write(work_day, words="Les bacs sont prêts.", pictures=()):
    return accounts.write(work_day=work_day, words=words, pictures=pictures, by=ResidentFactory(), now=timezone.now())


def trusted(work_day):
    """A community whose work days need no approval."""
    work_day.meeting.communities.update(work_days_need_approval=False)
    return work_day


def test_words_wait_for_a_look_where_work_days_need_one(work_day):
    assert not write(work_day).is_public
    assert DayAccount.objects.waiting().count() == 1


def test_words_are_read_at_once_where_work_days_need_none(work_day):
    account = write(trusted(work_day))

    assert account.is_public
    assert not account.was_seen


def test_words_changed_after_a_look_wait_for_another(work_day):
    account = write(work_day)
    by = StaffFactory(communication=True)
    accounts.look(account=account, shown={}, publishes=True, saw=accounts.as_read(account), by=by, now=timezone.now())

    same, other = write(work_day), write(work_day, "Autre chose.")

    assert same.is_public
    assert not other.is_public


def test_nothing_is_told_before_it_began():
    with pytest.raises(accounts.NotOverYet):
        write(a_day(in_days=1))


@pytest.mark.parametrize("group", ["elected"])
def test_only_staff_who_may_look_publish(work_day, group):
    with pytest.raises(MayNot):
        accounts.look(
            account=write(work_day),
            shown={},
            publishes=True,
            saw="",
            by=StaffFactory(**{group: True}),
            now=timezone.now(),
        )


def test_everyone_who_was_there_gets_one_letter_and_nobody_else(work_day):
    there, absent = came(work_day), came(work_day)
    absent.people = 0
    absent.save()
    by = who_runs(work_day)
    done = closed(work_day)

    thanks.thank(work_day=done, words="Bravo à tous.", by=by, now=timezone.now())
    with pytest.raises(thanks.AlreadyThanked):
        thanks.thank(work_day=done, words="Encore.", by=by, now=timezone.now())

    letters = Delivery.objects.filter(mailing__kind=thanks.LETTER_KIND)
    assert [letter.resident for letter in letters] == [there.volunteer.resident]


def test_nobody_is_thanked_before_the_list_is_confirmed(work_day):
    came(work_day)

    with pytest.raises(thanks.ListNotConfirmed):
        thanks.thank(work_day=work_day, words="Bravo.", by=who_runs(work_day), now=timezone.now())


def test_whoever_runs_the_day_tells_and_thanks_from_their_space(work_day):
    came(work_day)
    closed(work_day)
    client = in_space(who_runs(work_day))

    told = client.post(reverse("engagement:run_account", args=[work_day.pk]), {"words": "Les bacs sont prêts."})
    thanked = client.post(reverse("engagement:run_thank", args=[work_day.pk]), {"words": "Merci !"})
    page = client.get(reverse("engagement:run_thank", args=[work_day.pk])).content.decode()

    assert (told.status_code, thanked.status_code) == (302, 302)
    assert "remerciés le" in page
    assert DayAccount.objects.get().words == "Les bacs sont prêts."


def test_the_same_photograph_sent_twice_is_kept_once_and_can_be_taken_away(work_day):
    client = in_space(who_runs(work_day))
    address = reverse("engagement:run_account", args=[work_day.pk])
    for _number in range(2):
        client.post(address, {"words": "", "pictures": [files.sent(files.photo(), name="bacs.jpg")]})
    picture = DayAccount.objects.get().pictures.get()

    seen = client.get(reverse("engagement:run_picture", args=[work_day.pk, picture.pk]))
    stranger = in_space(who_runs(a_day()))
    hidden = stranger.get(reverse("engagement:run_picture", args=[work_day.pk, picture.pk]))
    client.post(reverse("engagement:run_drop_picture", args=[work_day.pk, picture.pk]))

    assert (seen.status_code, hidden.status_code) == (200, 404)
    assert not KeptFile.objects.exists()


@pytest.mark.parametrize("words", ["\x00", "a" * 10_000])
def test_what_cannot_be_kept_is_said(work_day, words):
    client = in_space(who_runs(work_day))

    assert client.post(reverse("engagement:run_account", args=[work_day.pk]), {"words": words}).status_code == 422
    assert client.post(reverse("engagement:run_thank", args=[work_day.pk]), {"words": words}).status_code == 422


def test_one_community_that_asks_for_a_look_is_enough(work_day):
    trusted(work_day).meeting.communities.add(CommunityFactory(work_days_need_approval=True))
    work_day.meeting.save()

    assert accounts.needs_a_look(work_day)
