"""Who may open which page of the desk about a meeting: every address, every kind of person."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from wagtail.models import GroupPagePermission

from communities.models import Delivery, Mailing
from meetings.desk import urls
from meetings.models import Answer, Invitation, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.factories import StaffFactory
from tests.meetings.factories import InvitationFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db

ADDRESSES = [address.name for address in urls.urlpatterns if isinstance(address, URLPattern)]
ONLY_POSTED_TO = {"send_test"}


@pytest.fixture
def meeting() -> MeetingPage:
    """A meeting with someone to tell and someone told."""
    community = CommunityFactory()
    MembershipFactory(community=community)
    meeting = MeetingPageFactory(communities=[community])
    InvitationFactory(meeting=meeting)
    return meeting


def where(name: str, meeting: MeetingPage) -> str:
    more = {
        "by_hand": ["phone"],
        "preview": [meeting.communities.get().members.get().pk],
        "type_in": [Invitation.objects.get().pk],
    }
    return reverse(f"meetings_desk:{name}", args=[meeting.pk, *more.get(name, [])])


def someone(kind: str) -> object:
    """In the admin with every right on pages and none of ours; or in one of the groups."""
    if kind != "editor":
        return StaffFactory(**{kind: True})
    editor = StaffFactory(communication=True)
    group = editor.groups.get()
    group.permissions.exclude(codename="access_admin").delete()
    assert GroupPagePermission.objects.filter(group=group).exists()
    return editor


def test_a_visitor_is_asked_to_sign_in_at_every_address(client: Client, meeting: MeetingPage):
    for name in ADDRESSES:
        for answer in (client.get(where(name, meeting)), client.post(where(name, meeting))):
            assert (name, answer.status_code) == (name, 302)
            assert answer.url.startswith(reverse("account_login"))


def test_an_editor_without_our_rights_is_turned_back_everywhere_and_nothing_is_done(
    client: Client, meeting: MeetingPage
):
    client.force_login(someone("editor"))
    everything = {"all": "1", "expecting": "1", "choice": "yes", "channel": "phone", "name": "X", "phone": "0199001234"}

    for name in ADDRESSES:
        for answer in (client.get(where(name, meeting)), client.post(where(name, meeting), everything)):
            assert (name, answer.status_code) == (name, 302)
            assert answer.url == reverse("wagtailadmin_home")
    assert not Mailing.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("kind", ["communication", "participation", "administration"])
def test_each_group_may_open_every_page(client: Client, meeting: MeetingPage, kind: str):
    client.force_login(someone(kind))

    opened = {name: client.get(where(name, meeting)).status_code for name in ADDRESSES}

    assert opened == {name: 405 if name in ONLY_POSTED_TO else 200 for name in ADDRESSES}


def test_seeing_who_is_invited_is_not_inviting(client: Client, meeting: MeetingPage):
    reader = StaffFactory(communication=True)
    reader.groups.get().permissions.filter(codename__in=["add_announcement", "change_delivery"]).delete()
    client.force_login(reader)

    shown = client.get(where("invitations", meeting)).content.decode()
    client.post(where("send", meeting), {"expecting": "1"})

    assert "This goes to 1 person" in shown
    assert where("send", meeting) not in shown
    assert not Delivery.objects.exists()


def test_the_tabs_and_buttons_lead_only_where_one_may_go(client: Client, meeting: MeetingPage):
    reader = StaffFactory(communication=True)
    reader.groups.get().permissions.filter(codename="view_answer").delete()
    client.force_login(reader)

    page = client.get(where("invitations", meeting)).content.decode()
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[meeting.pk])).content.decode()

    assert where("answers", meeting) not in page + editor
    assert where("invitations", meeting) in editor


@pytest.mark.parametrize("name", ["invitations", "answers", "send", "write_down"])
def test_a_meeting_that_does_not_exist_is_not_found(client: Client, name: str):
    client.force_login(StaffFactory(communication=True))

    assert client.get(reverse(f"meetings_desk:{name}", args=[999_999])).status_code == 404
