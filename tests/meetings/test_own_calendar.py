"""A resident's own calendar: which meetings stand in it, what it says of them, and who may read it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Resident
from communities.retention import nightly
from meetings import rsvp
from meetings.calendars import feeds, own_calendar
from meetings.models import AnswerChannel, CalendarKey, Choice
from tests.communities.factories import CommunityFactory, ConsentEventFactory, NeighbourhoodFactory, ResidentFactory
from tests.meetings.factories import (
    AnnouncementFactory,
    AnswerFactory,
    CalendarKeyFactory,
    InvitationFactory,
    MeetingPageFactory,
)
from tests.meetings.feeds import NOW, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def ada() -> Resident:
    resident: Resident = ResidentFactory(name="Ada Terril", email="ada@example.org")
    return resident


@pytest.fixture
def key(ada: Resident) -> CalendarKey:
    key: CalendarKey = CalendarKeyFactory(resident=ada)
    return key


def at(key: CalendarKey) -> str:
    return reverse("meetings:own_ics", args=[key.secret])


def test_it_holds_the_meetings_of_their_communities_and_neighbourhood_and_those_they_were_asked_to(
    client: Client, ada: Resident, key: CalendarKey
) -> None:
    centre = NeighbourhoodFactory()
    Resident.objects.filter(pk=ada.pk).update(neighbourhood=centre)
    MeetingPageFactory(title="Jardin", communities=[CommunityFactory(members=[ada])])
    MeetingPageFactory(title="Centre", neighbourhoods=[centre])
    InvitationFactory(resident=ada, meeting__title="Invitée")
    followed = CommunityFactory()
    ConsentEventFactory(resident=ada, scope=f"community:{followed.pk}")
    MeetingPageFactory(title="Suivie", communities=[followed])
    MeetingPageFactory(title="Ailleurs", communities=[CommunityFactory()])
    InvitationFactory(meeting__title="D’un autre")

    assert set(read(client.get(at(key)))) == {"Jardin", "Centre", "Invitée", "Suivie"}


def test_who_follows_the_whole_town_has_every_meeting_open_to_all(
    client: Client, ada: Resident, key: CalendarKey
) -> None:
    ConsentEventFactory(resident=ada)
    MeetingPageFactory(title="Partout")
    MeetingPageFactory(title="Pas encore", draft=True)

    assert set(read(client.get(at(key)))) == {"Partout"}


def test_who_stopped_following_keeps_what_they_answered(client: Client, ada: Resident, key: CalendarKey) -> None:
    ConsentEventFactory(resident=ada)
    ConsentEventFactory(resident=ada, granted=False)
    MeetingPageFactory(title="Partout")
    AnswerFactory(invitation__resident=ada, invitation__meeting__title="La fosse", choice=Choice.MAYBE)

    assert set(read(client.get(at(key)))) == {"La fosse (votre réponse : peut-être)"}


def test_it_says_what_they_answered_and_names_nobody(client: Client, ada: Resident, key: CalendarKey) -> None:
    meeting = MeetingPageFactory(title="La fosse")
    AnswerFactory(invitation__resident=ada, invitation__meeting=meeting, guests=2)
    AnswerFactory(invitation__resident__name="Basile Coron", invitation__meeting=meeting, no=True)

    response = client.get(at(key))

    (event,) = read(response).values()
    assert event["SUMMARY"] == "La fosse (votre réponse : oui)"
    assert "Vous avez répondu\u00a0: oui. 2 personnes vous accompagnent." in event["DESCRIPTION"]
    assert event["UID"].startswith(f"reunion-{meeting.uid}@")
    for absent in (b"ATTENDEE", b"ORGANIZER", b"Basile", b"Ada", b"ada@example.org", b"/r/"):
        assert absent not in response.content


def test_it_has_the_sequence_of_the_letters(client: Client, ada: Resident, key: CalendarKey) -> None:
    told = AnnouncementFactory(sequence=4)
    InvitationFactory(resident=ada, meeting=told.meeting)

    (event,) = read(client.get(at(key))).values()

    assert event["SEQUENCE"] == 4


def test_it_speaks_the_language_of_its_reader(client: Client) -> None:
    key = CalendarKeyFactory(resident__language="en")
    AnswerFactory(invitation__resident=key.resident, invitation__meeting__title="La fosse")

    response = client.get(at(key), headers={"accept-language": "fr"})

    assert set(read(response)) == {"La fosse (your answer: yes)"}
    assert response["Content-Language"] == "en"


def test_it_is_for_one_reader_and_for_no_search_engine(client: Client, key: CalendarKey) -> None:
    response = client.get(at(key))

    assert response["Cache-Control"] == "private, max-age=900, no-transform"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_asked_again_it_is_not_sent_again_until_something_changes(
    client: Client, ada: Resident, key: CalendarKey
) -> None:
    invitation = InvitationFactory(resident=ada)
    first = client.get(at(key))

    again = client.get(at(key), headers={"if-none-match": first["ETag"]})
    rsvp.answer(invitation=invitation, choice=Choice.YES, channel=AnswerChannel.WEB, now=NOW)
    answered = client.get(at(key), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"] == "private, max-age=900, no-transform"
    assert answered.status_code == 200


def test_a_process_keeps_no_calendar_of_one_persons_own_at_hand(client: Client, key: CalendarKey) -> None:
    client.get(at(key))

    assert not feeds.given


@pytest.mark.parametrize("change", ["renew", "stop", "erase"])
def test_an_address_that_was_given_up_leads_nowhere_at_once(
    change: str, client: Client, ada: Resident, key: CalendarKey
) -> None:
    client.get(at(key))

    if change == "renew":
        own_calendar.renew(resident=ada, now=NOW)
    elif change == "stop":
        own_calendar.stop(resident=ada)
    else:
        Resident.objects.filter(pk=ada.pk).update(erased_at=NOW)

    assert client.get(at(key)).status_code == 404


@pytest.mark.parametrize("secret", ["0" * 32, "abc", "é" * 32, "F" * 32])
def test_no_other_address_leads_anywhere(secret: str, client: Client) -> None:
    assert client.get(reverse("meetings:own_ics", args=[secret])).status_code == 404


def test_a_new_address_is_not_the_old_one_and_asking_twice_changes_nothing(ada: Resident) -> None:
    first = own_calendar.open_(resident=ada, now=NOW)
    assert own_calendar.open_(resident=ada, now=NOW).secret == first.secret

    own_calendar.renew(resident=ada, now=NOW)

    assert CalendarKey.objects.get().secret != first.secret


def test_a_short_secret_is_refused_by_the_database(ada: Resident) -> None:
    with pytest.raises(IntegrityError, match="a_calendar_has_a_secret_nobody_guesses"), transaction.atomic():
        CalendarKeyFactory(resident=ada, secret="abc")


def test_cancelled_meetings_are_hidden_from_those_who_ask(client: Client, ada: Resident, key: CalendarKey) -> None:
    InvitationFactory(resident=ada, meeting__cancelled=True)
    InvitationFactory(resident=ada, meeting__title="Le budget")
    shown = len(read(client.get(at(key))))

    own_calendar.hide_cancelled(resident=ada, hide=True)

    assert shown == 2
    assert set(read(client.get(at(key)))) == {"Le budget"}


def test_the_day_it_was_last_read_is_kept(client: Client, key: CalendarKey) -> None:
    client.get(at(key))

    key.refresh_from_db()
    assert key.last_read_on == NOW.date()


def test_calendars_that_nobody_reads_are_forgotten() -> None:
    long_ago = NOW - dt.timedelta(days=401)
    CalendarKeyFactory(created_at=long_ago)
    CalendarKeyFactory(created_at=long_ago, last_read_on=long_ago.date())
    read_lately = CalendarKeyFactory(created_at=long_ago, last_read_on=NOW.date())
    new = CalendarKeyFactory(created_at=NOW)

    nightly.run(room="meetings", now=NOW)

    assert set(CalendarKey.objects.all()) == {read_lately, new}


def test_more_meetings_cost_no_more_queries(client: Client, ada: Resident, key: CalendarKey) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(key)).status_code == 200
        return len(asked)

    InvitationFactory.create_batch(2, resident=ada)
    queries()
    unchanged = queries()
    InvitationFactory(resident=ada)
    few = queries()
    InvitationFactory.create_batch(20, resident=ada)

    assert queries() == few
    assert unchanged == 4, "whose it is, what they follow, what they said, what is shown"


def test_meetings_of_pages_kept_from_all_stay_out(client: Client, ada: Resident, key: CalendarKey) -> None:
    InvitationFactory(resident=ada, meeting=MeetingPageFactory(draft=True))

    assert read(client.get(at(key))) == {}
