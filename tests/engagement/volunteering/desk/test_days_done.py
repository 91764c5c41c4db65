"""Work days that are over, at the desk: hours to the accounts, pictures looked at, numbers for the insurer."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from engagement.models import DayAccount, LedgerEntry
from engagement.refusals import MayNot
from engagement.volunteering.insuring import naming
from engagement.volunteering.thanking import accounts
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import KeptFileFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.presence.days import a_day, came, closed, project_of
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(StaffFactory(participation=True))
    return client


@pytest.fixture
def work_day():
    """Nine hours, for a project, confirmed."""
    work_day = a_day()
    shift = ShiftFactory(work_day=work_day, skills="Débroussailleuse")
    came(work_day, shift=shift, people=2)
    came(work_day, shift=shift, resident=ResidentFactory(name="Ada Terril"))
    project_of(work_day)
    return closed(work_day)


def at(view, thing):
    return reverse(view, args=[thing.pk])


def test_one_press_writes_the_hours_and_a_second_none(officer, work_day):
    project = work_day.meeting.communities.get().project
    posted = {"project": project.pk, "line0-wanted": "on"}

    for _number in range(2):
        officer.post(at("days_done:credit", work_day), posted)

    assert [entry.quantity for entry in LedgerEntry.objects.all()] == [9]
    assert str(LedgerEntry.objects.get().what) in officer.get(at("days_done:inspect", work_day)).content.decode()


def test_a_line_that_is_not_ticked_is_not_written(officer, work_day):
    officer.post(at("days_done:credit", work_day), {"project": work_day.meeting.communities.get().project.pk})

    assert not LedgerEntry.objects.exists()


def test_taken_back_the_reason_stands_in_the_accounts(officer, work_day):
    project = work_day.meeting.communities.get().project
    officer.post(at("days_done:credit", work_day), {"project": project.pk, "line0-wanted": "on"})

    officer.post(at("days_done:take_back", work_day), {"reason": ""})
    still = LedgerEntry.objects.standing().count()
    officer.post(at("days_done:take_back", work_day), {"reason": "Deux fois comptées"})

    assert still == 1
    assert not LedgerEntry.objects.standing().exists()


def test_what_waits_is_on_the_first_page_until_it_is_done(officer, work_day):
    account = DayAccount.objects.create(work_day=work_day, words="Prêts.", written_at=timezone.now())
    addresses = at("days_done:inspect", work_day), at("day_accounts:inspect", account)

    before = officer.get(reverse("wagtailadmin_home")).content.decode()
    project = work_day.meeting.communities.get().project
    officer.post(at("days_done:credit", work_day), {"project": project.pk, "line0-wanted": "on"})
    officer.post(at("day_accounts:look", account), {"publishes": "on", "saw": accounts.as_read(account)})
    after = officer.get(reverse("wagtailadmin_home")).content.decode()

    assert [address in before for address in addresses] == [True, True]
    assert [address in after for address in addresses] == [False, False]


def test_only_the_pictures_that_are_ticked_become_public(officer, work_day):
    account = DayAccount.objects.create(work_day=work_day, words="Prêts.", written_at=timezone.now())
    shown, hidden = (account.pictures.create(file=KeptFileFactory()) for _number in range(2))
    posted = {"publishes": "on", f"picture{shown.pk}-is_public": "on", f"picture{shown.pk}-no_child": "on"}
    posted |= {f"picture{shown.pk}-alternative_text": "Les bacs", f"picture{hidden.pk}-alternative_text": ""}

    officer.post(at("day_accounts:look", account), posted | {"saw": accounts.as_read(account)})

    account.refresh_from_db()
    assert account.is_public
    assert list(account.pictures.filter(is_public=True).values_list("pk", "alternative_text")) == [
        (shown.pk, "Les bacs")
    ]


def test_a_picture_is_not_shown_before_somebody_says_that_no_child_is_recognised(officer, work_day):
    account = DayAccount.objects.create(work_day=work_day, words="Prêts.", written_at=timezone.now())
    picture = account.pictures.create(file=KeptFileFactory())
    address = at("day_accounts:look", account)

    told = officer.post(address, {"publishes": "on", f"picture{picture.pk}-is_public": "on"}, follow=True)

    assert "no child can be recognised" in told.content.decode() or "aucun enfant" in told.content.decode()
    assert not account.pictures.filter(is_public=True).exists()
    account.refresh_from_db()
    assert not account.is_public


def test_words_that_changed_while_they_were_read_are_not_published(officer, work_day):
    account = DayAccount.objects.create(work_day=work_day, words="Prêts.", written_at=timezone.now())
    saw = officer.get(at("day_accounts:inspect", account)).context["form"]["saw"].value()
    DayAccount.objects.update(words="Une publicité.")

    for sent in ({"saw": saw}, {}):
        officer.post(at("day_accounts:look", account), {"publishes": "on", **sent})

    account.refresh_from_db()
    assert not account.is_public


def test_the_insurer_reads_numbers_and_no_name(officer, work_day):
    shift = work_day.shifts.get()
    NeedFactory(work_day=work_day, item="=Pelles")
    VolunteerFactory(work_day=work_day, shifts=[shift], guests=2, minors=1)

    sheet = officer.get(reverse("insurer:index") + "?export=csv").content.decode()
    line = sheet.splitlines()[1].split(";")

    assert "Terril" not in sheet
    assert line[5:] == [shift.role, "6", "5", "1", "3", "Débroussailleuse", "'=Pelles"]


@pytest.mark.parametrize("days", [1, 12])
def test_the_list_for_the_insurer_costs_the_same_however_long(officer, days, django_assert_max_num_queries):
    for _number in range(days):
        came(a_day())

    with django_assert_max_num_queries(25):
        officer.get(reverse("insurer:index"))


def test_names_leave_only_with_a_reason_that_is_kept(client, work_day):
    boss = StaffFactory(administration=True)
    client.force_login(boss)
    address = at("insurer:names", work_day)

    empty = client.post(address, {"reason": " "})
    given = client.post(address, {"reason": "Une chute à déclarer"})

    entry = ModelLogEntry.objects.get(action=naming.NAMED)
    assert b"Terril" not in empty.content
    assert "Ada Terril;1;0;1" in given.content.decode()
    assert (entry.user, entry.data["reason"]) == (boss, "Une chute à déclarer")


@pytest.mark.parametrize("group", ["communication", "participation", "elected"])
def test_names_are_for_administrators(work_day, group):
    with pytest.raises(MayNot):
        naming.names(work_day=work_day, reason="Pour voir", by=StaffFactory(**{group: True}), now=timezone.now())

    assert not ModelLogEntry.objects.filter(action=naming.NAMED).exists()


def test_staff_print_the_sheet_of_the_day(officer, work_day):
    assert officer.get(at("days_done:sheet", work_day))["Content-Type"] == "application/pdf"
