"""What a right alone opens on the desk about a meeting; who may open what is in tests/server/test_staff_matrix.py."""

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


@pytest.fixture
def meeting() -> MeetingPage:
    """A meeting with someone to tell and someone told."""
    community = CommunityFactory()
    MembershipFactory(community=community)
    meeting = MeetingPageFactory(communities=[community])
    InvitationFactory(meeting=meeting, registered=True)
    return meeting


def where(name: str, meeting: MeetingPage) -> str:
    more = {
        "by_hand": ["phone"],
        "preview": [meeting.communities.get().members.get().pk],
        **{printed: [1_000_000] for printed in ("paper_letters", "paper_labels", "paper_posted")},
        "type_in": [Invitation.objects.get().pk],
    }
    return reverse(f"meetings_desk:{name}", args=[] if name == "slips" else [meeting.pk, *more.get(name, [])])


@pytest.fixture
def editor(client: Client) -> Client:
    """Someone in the admin with every right on pages and none of ours."""
    editor = StaffFactory(communication=True)
    group = editor.groups.get()
    group.permissions.exclude(codename="access_admin").delete()
    assert GroupPagePermission.objects.filter(group=group).exists()
    client.force_login(editor)
    return client


def test_an_editor_without_our_rights_is_turned_back_everywhere_and_nothing_is_done(
    editor: Client, meeting: MeetingPage
):
    everything = {"all": "1", "expecting": "1", "choice": "yes", "channel": "phone", "name": "X", "phone": "0199001234"}

    for name in ADDRESSES:
        for answer in (editor.get(where(name, meeting)), editor.post(where(name, meeting), everything)):
            assert (name, answer.status_code) == (name, 302)
            assert answer.url == reverse("wagtailadmin_home")
    assert not Mailing.objects.exists()
    assert not Answer.objects.exists()


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
