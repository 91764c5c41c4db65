"""The letter as one of them would read it, before it is sent."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from communities.models import Community, Delivery, Membership, Town
from meetings.models import MeetingPage
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db


def test_the_letter_is_previewed_as_one_of_them_in_their_language(desk: Client, meeting: MeetingPage):
    basile = Membership.objects.get(resident__name="Basile Coron").resident

    response = desk.get(at("preview", meeting, basile.pk))

    assert "Basile Coron" in response.context["preview"].html
    assert "You are invited" in response.context["preview"].text
    assert '<iframe class="desk-letter__page" sandbox' in response.content.decode()


def test_a_preview_runs_no_script_from_a_title(desk: Client, garden: Community):
    meeting = MeetingPageFactory(title="<script>alert(1)</script>", slug="script", communities=[garden])
    ada = Membership.objects.get(resident__name="Ada Terril").resident

    shown = desk.get(at("preview", meeting, ada.pk)).content.decode()

    assert "<script>alert(1)" not in shown


def test_a_meeting_that_is_only_online_is_read_and_announced_like_any_other(desk: Client, garden: Community):
    meeting = MeetingPageFactory(communities=[garden], online_only=True)
    ada = Membership.objects.get(resident__name="Ada Terril").resident

    shown = desk.get(at("preview", meeting, ada.pk))
    desk.post(at("send", meeting), {"expecting": 4})

    assert "https://visio.example.org/coron" in shown.context["preview"].text
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize(
    ("name", "sentence", "where"),
    [
        ("Nora Chevalet", "This person is told by post", "rue des Exemples"),
        ("Inès Briquette", "This person is told by telephone", "01 99"),
    ],
)
@pytest.mark.parametrize("inbound", ["", "reponses.example.org"])
def test_whoever_is_told_by_hand_is_previewed_with_words_of_their_own(
    client: Client, meeting: MeetingPage, settings: Settings, name: str, sentence: str, where: str, inbound: str
):
    settings.INBOUND_DOMAIN = inbound
    Town.objects.update(phone="0353010203", opening_hours="Du lundi au vendredi")
    resident = Membership.objects.get(resident__name=name).resident
    pages = {}
    for group in ("communication", "participation"):
        client.force_login(StaffFactory(**{group: True}))
        pages[group] = words(client.get(at("preview", meeting, resident.pk)))

    for page in pages.values():
        assert sentence in page
        assert "Le grand rangement" in page.partition("desk-letter__text")[2]
        assert "<iframe" not in page
        spoken = page.partition("desk-letter__text")[2].partition("</pre>")[0]
        assert re.findall(r"https?://\S*", spoken) == ([settings.SITE_URL] if "post" in sentence else [])
        hello = f"Bonjour {name}, " if "post" in sentence else f"Bonjour {name}, la mairie à l’appareil. "
        assert hello + "Nous vous invitons" in spoken
        assert ("03 53 01 02 03" in spoken) == ("post" in sentence)
        assert ("Du lundi au vendredi" in spoken) == ("post" in sentence)
    assert where in pages["participation"].replace("\u202f", " ").replace("\u00a0", " ")
    assert where not in pages["communication"].replace("\u202f", " ").replace("\u00a0", " ")


def test_the_preview_goes_from_one_to_the_next_through_everyone(desk: Client, meeting: MeetingPage):
    everyone = [row.resident.pk for row in desk.get(at("to_invite", meeting)).context["object_list"]]

    passed, after = [], everyone[0]
    while after:
        page = desk.get(at("preview", meeting, after))
        passed.append(after)
        after = page.context["after"] and page.context["after"].resident.pk

    assert passed == everyone
    assert len(passed) == 4


def test_every_name_on_the_list_leads_to_its_preview(desk: Client, meeting: MeetingPage):
    shown = desk.get(at("to_invite", meeting)).content.decode()

    for member in Membership.objects.exclude(resident__name="Achille Silence"):
        assert at("preview", meeting, member.resident.pk) in shown


def test_someone_whom_the_meeting_does_not_reach_is_not_previewed(desk: Client, meeting: MeetingPage):
    achille = Membership.objects.get(resident__name="Achille Silence").resident

    assert desk.get(at("preview", meeting, achille.pk)).status_code == 404


def test_an_e_mail_address_is_shown_to_whoever_may_see_residents_only(client: Client, meeting: MeetingPage):
    ada = Membership.objects.get(resident__name="Ada Terril").resident
    client.force_login(StaffFactory(communication=True))
    for_communication = client.get(at("preview", meeting, ada.pk)).content.decode()
    client.force_login(StaffFactory(participation=True))

    assert ada.email not in for_communication
    assert ada.email in client.get(at("preview", meeting, ada.pk)).content.decode()
