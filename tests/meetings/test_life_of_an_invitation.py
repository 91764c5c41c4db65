"""After any sequence of edits, ticks, sends, crashes and retries, each calendar shows what is published, once, or none.

RFC 5546: the letters a resident received are replayed through a small calendar program, in the order in which they
came and in any other.
"""

import datetime as dt
import random

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from communities import consent
from communities.models import Channel
from meetings import announcing, rsvp
from meetings.models import AnswerChannel, Choice, Invitation, MeetingPage, Venue
from meetings.updates import reconciling
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.meetings.factories import MeetingPageFactory, VenueFactory, evening
from tests.meetings.mailboxes import Calendar, Post, calendar_of

pytestmark = pytest.mark.django_db

STARTS = [evening(in_days=days) for days in (20, 25, 30)]
TITLES = ["Le grand rangement", "La fête des voisins", "Réunion publique"]
PEOPLE = {"oui@example.org": Choice.YES, "non@example.org": Choice.NO, "rien@example.org": None}

EDITS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from([0, 1, 2])),
    st.tuples(st.just("rename"), st.sampled_from([0, 1, 2])),
    st.tuples(st.just("place"), st.sampled_from([0, 1])),
    st.tuples(st.just("call off"), st.sampled_from(["cancelled", "postponed"])),
    st.tuples(st.just("call on"), st.just(0)),
)
STEPS = st.one_of(
    EDITS,
    EDITS,
    st.tuples(st.just("wait"), st.sampled_from([1, 4, 31])),
    st.tuples(st.just("carry"), st.sampled_from(["", "", "busy", "dies before", "dies after"])),
    st.tuples(st.just("send now"), st.just(0)),
    st.tuples(st.just("answer"), st.just(0)),
)


class Life:
    """One meeting, three residents, and whatever happens to them."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock, self.post = clock, Post()
        community = CommunityFactory()
        for email in PEOPLE:
            MembershipFactory(community=community, resident__email=email)
        self.venues: list[Venue] = VenueFactory.create_batch(2)
        page = MeetingPageFactory(
            title=TITLES[0],
            communities=[community],
            starts_at=STARTS[0],
            ends_at=STARTS[0] + dt.timedelta(hours=2),
            venue=self.venues[0],
        )
        self.pk = page.pk
        announcing.announce(meeting=page, by=None, now=timezone.now())

    @property
    def meeting(self) -> MeetingPage:
        return MeetingPage.objects.get(pk=self.pk)

    def live(self, what: str, which: int | str) -> None:
        steps = {
            "move": lambda: self.publish(starts_at=STARTS[which], ends_at=STARTS[which] + dt.timedelta(hours=2)),
            "rename": lambda: self.publish(title=TITLES[which]),
            "place": lambda: self.publish(venue=self.venues[which]),
            "call off": lambda: self.publish(status=which, status_reason="La salle est inondée."),
            "call on": lambda: self.publish(status="confirmed", status_reason=""),
            "wait": lambda: self.wait(minutes=which),
            "carry": lambda: self.post.carry(now=timezone.now(), trouble=which),
            "send now": lambda: reconciling.reconcile(meeting=self.meeting, now=timezone.now(), at_once=True),
            "answer": self.answer,
        }
        steps[what]()

    def publish(self, **changes: object) -> None:
        """The facts and the moment, as publishing writes them; the rest of a page is of no consequence here."""
        MeetingPage.objects.filter(pk=self.pk).update(**changes, last_published_at=timezone.now())
        self.clock.shift(dt.timedelta(seconds=7))

    def wait(self, *, minutes: int) -> None:
        self.clock.shift(dt.timedelta(minutes=minutes))
        reconciling.tick(now=timezone.now())

    def answer(self) -> None:
        for email, choice in PEOPLE.items():
            invitation = Invitation.objects.get(resident__email=email)
            if choice and rsvp.is_open(meeting=self.meeting, now=timezone.now()):
                rsvp.answer(invitation=invitation, choice=choice, channel=AnswerChannel.MAIL, now=timezone.now())

    def settle(self) -> None:
        """An hour in which nothing is touched and nothing breaks."""
        for _each in range(3):
            self.wait(minutes=31)
            self.post.carry(now=timezone.now())

    def should_show(self) -> tuple[object, ...] | None:
        meeting = self.meeting
        return (meeting.title, meeting.starts_at, meeting.venue.full_address) if meeting.stands else None


def shown(letters: list[bytes]) -> list[tuple[object, ...]]:
    calendar = Calendar()
    for letter in letters:
        calendar.read(letter)
    return [(entry["SUMMARY"], entry.start, entry["LOCATION"]) for entry in calendar.live]


def imported_one_over_the_other(letters: list[bytes]) -> list[tuple[object, ...]]:
    """A program that knows no SEQUENCE and lets each file it opens replace the one before."""
    entries = {}
    for letter in letters:
        entry = calendar_of(letter).events[0]
        entries[entry["UID"]] = entry
    return [
        (entry["SUMMARY"], entry.start, entry["LOCATION"])
        for entry in entries.values()
        if entry["STATUS"] != "CANCELLED"
    ]


def try_out(*, inbound: str, steps: list[tuple[str, int | str]]) -> None:
    """Live through these steps, then let everything calm down, and look into the calendars."""
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(timezone.now(), tick=False) as clock:
        patch.setattr(django_settings, "INBOUND_DOMAIN", inbound)
        with transaction.atomic():
            life = Life(clock)
            for what, which in steps:
                life.live(what, which)
            life.settle()
            look_into_the_calendars(life)
            quiet = {email: len(box) for email, box in life.post.boxes.items()}
            life.settle()
            assert {email: len(box) for email, box in life.post.boxes.items()} == quiet
            transaction.set_rollback(True)


def look_into_the_calendars(life: Life) -> None:
    expected = [life.should_show()] if life.should_show() else []
    for email in PEOPLE:
        came = life.post.boxes.get(email, [])
        jumbled = random.Random(len(came)).sample(came, len(came))
        assert shown(came) == expected, email
        assert shown(jumbled) == expected, email
        assert imported_one_over_the_other(came) == expected, email


@pytest.mark.parametrize("inbound", ["", "agora.commune.example"])
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@example(steps=[("carry", ""), ("move", 1), ("wait", 31), ("carry", "dies after"), ("move", 0)])
@example(steps=[("carry", ""), ("call off", "cancelled"), ("wait", 1), ("carry", "busy"), ("call on", 0)])
@example(steps=[("move", 1), ("carry", ""), ("move", 0), ("wait", 4), ("carry", "")])
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_happened_each_calendar_shows_what_is_published_once_or_nothing(inbound, steps):
    try_out(inbound=inbound, steps=steps)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(inbound=st.sampled_from(["", "agora.commune.example"]), steps=st.lists(STEPS, min_size=6, max_size=25))
def test_a_long_life_ends_the_same(inbound, steps):
    try_out(inbound=inbound, steps=steps)


def test_who_only_unsubscribed_is_left_alone_and_their_entry_with_them():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        life = Life(clock)
        life.post.carry(now=timezone.now())
        silent = Invitation.objects.get(resident__email="rien@example.org").resident
        consent.withdraw_everything(resident=silent, channel=Channel.EMAIL, origin="page", now=timezone.now())

        life.live("move", 1)
        life.settle()

        assert len(life.post.boxes["rien@example.org"]) == 1
        assert len(life.post.boxes["non@example.org"]) == 2
