"""Someone who was invited, and the calendar program that answers for them."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import Settings

from communities.models import InboundMessage
from meetings.models import Invitation
from tests import mails
from tests.meetings.factories import AnnouncementFactory, InvitationFactory
from tests.meetings.inbound.answering import Send, address_of, arrive, uid_of


@pytest.fixture(autouse=True)
def _a_mailbox_is_read(settings: Settings) -> None:
    settings.INBOUND_DOMAIN = mails.DOMAIN


@pytest.fixture
def invitation() -> Invitation:
    """Jeanne was invited, by sequence 0."""
    invitation = InvitationFactory(resident__email=mails.RESIDENT, resident__name="Jeanne Martin")
    AnnouncementFactory(meeting=invitation.meeting)
    return invitation


@pytest.fixture
def send(invitation: Invitation) -> Send:
    """An answer arrives, and is read."""

    def send(client: str = "gmail", *, at: dt.datetime | None = None, to: str = "", **said: Any) -> InboundMessage:
        sender = said.pop("sender", mails.RESIDENT)
        headers = said.pop("headers", None)
        ics = mails.calendar(**{"uid": uid_of(invitation.meeting)} | said)
        raw = mails.CLIENTS[client](to=to or address_of(invitation.resident), ics=ics, sender=sender, headers=headers)
        return arrive(raw, at=at)

    return send
