"""axe finds nothing on the staff's pages about the post, light or dark, small or large."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from communities.models import Delivery, InboundMessage, Mailing
from communities.post import mailings
from communities.scopes import scope_of
from engagement.models import HourSheet, LedgerEntry
from meetings import announcing
from meetings.models import MeetingPage
from tests import nobody_stopped, town_of_accounts
from tests.communities.factories import (
    InboundMessageFactory,
    MembershipFactory,
    ResidentFactory,
    SuppressionFactory,
    WrittenLetterFactory,
    a_mailbox,
)
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, WaitingPlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = ["mailings", "letters", "received", "inbox", "sending_check", "suppressions"]
OF_A_LETTER = ["edit", "read", "readers", "send"]
OF_A_MEETING = ["invitations", "answers", "waiting_list", "write_down", "preview_change"]


def meeting_with_a_bit_of_everything() -> MeetingPage:
    """Letters in every state on every channel, answers, a line at the door."""
    meeting = MeetingPageFactory(capacity=1)
    for resident in ({}, {}, {}, {}, {"by_post": True}, {"without_email": True}):
        meeting.communities.add(MembershipFactory(resident=ResidentFactory(**resident)).community)
    meeting.save()
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    letters = iter(Delivery.objects.filter(channel="email").order_by("pk"))
    ended = {"reason": "550 5.1.1 User unknown", "ended_at": timezone.now()}
    for state in ("sent", "failed", "skipped"):
        Delivery.objects.filter(pk=next(letters).pk).update(state=state, **ended)
    mailings.pause(mailing=Mailing.objects.get(), reason="Nora vérifie.")
    AnswerFactory(invitation=InvitationFactory(meeting=meeting))
    WaitingPlaceFactory(invitation=InvitationFactory(meeting=meeting))
    WaitingPlaceFactory(invitation=InvitationFactory(meeting=meeting), offered=True)
    return meeting


def addresses() -> list[str]:
    a_mailbox()
    meeting = meeting_with_a_bit_of_everything()
    InboundMessageFactory(held=True)
    InboundMessageFactory()
    SuppressionFactory()
    letter = WrittenLetterFactory(scopes=[scope_of(meeting.communities.all()[0])], agenda_days=31)
    return [
        reverse("wagtailadmin_home"),
        *(reverse(f"{name}:index") for name in LISTS),
        reverse("received:index") + "?q=terril",
        reverse("mailings:inspect", args=[Mailing.objects.get().pk]),
        reverse("inbox:inspect", args=[InboundMessage.objects.first().pk]),
        *(reverse(f"letters:{name}", args=[letter.pk]) for name in OF_A_LETTER),
        *(reverse(f"meetings_desk:{name}", args=[meeting.pk]) for name in OF_A_MEETING),
        *(reverse("meetings_desk:by_hand", args=[meeting.pk, channel]) for channel in ("letter", "phone")),
        reverse("meetings_desk:slips"),
        *addresses_of_accounts(),
    ]


def addresses_of_accounts() -> list[str]:
    """Entries, sheets, rates, means, reports, mandates, and a project's record with its part about them."""
    town_of_accounts.addresses()
    entry = LedgerEntry.objects.latest("pk")
    lines = [[2, "new", "", "04/04/2026 · 3 · Pose"], [3, "refused", "pas un jour", "hier · 3 · Pose"]]
    report = {"counts": {"new": 1, "refused": 1}, "unread": ["Nom"], "lines": lines}
    sheet = HourSheet.objects.create(
        project=entry.project, file_name="heures.csv", report=report, uploaded_at=timezone.now()
    )
    return [
        *(reverse(f"{name}:index") for name in ("ledger", "hour_sheets", "hour_rates", "year_means", "mandates")),
        *(reverse(f"ledger_reports:{name}") for name in ("balance", "totals")),
        reverse("ledger:add"),
        reverse("ledger:add") + f"?project={entry.project_id}",
        reverse("ledger:inspect", args=[entry.pk]),
        reverse("hour_sheets:upload"),
        reverse("hour_sheets:report", args=[sheet.pk]) + "?verdict=",
        reverse("projects_desk:inspect", args=[entry.project_id]),
    ]


def test_no_page_about_the_post_stops_anyone(page: Page, live_server: LiveServer) -> None:
    nobody_stopped.sign_in(page, StaffFactory(participation=True, reads="fr"), url=live_server.url)
    found = dict[str, str]()

    for address in addresses():
        page.goto(live_server.url + address)
        assert urlsplit(page.url).path == urlsplit(address).path
        found |= nobody_stopped.faults(page, address, nobody_stopped.DESK, where=nobody_stopped.BUT_WAGTAIL)

    assert found == {}
