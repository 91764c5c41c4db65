"""The mail that came in, as staff see it, and the two buttons under what is held."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities import consent, unsubscribing
from communities.models import Channel, InboundMessage, InboundState
from tests import mails
from tests.communities.factories import InboundMessageFactory, ResidentFactory, SuppressionFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def shown(client: Client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(f"inbox:{name}", args=args), query).content.decode()


def held(**facts: Any) -> InboundMessage:
    """Someone asks to stop, and it is not sure that it is them."""
    resident = ResidentFactory(allows=[consent.TOWN])
    raw = mails.words("Stop", to=f"desinscription+{unsubscribing.token_of(resident)}@example.org")
    return InboundMessageFactory(held=True, raw=raw, resident=resident, subject="Stop", **facts)


def test_what_waits_for_a_decision_comes_first(desk: Client) -> None:
    waiting = held()
    InboundMessageFactory(subject="Plus tard")

    page = shown(desk, "index")

    assert page.index(reverse("inbox:inspect", args=[waiting.pk])) < page.index("Plus tard")
    assert "waits for a decision" in page


def test_an_empty_list_says_what_will_appear_there(desk: Client) -> None:
    assert "What residents reply to our letters appears here" in shown(desk, "index")
    assert "No message matches." in shown(desk, "index", q="personne")


def test_the_list_can_be_narrowed_and_searched(desk: Client) -> None:
    held()
    InboundMessageFactory(subject="La rampe", sender="nora@example.org")

    assert "La rampe" not in shown(desk, "index", state="held")
    assert "La rampe" in shown(desk, "index", q="nora@")
    assert "Stop" not in shown(desk, "index", q="nora@")


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_costs_the_same_however_long(desk: Client, size: int, django_assert_max_num_queries: Any) -> None:
    for _number in range(size):
        held()
    shown(desk, "index")

    with django_assert_max_num_queries(20):
        shown(desk, "index")


def test_a_message_is_shown_as_words_and_never_as_a_page(desk: Client) -> None:
    raw = mails.words("<script>alert(1)</script> une rampe ?", to="x@example.org")
    message = InboundMessageFactory(raw=raw)

    page = shown(desk, "inspect", message.pk)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; une rampe ?" in page


def test_the_original_is_a_file_and_nothing_a_browser_opens(desk: Client) -> None:
    message = InboundMessageFactory()

    answer = desk.get(reverse("inbox:original", args=[message.pk]))

    assert answer.content == message.raw
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_what_is_no_longer_kept_says_so(desk: Client) -> None:
    message = InboundMessageFactory(raw=b"")

    assert "no longer kept" in shown(desk, "inspect", message.pk)
    assert desk.get(reverse("inbox:original", args=[message.pk])).status_code == 404


def test_a_held_message_counts_once_someone_says_so(desk: Client) -> None:
    message = held()

    desk.post(reverse("inbox:let_count", args=[message.pk]))

    message.refresh_from_db()
    assert message.state == InboundState.HANDLED
    assert message.resident
    assert not consent.scopes_held(resident=message.resident, channel=Channel.EMAIL)


def test_a_held_message_may_be_left(desk: Client) -> None:
    message = held()

    desk.post(reverse("inbox:leave", args=[message.pk]))

    message.refresh_from_db()
    assert message.state == InboundState.NOTHING
    assert reverse("inbox:let_count", args=[message.pk]) not in shown(desk, "inspect", message.pk)


def test_deciding_twice_says_that_somebody_was_quicker(desk: Client) -> None:
    message = held()
    desk.post(reverse("inbox:leave", args=[message.pk]))

    answer = desk.post(reverse("inbox:let_count", args=[message.pk]), follow=True)

    assert "Somebody else has decided" in answer.content.decode()


@pytest.mark.parametrize("name", ["let_count", "leave"])
def test_looking_decides_nothing(desk: Client, name: str) -> None:
    message = held()

    assert desk.get(reverse(f"inbox:{name}", args=[message.pk])).status_code == 405
    message.refresh_from_db()
    assert message.is_held


def test_whoever_may_only_read_sees_no_button(client: Client) -> None:
    reader = StaffFactory(participation=True)
    reader.groups.get().permissions.filter(codename="change_inboundmessage").delete()
    client.force_login(reader)
    message = held()

    page = shown(client, "inspect", message.pk)
    client.post(reverse("inbox:let_count", args=[message.pk]))

    assert reverse("inbox:let_count", args=[message.pk]) not in page
    message.refresh_from_db()
    assert message.is_held


def test_a_residents_page_says_since_when_and_why_their_address_is_blocked(desk: Client) -> None:
    resident = ResidentFactory()
    SuppressionFactory(address=resident.email.upper(), reason="550 5.1.1 No such user")

    page = desk.get(reverse("residents:inspect", args=[resident.pk])).content.decode()

    assert "550 5.1.1 No such user" in page
