"""A pile of slips in a browser: the hands never leave the keyboard, and the page never goes blank."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from meetings.by_hand import codes
from meetings.models import Answer, HelpAsked
from tests.factories import StaffFactory
from tests.meetings.factories import InvitationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer, client: Client) -> Page:
    client.force_login(StaffFactory(communication=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_two_slips_are_typed_in_with_the_keyboard_alone(signed_in: Page, live_server: LiveServer):
    first, second = InvitationFactory(resident__name="Ada Terril"), InvitationFactory(resident__name="Nora Chevalet")
    signed_in.goto(f"{live_server.url}/admin/meetings/slips/")
    signed_in.evaluate("window.isTheSamePage = true")
    keys = signed_in.keyboard

    for invitation, answer in ((first, ["o", "Tab", "2"]), (second, ["n"])):
        expect(signed_in.locator("#slip-code")).to_be_focused()
        keys.type(codes.code_of(invitation.pk).lower())
        keys.press("Enter")
        expect(signed_in.locator("#id_choice")).to_be_focused()
        for key in answer:
            keys.press(key)
        keys.press("Enter")
        expect(signed_in.locator("#slips tbody tr").first).to_contain_text(str(invitation.resident))

    assert set(Answer.objects.values_list("choice", "guests", "channel")) == {("yes", 2, "paper"), ("no", 0, "paper")}
    assert not HelpAsked.objects.exists()
    assert signed_in.evaluate("window.isTheSamePage")


def test_on_a_telephone_the_ring_around_the_code_is_seen_whole(signed_in: Page, live_server: LiveServer):
    signed_in.set_viewport_size({"width": 375, "height": 700})
    signed_in.goto(f"{live_server.url}/admin/meetings/slips/")
    expect(signed_in.locator("#slip-code")).to_be_focused()

    left, right = signed_in.evaluate(
        """() => {
            const box = document.querySelector("#slip-code").getBoundingClientRect()
            const around = document.querySelector(".desk").getBoundingClientRect()
            return [box.left - around.left, around.right - box.right]
        }"""
    )
    inside = signed_in.evaluate("parseFloat(getComputedStyle(document.querySelector('#slip-code')).paddingInlineStart)")

    assert min(left, right) >= 4, "what scrolls would cut the ring off"
    assert inside >= 8, "the code would touch its box"
