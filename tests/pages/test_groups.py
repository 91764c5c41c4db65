"""What each group of staff may do at least."""

import pytest
from wagtail.models import Page

from meetings.models import MeetingIndexPage
from tests.factories import StaffFactory, home_page

pytestmark = pytest.mark.django_db

DESK = "wagtailadmin.access_admin"
INVITE = "meetings.add_announcement"
KNOW_RESIDENTS = "communities.view_resident"
ADD_STAFF = "auth.add_user"
READ_IDEAS, DECIDE, SETTLE = "engagement.view_idea", "engagement.decide_idea", "engagement.change_scheme"


@pytest.mark.parametrize(
    ("trait", "allowed", "refused"),
    [
        ("communication", {DESK, INVITE, READ_IDEAS}, {KNOW_RESIDENTS, ADD_STAFF, DECIDE, SETTLE}),
        ("participation", {DESK, INVITE, KNOW_RESIDENTS, READ_IDEAS, DECIDE, SETTLE}, {ADD_STAFF}),
        ("administration", {DESK, INVITE, KNOW_RESIDENTS, ADD_STAFF, READ_IDEAS, DECIDE, SETTLE}, set()),
        ("elected", {DESK, READ_IDEAS}, {INVITE, KNOW_RESIDENTS, ADD_STAFF, DECIDE, SETTLE}),
    ],
)
def test_each_group_does_its_own_work_and_no_more(trait: str, allowed: set[str], refused: set[str]) -> None:
    someone = StaffFactory(**{trait: True})

    assert {permission for permission in allowed | refused if someone.has_perm(permission)} == allowed


@pytest.mark.parametrize("trait", ["communication", "participation", "administration"])
def test_every_group_writes_and_publishes_meetings(trait: str) -> None:
    someone = StaffFactory(**{trait: True})

    on_meetings = MeetingIndexPage.objects.get().permissions_for_user(someone)

    assert on_meetings.can_add_subpage()
    assert on_meetings.can_publish_subpage()


def test_the_elected_read_and_write_nothing() -> None:
    someone = StaffFactory(elected=True)

    assert not home_page().permissions_for_user(someone).can_edit()
    held = {permission.partition(".")[2].partition("_")[0] for permission in someone.get_all_permissions()}
    assert held == {"access", "view"}


def test_nobody_but_an_administrator_touches_the_root_of_the_tree() -> None:
    someone = StaffFactory(participation=True)

    assert home_page().permissions_for_user(someone).can_edit()
    assert not Page.get_first_root_node().permissions_for_user(someone).can_edit()


def test_a_stranger_among_staff_may_do_nothing() -> None:
    someone = StaffFactory()

    assert not someone.has_perm(DESK)
