"""The flat list of meetings and the venues, as the communications team sees them."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from meetings.models import Access, Choice
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory
from tests.factories import StaffFactory
from tests.meetings.factories import (
    AnswerFactory,
    InvitationFactory,
    MeetingPageFactory,
    VenueFactory,
    evening,
)

pytestmark = pytest.mark.django_db

MEETINGS = "/admin/meetings/"


def titles(desk: Client, **asked: object) -> list[str]:
    return [meeting.title for meeting in desk.get(MEETINGS, asked).context["object_list"]]


def test_the_nearest_meeting_comes_first_then_those_without_a_date_then_the_past(desk: Client):
    MeetingPageFactory(title="Il y a longtemps", starts_at=evening(in_days=-300))
    MeetingPageFactory(title="Hier", starts_at=evening(in_days=-2))
    MeetingPageFactory(title="Un jour", draft=True, empty=True)
    MeetingPageFactory(title="Plus tard", starts_at=evening(in_days=40))
    MeetingPageFactory(title="Bientôt", starts_at=evening(in_days=4))

    assert titles(desk) == ["Bientôt", "Plus tard", "Un jour", "Hier", "Il y a longtemps"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"period": "to-come"}, ["L’atelier", "La marche"]),
        ({"period": "past"}, ["Le bilan"]),
        ({"period": "no-date"}, ["L’ébauche"]),
        ({"kind": "workshop"}, ["L’atelier"]),
        ({"kind": ["workshop", "walk"]}, ["L’atelier", "La marche"]),
        ({"status": "cancelled"}, ["La marche"]),
        ({"status": ["draft", "held"]}, ["L’ébauche", "Le bilan"]),
    ],
)
def test_the_list_is_narrowed_by_period_kind_and_status(desk: Client, asked: dict[str, str], found: list[str]):
    MeetingPageFactory(title="L’atelier", kind="workshop", starts_at=evening(in_days=3))
    MeetingPageFactory(title="La marche", kind="walk", cancelled=True, starts_at=evening(in_days=5))
    MeetingPageFactory(title="L’ébauche", kind="thematic", draft=True, empty=True)
    MeetingPageFactory(title="Le bilan", kind="thematic", held=True)

    assert titles(desk, **asked) == found


def test_the_list_is_narrowed_by_dates(desk: Client):
    MeetingPageFactory(title="Cette semaine", starts_at=evening(in_days=3))
    MeetingPageFactory(title="Dans un mois", starts_at=evening(in_days=30))

    asked = {"starts_at_from": evening(in_days=20).date(), "starts_at_to": evening(in_days=40).date()}

    assert titles(desk, **asked) == ["Dans un mois"]


def test_the_list_is_narrowed_by_who_is_invited(desk: Client):
    place, community = NeighbourhoodFactory(), CommunityFactory()
    MeetingPageFactory(title="Du quartier", neighbourhoods=[place, NeighbourhoodFactory()])
    MeetingPageFactory(title="Du jardin", communities=[community])

    assert titles(desk, neighbourhoods=place.pk) == ["Du quartier"]
    assert titles(desk, communities=community.pk) == ["Du jardin"]


@pytest.mark.parametrize("words", ["réunion", "reunion", "REUNION"])
def test_a_meeting_is_found_with_or_without_accents(desk: Client, words: str):
    MeetingPageFactory(title="Une réunion au coron", summary="")
    MeetingPageFactory(title="Autre chose", summary="")

    assert titles(desk, q=words) == ["Une réunion au coron"]


def test_a_meeting_is_found_by_its_venue_and_the_filters_still_hold(desk: Client):
    venue = VenueFactory(name="Salle Bellevue", is_shared=True)
    MeetingPageFactory(title="À venir", venue=venue)
    MeetingPageFactory(title="Passée", venue=venue, past=True)

    assert titles(desk, q="bellevue", period="to-come") == ["À venir"]


def test_each_row_says_how_many_answered_and_how_many_come(desk: Client):
    meeting = MeetingPageFactory()
    AnswerFactory(invitation__meeting=meeting, choice=Choice.YES, guests=2)
    AnswerFactory(invitation__meeting=meeting, no=True)
    InvitationFactory(meeting=meeting)

    shown = desk.get(MEETINGS).content.decode()

    assert "2 answers of 3" in shown
    assert "3 people come" in shown
    assert reverse("meetings_desk:answers", args=[meeting.pk]) in shown


@pytest.mark.parametrize(("traits", "is_said"), [({}, True), ({"past": True}, False)])
def test_that_nobody_comes_yet_is_said_before_the_meeting(desk: Client, traits: dict[str, bool], is_said: bool):
    AnswerFactory(invitation__meeting=MeetingPageFactory(**traits), no=True)

    shown = desk.get(MEETINGS).content.decode()

    assert ("Nobody comes yet" in shown) == is_said
    assert "0 people come" not in shown


def test_a_meeting_to_which_nobody_was_invited_leads_to_its_invitations(desk: Client):
    meeting = MeetingPageFactory()

    shown = desk.get(MEETINGS).content.decode()

    assert f'href="{reverse("meetings_desk:invitations", args=[meeting.pk])}">Invite residents' in shown


def test_someone_who_came_by_themselves_does_not_hide_that_nobody_was_invited(desk: Client):
    meeting = MeetingPageFactory()
    AnswerFactory(invitation=InvitationFactory(meeting=meeting, registered=True))
    to_invitations = f'href="{reverse("meetings_desk:invitations", args=[meeting.pk])}">Invite residents'

    before = desk.get(MEETINGS).content.decode()
    InvitationFactory(meeting=meeting)
    after = desk.get(MEETINGS).content.decode()

    assert "1 answer of 1" in before
    assert to_invitations in before
    assert "1 answer of 2" in after
    assert to_invitations not in after


@pytest.mark.parametrize("traits", [{"draft": True}, {"past": True}, {"cancelled": True}])
def test_nobody_is_asked_to_invite_to_what_takes_no_answer(desk: Client, traits: dict[str, bool]):
    meeting = MeetingPageFactory(**traits)

    shown = desk.get(MEETINGS).content.decode()

    assert f'href="{reverse("meetings_desk:invitations", args=[meeting.pk])}">Invite residents' not in shown


def test_the_list_asks_as_many_questions_for_many_meetings_as_for_few(desk: Client, queries_of: Callable[[str], int]):
    place = NeighbourhoodFactory()
    MeetingPageFactory.create_batch(2, neighbourhoods=[place])
    for_few = queries_of(MEETINGS)

    for meeting in MeetingPageFactory.create_batch(18, neighbourhoods=[place]):
        AnswerFactory(invitation__meeting=meeting)

    assert queries_of(MEETINGS) == for_few


def test_an_exported_list_counts_in_local_time_and_carries_no_formula(desk: Client):
    meeting = MeetingPageFactory(title='=HYPERLINK("x")', slug="x", neighbourhoods=[NeighbourhoodFactory(name="+33")])
    AnswerFactory(invitation__meeting=meeting, guests=1)

    content = desk.get(MEETINGS, {"export": "csv"}).content.decode()
    row = next(csv.DictReader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";"))

    assert content.startswith("\ufeff")
    assert row["meeting"] == '\'=HYPERLINK("x")'
    assert row["neighbourhoods invited"] == "'+33"
    assert row["starts"].endswith("18:30:00")
    assert row["people coming"] == "2"


def test_the_workbook_holds_the_same_rows(desk: Client):
    MeetingPageFactory.create_batch(3)

    content = b"".join(desk.get(MEETINGS, {"export": "xlsx"}).streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

    assert rows[0][:3] == ("meeting", "kind", "starts")
    assert len(rows) == 4
    assert rows[1][2].strftime("%H:%M") == "18:30"


def test_adding_a_meeting_goes_straight_to_its_form(desk: Client):
    meeting = MeetingPageFactory()

    answer = desk.get(reverse("meetings_list:choose_parent"))

    assert answer.url == reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting.get_parent().pk])


def test_only_what_may_be_seen_in_the_tree_is_on_the_list(client: Client):
    MeetingPageFactory()
    client.force_login(StaffFactory())

    assert client.get(MEETINGS).status_code == 302


def test_venues_say_what_is_known_of_their_access_and_what_is_not(desk: Client):
    VenueFactory(name="Salle du Chevalet", step_free=Access.YES, lift=Access.NO)

    shown = " ".join(desk.get("/admin/snippets/meetings/venue/").content.decode().split())

    assert "entrance without a step: yes" in shown
    assert "lift: no" in shown
    assert "hearing loop: not checked" in shown


def test_venues_are_narrowed_by_what_a_person_needs_to_get_in(desk: Client):
    VenueFactory(name="De plain-pied", step_free=Access.YES)
    VenueFactory(name="En haut des marches", step_free=Access.NO)

    found = desk.get("/admin/snippets/meetings/venue/", {"step_free": "yes"}).context["object_list"]

    assert [venue.name for venue in found] == ["De plain-pied"]


def test_a_venue_is_written_down_without_leaving_the_meeting_in_our_town_unless_said_otherwise(desk: Client):
    shown = desk.get("/admin/snippets/choose/meetings/venue/").json()["html"]

    assert "Add this venue" in shown
