"""Calendars to subscribe to: how they are served, and what asking again costs."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from communities.models import Community, Town
from config import urls
from meetings.calendars import feed_views, feeds
from meetings.models import MeetingPage
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory, evening
from tests.meetings.feeds import AGENDA, NOW, own_file, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_headers_say_calendar_for_everyone_and_remember_nobody(client: Client) -> None:
    response = client.get(AGENDA, headers={"accept-encoding": "gzip, br"})

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="agenda.ics"'
    assert response["Cache-Control"] == "public, max-age=900, no-transform"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Content-Encoding" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_program_in_english_gets_the_same_bytes(client: Client) -> None:
    MeetingPageFactory(cancelled=True)

    english = client.get(AGENDA, headers={"accept-language": "en"})

    assert english.content == client.get(AGENDA, headers={"accept-language": "fr"}).content
    assert english["Content-Language"] == "fr"


def test_asked_again_a_calendar_that_has_not_changed_is_not_sent_again(client: Client, gardens: Community) -> None:
    meeting = MeetingPageFactory(communities=[gardens])

    for address in (AGENDA, "/communautes/les-jardins.ics", own_file(meeting)):
        first = client.get(address)
        for condition in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            for ask in (client.get, client.head):
                again = ask(address, headers=condition)
                assert (again.status_code, again.content) == (304, b"")
                for name in ("ETag", "Last-Modified", "Cache-Control"):
                    assert again[name] == first[name]


def test_a_program_that_insists_on_what_a_calendar_was_is_refused_and_may_not_keep_that(client: Client) -> None:
    refused = client.get(AGENDA, headers={"if-match": '"what it was"'})

    assert refused.status_code == 412
    assert "Cache-Control" not in refused


def test_a_head_request_says_what_a_get_would_send(client: Client) -> None:
    MeetingPageFactory()

    head, get = client.head(AGENDA), client.get(AGENDA)

    assert head.content == b""
    assert head["Content-Length"] == get["Content-Length"] == str(len(get.content))
    assert head["ETag"] == get["ETag"]


def test_nothing_is_written_by_way_of_a_calendar(client: Client) -> None:
    assert client.post(AGENDA).status_code == 405


@pytest.mark.parametrize("change", ["publish", "withdraw", "announce", "rename the venue", "let time pass"])
def test_what_changes_in_a_calendar_is_sent_at_once(client: Client, gardens: Community, change: str) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron", communities=[gardens], starts_at=evening(in_days=-80))
    MeetingPageFactory(title="Une autre")
    before = client.get(AGENDA)

    with time_machine.travel(NOW + dt.timedelta(days=20 if change == "let time pass" else 0, minutes=5), tick=False):
        make(change, meeting)
        by_etag = client.get(AGENDA, headers={"if-none-match": before["ETag"]})
        by_date = client.get(AGENDA, headers={"if-modified-since": before["Last-Modified"]})

    assert by_etag.status_code == by_date.status_code == 200
    assert by_etag.content != before.content


def make(change: str, meeting: MeetingPage) -> None:
    if change == "publish":
        meeting.title = "Réunion des corons"
        meeting.save_revision().publish()
    elif change == "withdraw":
        meeting.unpublish()
    elif change == "announce":
        AnnouncementFactory(meeting=meeting, sequence=3)
    elif change == "rename the venue":
        meeting.venue.name = "Salle Chevalet"
        meeting.venue.save()


def test_a_venue_that_is_corrected_gives_its_meetings_another_stamp(client: Client, desk: Client) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron")
    before = {address: client.get(address) for address in (AGENDA, own_file(meeting))}
    corrected = NOW + dt.timedelta(minutes=5)

    with time_machine.travel(corrected, tick=False):
        form = model_to_dict(meeting.venue) | {"street": "3 rue du Chevalet"}
        desk.post(
            reverse("wagtailsnippets_meetings_venue:edit", args=[meeting.venue.pk]),
            {name: value for name, value in form.items() if value is not None},
        )
        after = {
            address: client.get(address, headers={"if-modified-since": first["Last-Modified"]})
            for address, first in before.items()
        }

    for response in after.values():
        event = read(response)["Réunion du coron"]
        assert "3 rue du Chevalet" in event["LOCATION"]
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == corrected
    assert client.get(own_file(meeting)).content == after[own_file(meeting)].content


def test_what_changes_and_changes_back_is_sent_each_time(client: Client) -> None:
    meeting = MeetingPageFactory()
    client.get(AGENDA)
    door = PageViewRestriction.objects.create(page=meeting, restriction_type=PageViewRestriction.LOGIN)
    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
        closed = client.get(AGENDA)

    with time_machine.travel(NOW + dt.timedelta(minutes=10), tick=False):
        door.delete()
        opened = client.get(AGENDA, headers={"if-modified-since": closed["Last-Modified"]})

    assert opened.status_code == 200
    assert len(read(opened)) == 1


def test_a_calendar_written_again_has_the_same_bytes(client: Client) -> None:
    for days in (3, 12, 40):
        MeetingPageFactory(starts_at=evening(in_days=days))
    before = client.get(AGENDA).content

    cache.clear()

    assert client.get(AGENDA).content == before


def test_without_redis_calendars_are_still_served(client: Client) -> None:
    MeetingPageFactory(title="Réunion du coron")
    nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}

    with override_settings(CACHES={**settings.CACHES, "default": nowhere}):
        response = client.get(AGENDA)

    assert set(read(response)) == {"Réunion du coron"}


def test_more_meetings_cost_no_more_queries(client: Client, gardens: Community) -> None:
    addresses = [AGENDA, "/communautes/les-jardins.ics"]
    Town.load()
    AnnouncementFactory.create_batch(2, meeting__communities=[gardens])
    with_two = [queries_of(client, address) for address in addresses * 2]
    AnnouncementFactory.create_batch(20, meeting__communities=[gardens])
    feeds.given.clear()

    with_twenty_two = [queries_of(client, address) for address in addresses * 2]

    assert with_twenty_two == with_two
    assert with_two[2:] == [0, 0], "the second time, from the process's own memory"


def test_a_moment_later_two_queries_tell_that_nothing_has_changed(client: Client, gardens: Community) -> None:
    MeetingPageFactory(communities=[gardens])
    addresses = [AGENDA, "/communautes/les-jardins.ics"]
    before = [client.get(address)["ETag"] for address in addresses]

    with time_machine.travel(NOW + feeds.A_MOMENT + dt.timedelta(seconds=1), tick=False):
        asked = [queries_of(client, address) for address in addresses]
        after = [client.get(address)["ETag"] for address in addresses]

    assert (asked, after) == ([2, 2], before)


def test_two_processes_agree_within_five_seconds(client: Client, gardens: Community) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron", communities=[gardens])
    client.get(AGENDA)
    meeting.title = "Réunion des corons"
    meeting.save_revision().publish()

    with time_machine.travel(NOW + dt.timedelta(seconds=6), tick=False):
        one = client.get(AGENDA)
        feeds.given.clear()
        another = client.get(AGENDA)

    assert set(read(one)) == {"Réunion des corons"}
    assert (one["ETag"], one["Last-Modified"]) == (another["ETag"], another["Last-Modified"])


def test_no_other_address_is_tried_before_those_of_calendars(client: Client) -> None:
    first = urls.urlpatterns[0]

    assert first.resolve("agenda.ics").func is feed_views.agenda
    assert first.url_patterns[0].resolve("agenda.ics")


def a_feed() -> feeds.Feed:
    return feeds.Feed(b"BEGIN:VCALENDAR", NOW)


def test_within_a_moment_the_very_same_calendar_is_given_and_not_a_copy() -> None:
    first = feeds.at_hand("agenda", a_feed, now=NOW)

    assert feeds.at_hand("agenda", a_feed, now=NOW + feeds.A_MOMENT / 2) is first
    assert feeds.at_hand("community:les-jardins", a_feed, now=NOW) is not first


@pytest.mark.parametrize("later", [feeds.A_MOMENT, -dt.timedelta(seconds=1)], ids=["a moment", "a clock put back"])
def test_after_a_moment_or_when_the_clock_was_put_back_a_calendar_is_looked_at_again(later: dt.timedelta) -> None:
    first = feeds.at_hand("agenda", a_feed, now=NOW)

    assert feeds.at_hand("agenda", a_feed, now=NOW + later) is not first


def test_a_process_keeps_only_so_many_calendars_at_hand() -> None:
    for number in range(feeds.MOST_AT_HAND * 2 + 1):
        feeds.at_hand(f"community:{number}", a_feed, now=NOW)

    assert len(feeds.given) <= feeds.MOST_AT_HAND


def test_an_address_of_nothing_is_not_kept_at_hand(client: Client) -> None:
    assert client.get("/communautes/nowhere.ics").status_code == 404

    assert not feeds.given
